import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Points } from '../../../local/cloudwatch/metric.ts'
import { evaluateMath, parseMath } from '../../../local/cloudwatch/metric-math.ts'
import { isList, type Value } from '../../../local/cloudwatch/metric-value.ts'

const _ = undefined

/** The series of AWS's own examples, and a few more; `_` is a missing point. */
const series: Readonly<Record<string, Points>> = {
  metric1: [30, 20, 0, 0],
  metric2: [20, _, 20, _],
  none: [_, _, _, _],
  rising: [10, _, 40, 100],
  condition: [1, 1, 0, 0, _],
  first: [30, _, 0, 0, 30],
  second: [0, 0, 20, _, 20],
}

const history: Readonly<Record<string, Points>> = {
  metric1: Array.from({ length: 20 }, (__, index) => (index % 2 === 0 ? 8 : 12)),
  young: [8, 12],
}

function evaluate(text: string): Value {
  return evaluateMath(parseMath(text), {
    periods: 4,
    periodSeconds: 60,
    lookUp: (id) => ({ points: series[id] ?? assert.fail(`no ${id}`) }),
    metricIds: ['metric1', 'metric2'],
    historyOf: (id) => history[id] ?? [],
  })
}

function toPoints(value: Value): unknown {
  if (typeof value === 'number') return value
  return isList(value) ? value.map(({ points }) => points) : value.points
}

for (const [text, expected] of [
  // The examples of AWS's own page on metric math.
  ['metric1 < metric2', [0, 0, 1, 0]],
  ['metric1 >= 30', [1, 0, 0, 0]],
  ['metric1 > 15 AND metric2 > 15', [1, 0, 0, 0]],
  ['IF(condition, first, second)', [30, 0, 20, _, _]],
  ['IF(condition, 5, second)', [5, 5, 20, _, _]],
  ['IF(condition, first, 5)', [30, 0, 5, 5, _]],
  // Arithmetic: missing counts as 0 beside a point, and a division by zero drops the point.
  ['metric1 + metric2', [50, 20, 20, 0]],
  ['metric2 - metric1', [-10, -20, 20, 0]],
  ['metric2 + 1', [21, _, 21, _]],
  ['100 * metric1 / metric2', [150, _, 0, _]],
  ['none + none', [_, _, _, _]],
  ['-metric1 + 2 ^ 3 * 2', [-14, -4, 16, 16]],
  ['(2 + 3) * 4', 20],
  ['metric1 / 0', [_, _, _, _]],
  // Comparison and logic.
  ['metric2 == 20', [1, _, 1, _]],
  ['metric2 != 20', [0, _, 0, _]],
  ['metric1 <= 20 && metric1 > 0', [0, 1, 0, 0]],
  ['metric1 == 30 || metric2 == 20', [1, 0, 1, 0]],
  ['metric1 == 30 OR metric1 == 20 AND metric2 == 7', [1, 0, 0, 0]],
  ['1 < 2', 1],
  // Filters.
  ['IF(metric1 > 15, metric1)', [30, 20, _, _]],
  ['IF(1, metric1)', [30, 20, 0, 0]],
  ['IF(0, metric1, metric2)', [20, _, 20, _]],
  ['IF(0, metric1)', [_, _, _, _]],
  ['IF(none > 15, 1, 0)', [_, _, _, _]],
  ['FILL(metric2, 0)', [20, 0, 20, 0]],
  ['FILL(none, 0)', [0, 0, 0, 0]],
  ['FILL(metric2, metric1)', [20, 20, 20, 0]],
  ['FILL(metric2, REPEAT)', [20, 20, 20, 20]],
  ['FILL(rising, LINEAR)', [10, 25, 40, 100]],
  ['FILL(metric2, LINEAR)', [20, 20, 20, _]],
  [
    'FILL([metric2, none], 1)',
    [
      [20, 1, 20, 1],
      [1, 1, 1, 1],
    ],
  ],
  // Over arrays, period by period; over one series, to a scalar.
  ['SUM([metric1, metric2, none])', [50, 20, 20, 0]],
  ['AVG([metric1, metric2])', [25, 10, 10, 0]],
  ['MAX([metric1, metric2])', [30, 20, 20, 0]],
  ['MIN([metric1, metric2])', [20, 20, 0, 0]],
  ['SUM([none, none])', [_, _, _, _]],
  ['SUM(METRICS())', [50, 20, 20, 0]],
  ['SUM(METRICS("2"))', [20, _, 20, _]],
  ['metric1 - MIN(metric1)', [30, 20, 0, 0]],
  ['AVG(metric2)', 20],
  [
    '[metric1, metric2] / 10',
    [
      [3, 2, 0, 0],
      [2, _, 2, _],
    ],
  ],
  [
    '100 - [metric1, metric2]',
    [
      [70, 80, 100, 100],
      [80, _, 80, _],
    ],
  ],
  ['metric1 * [metric1]', [[900, 400, 0, 0]]],
  // Change over time, per second between points that are there.
  ['DIFF(rising)', [_, _, 30, 60]],
  ['RATE(rising)', [_, _, 0.25, 1]],
  ['RATE([rising])', [[_, _, 0.25, 1]]],
  ['metric1 / PERIOD(metric1)', [0.5, 20 / 60, 0, 0]],
  ['TIME_SERIES(7)', [7, 7, 7, 7]],
  ['ABS(-metric1)', [30, 20, 0, 0]],
  ['CEIL(metric1 / 7) - FLOOR(metric1 / 7)', [1, 1, 0, 0]],
  // The mean of the history is 10 and its standard deviation 2; the upper limit comes first.
  [
    'ANOMALY_DETECTION_BAND(metric1, 3)',
    [
      [16, 16, 16, 16],
      [4, 4, 4, 4],
    ],
  ],
  ['FIRST(ANOMALY_DETECTION_BAND(metric1))', [14, 14, 14, 14]],
  ['LAST(ANOMALY_DETECTION_BAND(metric1))', [6, 6, 6, 6]],
  ['LAST(ANOMALY_DETECTION_BAND(young))', [_, _, _, _]],
] as const) {
  test(`${text} is ${JSON.stringify(expected)?.replaceAll('null', '-')}`, () => {
    assert.deepEqual(toPoints(evaluate(text)), expected)
  })
}

