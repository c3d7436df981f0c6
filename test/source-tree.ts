import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** Text of every file by its path from the root, with forward slashes. */
export type SourceTree = ReadonlyMap<string, string>

const textFile = /\.(?:ts|mjs|cjs|js|json|css|html|yml|md|svg|txt)$|(?:^|\/)(?:\.[a-z]+|run)$/

/** Reads every text file that is tracked or would be, generated and installed ones left out. */
export function readSourceTree(root: string): SourceTree {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0')
  const present = paths.filter((path) => textFile.test(path) && existsSync(posix.join(root, path)))
  return new Map(present.map((path) => [path, readFileSync(posix.join(root, path), 'utf8')]))
}

/** The files of the given top folders that hold code. */
export function selectCode(tree: SourceTree, ...folders: readonly string[]): SourceTree {
  const isCode = (path: string) => /\.(?:ts|mjs|cjs)$/.test(path)
  const isWithin = (path: string) => folders.length === 0 || folders.includes(toLayer(path))
  return new Map([...tree].filter(([path]) => isCode(path) && isWithin(path)))
}

/** The top folder of a path; empty for a file of the root. */
export function toLayer(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
}

/** The code without its comments, so that prose is not taken for code. */
export function withoutComments(text: string): string {
  // A quoted text is kept whole: what looks like a comment within it is none.
  const quotedOrComment =
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|\/\*[\s\S]*?\*\/|(^|[\s;{}(,])\/\/.*$/gm
  return text.replace(
    quotedOrComment,
    (_, quoted: string = '', before: string = '') => quoted + before,
  )
}

const imported =
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(.+?)\1|^[ \t]*import\s*(['"])(.+?)\3|\b(?:import|require)\(\s*(['"])(.+?)\5/gm

/** What a file imports or hands on, for types alone included, as written. */
export function toImports(text: string): readonly string[] {
  const matches = [...withoutComments(text).matchAll(imported)]
  return matches.flatMap((match) => match[2] ?? match[4] ?? match[6] ?? [])
}

/** The path that a relative import leads to, from the root; undefined for a package. */
export function toTarget(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.')
    ? posix.normalize(posix.join(posix.dirname(path), specifier))
    : undefined
}
