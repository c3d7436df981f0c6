import { posix } from 'node:path'
import {
  type SourceTree,
  selectCode,
  toImports,
  toLayer,
  toTarget,
  withoutComments,
} from './source-tree.ts'

/** Finds what breaks a rule, each as `path: what`. */
export type Rule = (tree: SourceTree) => readonly string[]

const everything = 'everything'

/** Which top folders a top folder may import from, itself always included. */
export const directions: Readonly<Record<string, readonly string[] | typeof everything>> = {
  functions: ['adapters', 'core'],
  adapters: ['core'],
  canary: ['adapters', 'core'],
  runbook: ['core'],
  infra: ['runbook', 'core'],
  cdk: ['infra', 'core'],
  pages: ['infra', 'runbook', 'bench', 'core'],
  core: [],
  local: ['functions', 'core'],
  bench: ['functions', 'core'],
  docs: [],
  examples: [],
  tools: everything,
  test: everything,
}

export const followsDirections: Rule = (tree) =>
  [...selectCode(tree)].flatMap(([path, text]) => {
    const layer = toLayer(path)
    const allowed = directions[layer] ?? []
    if (allowed === everything) return []
    return toImports(text).flatMap((specifier) => {
      const target = toTarget(path, specifier)
      const isAllowed =
        target === undefined ? layer !== 'core' : [layer, ...allowed].includes(toLayer(target))
      return isAllowed ? [] : [`${path}: imports ${specifier}`]
    })
  })

export const hasNoCycle: Rule = (tree) => {
  const code = selectCode(tree)
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push(`${path}: ${[...trail, path].join(' > ')}`)
    if (done.has(path) || trail.includes(path)) return
    for (const specifier of toImports(code.get(path) ?? '')) {
      const target = toTarget(path, specifier)
      if (target !== undefined && code.has(target)) visit(target, [...trail, path])
    }
    done.add(path)
  }
  for (const path of code.keys()) visit(path, [])
  return cycles
}

const vagueNames = ['util', 'utils', 'helper', 'helpers', 'common', 'lib', 'shared']

export const hasTellingNames: Rule = (tree) =>
  [...tree.keys()].filter((path) => {
    const [file = '', ...folders] = path.split('/').reverse()
    const [name = ''] = file.split('.')
    return (
      [...vagueNames, 'types'].includes(name) || folders.some((one) => vagueNames.includes(one))
    )
  })