for (const [text, message] of [
  ["SEARCH('{AWS/Lambda}', 'Sum')", /the function SEARCH cannot be evaluated here/],
  ['constructor(metric1)', /the function constructor cannot/],
  ['STDDEV(metric1)', /the function STDDEV cannot/],
  ['metric1 % 2', /cannot read metric1 % 2/],
  ['IF(metric1', /cannot read/],
  ['metric1 metric2', /no Compound/],
  ['metric1 ? 1 : 2', /no ConditionalExpression/],
  ['metric1.points', /no MemberExpression/],
  ['metric1.points()', /no CallExpression/],
  ['"text"', /no Literal/],
  ['SUM()', /an argument is missing/],
  ['SUM(5)', /a scalar cannot be reduced/],
  ['RATE(5)', /no change over time/],
  ['FIRST(metric1)', /take an array/],
  ['[metric1, 5]', /holds time series only/],
  ['[metric1] + [metric2]', /two arrays/],
  ['IF([metric1], 1, 0)', /no array/],
  ['FILL(metric2)', /two arguments/],
  ['FILL(metric2, [metric1])', /no array/],
  ['TIME_SERIES(metric1)', /takes a scalar/],
  ['ANOMALY_DETECTION_BAND(metric1 + 1)', /the id of a metric/],
  ['ANOMALY_DETECTION_BAND(metric1, metric2)', /and a number/],
] as const) {
  test(`${text} is refused with words that say why`, () => {
    assert.throws(() => evaluate(text), message)
  })
}
