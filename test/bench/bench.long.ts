import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBars } from '../../bench/budgets.ts'
import { everybody } from '../../bench/run-context.ts'
import { runShortest } from '../fixtures/bench/shortest-run.ts'

/** So few exchanges allocate little and collect nothing, and a timer may end just before its time. */
const mayBeNothing = /-gc$|-allocated$|^silence$/

test('a short run measures every contestant in every figure, and every bar has its figure', async () => {
  const { figures, bytesByPackage, importMsByPackage, shares } = await runShortest()
  for (const { name, rows } of figures) {
    for (const { contestant, value } of rows) {
      const { median } = value
      const isRight = mayBeNothing.test(name) ? Number.isFinite(median) : median > 0
      assert.ok(isRight, `${name}, ${contestant}: ${median}`)
    }
  }
  const warm = figures.find(({ name }) => name === 'warm-tls-p50')
  assert.deepEqual(
    warm?.rows.map(({ contestant }) => contestant),
    [...everybody],
  )
  const names = figures.map(({ name }) => name)
  assert.deepEqual(
    readBars().filter(({ figure }) => !names.includes(figure)),
    [],
  )
  assert.ok((bytesByPackage['core/'] ?? 0) > 10_000)
  assert.ok(Object.keys(importMsByPackage).includes('core/'))
  assert.deepEqual(
    shares,
    shares.toSorted((one, other) => one - other),
  )
  assert.equal(shares.at(-1), 1)
})