const handedOn =
  /(?:import|export)\b[^'"`;]*?\bfrom\s*['"].+?['"];?|import\s*['"].+?['"];?|export\s+(?:type\s*)?\{[^}]*\};?/g

export const hasNoBarrel: Rule = (tree) =>
  [...selectCode(tree)].flatMap(([path, text]) => {
    const code = withoutComments(text)
    const isBarrel = /\bexport\b/.test(code) && code.replace(handedOn, '').trim() === ''
    return isBarrel ? [`${path}: only hands on`] : []
  })

const outsideWords = [
  ...['process.', 'Date.now', 'new Date(', 'Math.random', 'fetch(', 'console.', 'setTimeout'],
  // The core returns what went wrong, and never waits.
  ...['throw ', 'await ', 'async '],
]

export const keepsCorePure: Rule = (tree) =>
  [...selectCode(tree, 'core')].flatMap(([path, text]) =>
    outsideWords.filter((word) => text.includes(word)).map((word) => `${path}: has ${word}`),
  )

const catchingLayers = ['adapters', 'examples', 'tools', 'test', 'local', 'bench']

export const catchesWhereThrowsBecomeFailures: Rule = (tree) =>
  [...selectCode(tree)]
    .filter(([path]) => !catchingLayers.includes(toLayer(path)) && path !== 'core/json.ts')
    .filter(([, text]) => /\bcatch\s*[({]/.test(withoutComments(text)))
    .map(([path]) => `${path}: catches`)

const mostLines = 250

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

export const keepsFilesShort: Rule = (tree) =>
  [...tree]
    .filter(([path]) => /\.(?:ts|mjs|cjs|css|html|yml)$/.test(path))
    .map(([path, text]) => [path, countLines(text)] as const)
    .filter(([, lines]) => lines > mostLines)
    .map(([path, lines]) => `${path}: has ${lines} lines`)

const highestMedian = 100

export const keepsMedianLow: Rule = (tree) => {
  const code = selectCode(tree, 'core', 'adapters', 'functions')
  const lines = [...code.values()].map(countLines).sort((one, other) => one - other)
  const median = lines[Math.floor(lines.length / 2)] ?? 0
  return median > highestMedian ? [`median: ${median} lines`] : []
}

/** Put together, so that this very line is not found. */
const escapeHatch = new RegExp(`(?:\\bas|:|<|,|=|\\|)\\s*${'a'}ny\\b(?!['"\`:(])|\\bany\\[\\]`)

export const keepsTypesTight: Rule = (tree) =>
  [...selectCode(tree)]
    .filter(([, text]) => escapeHatch.test(withoutComments(text)))
    .map(([path]) => `${path}: has the type that fits everything`)

const marks = ['biome', 'c8', 'istanbul', 'v8', 'node:coverage', 'Stryker'].join('|')
const verbs = ['ignore', 'disable'].join('|')
const suppression = new RegExp(
  `(?:${marks})[ -](?:${verbs})|@ts-(?:${verbs}|nocheck|expect-error)|eslint-(?:${verbs})`,
)
const reason = /(?::|--) \S.{9,}/

export const givesReasonsForSuppressions: Rule = (tree) =>
  [...selectCode(tree)].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const found = suppression.exec(line)
      if (found === null) return []
      const isExpected = path.startsWith('test/types/') && found[0].includes('expect')
      const isReasoned = reason.test(line.slice(found.index))
      if (isExpected && isReasoned) return []
      const isForbidden = toLayer(path) === 'core' || found[0].includes('@ts-')
      return isForbidden || !isReasoned ? [`${path}:${index + 1}: ${found[0]}`] : []
    }),
  )

/** Put together, so that this very list is not found. */
const places = ['/home', '/root'].map((folder) => `${folder}/`).concat(`registry.${'npmjs'}`)

export const namesNoWorkplace: Rule = (tree) =>
  [...tree].flatMap(([path, text]) =>
    places.filter((place) => text.includes(place)).map((place) => `${path}: names ${place}`),
  )

/** The lines that git leaves around what it could not merge; without a name behind, it is a here-document or a heading. */
const conflict = /^(?:<{7}|>{7}) \S/m

export const hasNoConflict: Rule = (tree) =>
  [...tree].filter(([, text]) => conflict.test(text)).map(([path]) => `${path}: has a conflict`)

export const locksNoAddress: Rule = (tree) =>
  /"resolved":\s*"(?:git\+)?https?:/.test(tree.get('package-lock.json') ?? '')
    ? ['package-lock.json: names an address']
    : []

export const testsEveryCoreFile: Rule = (tree) =>
  [...selectCode(tree, 'core')]
    .filter(([, text]) => /^export (?:const|function|class)\b/m.test(text))
    .map(([path]) => posix.join('test', path.replace(/\.ts$/, '.test.ts')))
    .filter((path) => !tree.has(path))
    .map((path) => `${path}: is missing`)

const documented = ['core', 'adapters']
const exported = /^export (?:async )?(?:function|const|class|interface|type)\s+(\w+)/

/** What is only handed on is explained where it stands. */
export const explainsEveryExport: Rule = (tree) =>
  [...selectCode(tree, ...documented)].flatMap(([path, text]) => {
    const lines = text.split('\n')
    return lines.flatMap((line, index) => {
      const name = exported.exec(line)?.[1]
      const isExplained = /^\/\*\* .*\*\/$|^ \*\/$/.test(lines[index - 1] ?? '')
      return name === undefined || isExplained ? [] : [`${path}: ${name} has no docstring`]
    })
  })
