import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'

/** Where the built functions lie, one `NAME.mjs` each. */
export const builtFunctions = join(import.meta.dirname, '..', 'dist', 'functions')

const requireBanner =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

/**
 * Bundles every file of functions/ for the Lambda runtime; what is imported lazily becomes a chunk beside
 * it. Files are replaced one by one and only where they changed, so that a build disturbs no process that
 * runs the functions.
 */
export async function buildFunctions(): Promise<readonly string[]> {
  const folder = join(import.meta.dirname, '..', 'functions')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  const { outputFiles } = await build({
    entryPoints: sources.map((name) => join(folder, name)),
    outdir: builtFunctions,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    banner: { js: requireBanner },
  })
  for (const { path, contents } of outputFiles) replaceFile(path, contents)
  removeOthers(new Set(outputFiles.map(({ path }) => path)))
  return sources.map((name) => basename(name, '.ts'))
}

function replaceFile(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) {
    const now = new Date()
    utimesSync(path, now, now)
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  const fresh = join(builtFunctions, '..', `.${basename(path)}.${process.pid}`)
  writeFileSync(fresh, contents)
  renameSync(fresh, path)
}

function removeOthers(wanted: ReadonlySet<string>): void {
  for (const entry of readdirSync(builtFunctions, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !wanted.has(path)) rmSync(path)
  }
}

if (process.argv[1] === import.meta.filename)
  console.log(`built ${(await buildFunctions()).join(', ')}`)
