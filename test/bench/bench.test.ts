import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everybody } from '../../bench/run-context.ts'
import { runShortest } from '../fixtures/bench/shortest-run.ts'

test('a run of one part measures every contestant in it, and nothing else', async () => {
  const { figures, importMsByPackage, shares } = await runShortest('warm-tls')
  const names = figures.map(({ name }) => name)
  assert.ok(names.includes('warm-tls-p50'), names.join())
  assert.deepEqual(
    names.filter((name) => !/^warm-tls-|^static-bytes$/.test(name)),
    [],
  )
  const { rows = [] } = figures.find(({ name }) => name === 'warm-tls-p50') ?? {}
  assert.deepEqual(
    rows.map(({ contestant }) => contestant),
    [...everybody],
  )
  for (const { contestant, value } of rows) assert.ok(value.median > 0, contestant)
  assert.deepEqual(importMsByPackage, {})
  assert.deepEqual(shares, [1])
})
