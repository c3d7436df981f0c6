import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toBarChart } from '../../pages/bar-chart.ts'

const bar = { text: '1 ms', median: 1, p25: 1, p75: 1, isOurs: false }

test('bars are drawn in proportion to the longest', () => {
  const chart = toBarChart('times', [
    { ...bar, label: 'one' },
    { ...bar, label: 'two', median: 2, p25: 1.5, p75: 2 },
  ])
  const widths = [...chart.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))
  assert.deepEqual(widths, [180, 360])
})

test('a label is always shown as text', () => {
  const chart = toBarChart('<i> & more', [{ ...bar, label: '<b>' }])
  assert.ok(chart.includes('<title>&lt;i> &amp; more</title>'))
  assert.ok(chart.includes('>&lt;b></text>'))
})
