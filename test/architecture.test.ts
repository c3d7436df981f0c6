import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { laws } from './architecture-laws.ts'
import { directions, hasNoConflict } from './architecture-rules.ts'
import { readSourceTree, toImports } from './source-tree.ts'

const sources = readSourceTree(dirname(dirname(fileURLToPath(import.meta.url))))
for (const { title, rule, broken, found, kept } of laws) {
  test(title, () => {
    assert.deepEqual(rule(sources), [])
  })
  test(`a breach is found, and nothing else, of: ${title}`, () => {
    assert.deepEqual(rule(new Map(Object.entries(broken))), found)
    assert.deepEqual(rule(new Map(Object.entries(kept))), [])
  })
}

test('no file has a conflict of a merge that is not resolved', () => {
  const toMark = (sign: string) => `\`\n${sign.repeat(7)} HEAD\n\``
  const broken = { 'tools/a.ts': toMark('<'), 'docs/b.md': toMark('>'), 'core/c.ts': toMark('=') }
  assert.deepEqual(hasNoConflict(new Map(Object.entries(broken))), [
    'tools/a.ts: has a conflict',
    'docs/b.md: has a conflict',
  ])
  assert.deepEqual(hasNoConflict(sources), [])
})

test('every top folder that has code has its directions', () => {
  const folders = [...sources.keys()].filter((path) => /^[^/]+\/.*\.(?:ts|mjs)$/.test(path))
  const known = Object.keys(directions)
  const strangers = folders.filter((path) => !known.includes(path.slice(0, path.indexOf('/'))))
  assert.deepEqual(strangers, [])
  assert.ok(folders.length > 40)
})

test('the imports of this very file are all seen', () => {
  assert.deepEqual(toImports(sources.get('test/architecture.test.ts') ?? '').slice(0, 7), [
    'node:assert/strict',
    'node:path',
    'node:test',
    'node:url',
    './architecture-laws.ts',
    './architecture-rules.ts',
    './source-tree.ts',
  ])
})
