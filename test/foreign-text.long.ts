// Every regular expression of what is deployed, and of the gateway that stands for the HTTP API, takes
// time proportional to its text: texts of strangers reach nearly all of them.
import assert from 'node:assert/strict'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Node, parse } from 'acorn'
import { checkSync } from 'recheck'
import { explaining, stubbornWords, toCpuSeconds } from './fixtures/foreign-text.ts'
import { readSourceTree, selectCode } from './source-tree.ts'

// The checker in JavaScript, which is the same on every machine.
process.env['RECHECK_BACKEND'] = 'pure'

const root = join(import.meta.dirname, '..')
const tree = readSourceTree(root)
const mostSeconds = 10
const sources = [...selectCode(tree, 'core', 'adapters', 'local')].filter(
  ([path]) =>
    !path.startsWith(explaining) &&
    (!path.startsWith('local/') || path.startsWith('local/gateway/')),
)

/** Every regular expression that is written as one, by its source and flags. */
function findPatterns(code: string): readonly RegExp[] {
  const found: RegExp[] = []
  const visit = (value: unknown) => {
    if (value instanceof RegExp) found.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
  }
  const tree: Node = parse(stripTypeScriptTypes(code), {
    ecmaVersion: 'latest',
    sourceType: 'module',
  })
  visit(tree)
  return found
}

/** The checker counts steps and does not look at a clock: by a clock, a busy machine makes an expression polynomial. */
const withoutClock = {
  ...{ timeout: null, attackTimeout: null, incubationTimeout: null, seedingTimeout: null },
}

function toComplexity({ source, flags }: RegExp): string {
  const checked = checkSync(source, flags, withoutClock)
  return checked.status === 'unknown' ? checked.status : checked.complexity.type
}

test('the checker takes a trim that starts again at each blank for polynomial', () => {
  const [trim] = findPatterns("text.replace(/^[ \\t]+|[ \\t]+$/g, '')")
  assert.ok(trim !== undefined)
  assert.equal(toComplexity(trim), 'polynomial')
})

const patterns = new Map(
  sources.flatMap(([path, code]) =>
    findPatterns(code).map((pattern) => [String(pattern), { path, pattern }] as const),
  ),
)

for (const word of stubbornWords) {
  test(`ten megabytes of "${word}" are explained within ${mostSeconds} s of CPU time`, () => {
    const seconds = toCpuSeconds(word, 10_000_000)
    assert.ok(seconds < mostSeconds, `${seconds} s`)
  })
}

test('regular expressions are found', () => assert.ok(patterns.size > 40))

for (const [text, { path, pattern }] of patterns) {
  test(`${text} of ${path} takes linear time`, () => {
    assert.match(toComplexity(pattern), /^(?:safe|linear)$/)
  })
}
