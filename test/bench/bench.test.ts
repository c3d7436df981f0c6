import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runBench } from '../../bench/bench.ts'
import { readBars } from '../../bench/budgets.ts'
import { everybody } from '../../bench/run-context.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { builtFunctions, writeReadable } from '../../tools/build.ts'
import { bundleOnce } from '../fixtures/bundled-functions.ts'

const leastPlan = {
  coldRounds: 1,
  warmUp: 20,
  burstWarmUp: 20,
  warmRounds: 1,
  warmCount: 2,
  burstCount: 20,
  slowRounds: 1,
  slowCount: 1,
  memoryCounts: [20, 60],
} as const

/** So few exchanges allocate little and collect nothing, and a timer may end just before its time. */
const mayBeNothing = /-gc$|-allocated$|^silence$/

test('a short run measures every contestant in every figure, and every bar has its figure', async () => {
  ensureBuilt()
  const shares: number[] = []
  const { metafile } = await bundleOnce()
  const { figures, bytesByPackage, importMsByPackage } = await runBench(
    leastPlan,
    { folder: builtFunctions, metafile, readable: await writeReadable() },
    (share) => shares.push(share),
  )
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
