import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeBars } from '../../bench/budgets.ts'
import { toBarLine } from '../../bench/table.ts'

const spread = (median: number) => ({ median, p25: median, p75: median })
const figures = [
  {
    name: 'warm',
    title: 'warm',
    unit: 'ms',
    reference: 'bare',
    rows: [{ contestant: 'us', value: spread(8), ratio: spread(0.8) }],
  },
] as const
const bar = { figure: 'warm', contestant: 'us', of: 'ratio', most: 0.8 } as const

test('a bar is met up to its value and missed beyond it, and the line names it', () => {
  const lines = [bar, { ...bar, most: 0.79 }, { ...bar, of: 'value', most: 7 } as const].map(
    (one) => judgeBars({ figures }, [one]).map(toBarLine).join(),
  )
  assert.deepEqual(lines, [
    'met     warm, us: ratio 0.800, at most 0.8',
    'MISSED  warm, us: ratio 0.800, at most 0.79',
    'MISSED  warm, us: value 8.00, at most 7',
  ])
})

test('a bar whose figure was left out of the run is not judged', () => {
  assert.deepEqual(judgeBars({ figures }, [{ ...bar, figure: 'memory' }]), [])
})
