import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Points } from '../../../local/cloudwatch/metric.ts'
import { evaluateMath, parseMath, type Value } from '../../../local/cloudwatch/metric-math.ts'

const _ = undefined

/** The series of AWS's own examples, and a few more; `_` is a missing point. */
const series: Readonly<Record<string, Points>> = {
  metric1: [30, 20, 0, 0],
  metric2: [20, _, 20, _],
  none: [_, _, _, _],
  condition: [1, 1, 0, 0, _],
  first: [30, _, 0, 0, 30],
  second: [0, 0, 20, _, 20],
}

function evaluate(text: string): Value {
  return evaluateMath(parseMath(text), (id) => series[id] ?? assert.fail(`no ${id}`))
}

for (const [text, expected] of [
  // The examples of AWS's own page on metric math.
  ['metric1 >= 30', [1, 0, 0, 0]],
  ['IF(condition, first, second)', [30, 0, 20, _, _]],
  ['IF(condition, 5, second)', [5, 5, 20, _, _]],
  ['IF(condition, first, 5)', [30, 0, 5, 5, _]],
  // Arithmetic: missing counts as 0 beside a point, and a division by zero drops the point.
  ['metric1 + metric2', [50, 20, 20, 0]],
  ['metric2 - metric1', [-10, -20, 20, 0]],
  ['metric2 + 1', [21, _, 21, _]],
  ['1 - metric2', [-19, _, -19, _]],
  ['100 * metric1 / metric2', [150, _, 0, _]],
  ['none + none', [_, _, _, _]],
  ['metric1 / 0', [_, _, _, _]],
  ['(2 + 3) * 4', 20],
  ['2 + 3 * 4 - 1', 13],
  ['metric1 + metric2 >= 20', [1, 1, 1, 0]],
  // Filters.
  ['IF(metric1 >= 15, metric1)', [30, 20, _, _]],
  ['IF(none >= 15, 1, 0)', [_, _, _, _]],
  ['FILL(metric2, 0)', [20, 0, 20, 0]],
  ['FILL(none, 100)', [100, 100, 100, 100]],
] as const) {
  test(`${text} is ${JSON.stringify(expected)?.replaceAll('null', '-')}`, () => {
    assert.deepEqual(evaluate(text), expected)
  })
}

for (const [text, message] of [
  ["SEARCH('{AWS/Lambda}', 'Sum')", /the function SEARCH cannot be evaluated here/],
  ['constructor(metric1)', /the function constructor cannot/],
  ['SUM(metric1)', /the function SUM cannot/],
  ['ANOMALY_DETECTION_BAND(metric1, 2)', /the function ANOMALY_DETECTION_BAND cannot/],
  ['metric1 < 2', /cannot read metric1 < 2/],
  ['-metric1', /cannot read/],
  ['IF(metric1', /cannot read/],
  ['metric1 metric2', /no Compound/],
  ['metric1 ? 1 : 2', /no ConditionalExpression/],
  ['metric1.points', /no MemberExpression/],
  ['metric1.points()', /the function undefined cannot/],
  ['[metric1, metric2]', /no ArrayExpression/],
  ['"text"', /no Literal/],
  ['IF(1, metric1)', /IF takes a time series/],
  ['IF(metric1)', /one or two values/],
  ['FILL(metric2)', /FILL takes a time series and a number/],
  ['FILL(metric2, metric1)', /FILL takes/],
  ['FILL(metric2, REPEAT)', /no REPEAT/],
  ['FILL(5, 0)', /FILL takes/],
] as const) {
  test(`${text} is refused with words that say why`, () => {
    assert.throws(() => evaluate(text), message)
  })
}
