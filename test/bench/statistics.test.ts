import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toFigure, toQuantile, toSpread } from '../../bench/statistics.ts'

const about = { name: 'x', title: 'x', unit: 'ms', reference: 'bare' } as const

test('a quantile lies between its neighbours in any order of the values', () => {
  assert.equal(toQuantile([3, 1, 2], 0.5), 2)
  assert.equal(toQuantile([4, 1, 3, 2], 0.5), 2.5)
  assert.equal(toQuantile([10, 9, 1, 100], 1), 100)
  assert.deepEqual(toSpread([5, 1, 2, 3, 4]), { median: 3, p25: 2, p75: 4 })
})

test('a ratio is taken within its round, so that a slow round changes nothing', () => {
  const rounds = [
    { us: 2, bare: 4 },
    { us: 200, bare: 400 },
    { us: 3, bare: 6 },
  ]
  const { rows } = toFigure(about, rounds)
  assert.deepEqual(rows[0], {
    contestant: 'us',
    value: { median: 3, p25: 2.5, p75: 101.5 },
    ratio: { median: 0.5, p25: 0.5, p75: 0.5 },
  })
})

test('there is no ratio over a reference that was not measured', () => {
  const [row] = toFigure(about, [{ us: 2 }]).rows
  assert.deepEqual(row, { contestant: 'us', value: { median: 2, p25: 2, p75: 2 } })
})
