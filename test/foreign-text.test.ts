// Who reads pasted texts, and how long that takes; foreign-text.long.ts asks for every expression.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { explaining, stubbornWords, toCpuSeconds } from './fixtures/foreign-text.ts'
import { readSourceTree, selectCode } from './source-tree.ts'

const tree = readSourceTree(join(import.meta.dirname, '..'))

test('nothing that is deployed or serves a request reads the expressions for pasted texts', () => {
  const others = [...selectCode(tree, 'functions', 'adapters', 'core', 'local')].filter(
    ([path]) => !path.startsWith(explaining),
  )
  const users = others.filter(([, code]) => code.includes('/explain/')).map(([path]) => path)
  assert.deepEqual(users, [])
})

for (const word of stubbornWords) {
  test(`half a megabyte of "${word}" is explained within 2 s of CPU time`, () => {
    const seconds = toCpuSeconds(word, 500_000)
    assert.ok(seconds < 2, `${seconds} s`)
  })
}
