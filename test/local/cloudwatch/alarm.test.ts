import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluateAlarm } from '../../../local/cloudwatch/alarm.ts'
import { judgeState } from '../../../local/cloudwatch/alarm-state.ts'
import type { Metric } from '../../../local/cloudwatch/metric.ts'
import { readMetricAlarm } from '../../../local/cloudwatch/metric-alarm.ts'
import { openMetricStore } from '../../../local/cloudwatch/metric-store.ts'

const treatments = ['breaching', 'notBreaching'] as const

/** The tables of AWS's page on missing data, oldest datapoint first: X breaches, 0 does not, - is missing. */
const tables: readonly (readonly [m: number, n: number, ...rows: (readonly string[])[]])[] = [
  [
    3,
    3,
    ['0-X-X', 'OK', 'OK'],
    ['0----', 'OK', 'OK'],
    ['-----', 'ALARM', 'OK'],
    ['0XX-X', 'ALARM', 'ALARM'],
    ['--X--', 'ALARM', 'OK'],
  ],
  [
    2,
    3,
    ['0-X-X', 'ALARM', 'ALARM'],
    ['00X0X', 'ALARM', 'ALARM'],
    ['0-X--', 'ALARM', 'OK'],
    ['----0', 'ALARM', 'OK'],
    ['---X-', 'ALARM', 'OK'],
    ['---XX', 'ALARM', 'ALARM'],
  ],
]
for (const [datapointsToAlarm, evaluationPeriods, ...rows] of tables) {
  for (const [datapoints = '', ...states] of rows) {
    const title = `${datapointsToAlarm} of ${evaluationPeriods} with ${datapoints}`
    test(`${title} is ${states.join(', ')} as missing data is ${treatments.join(', ')}`, () => {
      const breaches = [...datapoints].map((one) => (one === '-' ? undefined : one === 'X'))
      for (const [index, treatMissingData] of treatments.entries()) {
        const condition = { evaluationPeriods, datapointsToAlarm, treatMissingData }
        assert.equal(judgeState(breaches, condition), states[index], treatMissingData)
      }
    })
  }
}

const minuteMs = 60_000
const nowMs = 30_000_000 * minuteMs
const wait: Metric = { Namespace: 'Shop', MetricName: 'Wait', Dimensions: [] }
const sales: Metric = { Namespace: 'Shop', MetricName: 'Sales', Dimensions: [] }

const condition = {
  AlarmName: 'wait',
  ...{ EvaluationPeriods: 2, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' },
  ...{ Threshold: 10, ComparisonOperator: 'GreaterThanThreshold' },
}
const single = { ...condition, ...wait, Statistic: 'Sum', Period: 60 }

/** Evaluates an alarm over one value a minute, the newest last. */
function evaluate(
  properties: Readonly<Record<string, unknown>>,
  values: readonly (number | undefined)[],
  { lateMs = 0, salesOf = (): number => 0 } = {},
) {
  const store = openMetricStore(() => nowMs)
  for (const [index, value] of values.toReversed().entries()) {
    const atMs = nowMs - (index + 1) * minuteMs
    if (value !== undefined) store.put(wait, value, atMs)
    store.put(sales, salesOf(), atMs)
  }
  return evaluateAlarm(readMetricAlarm(properties), store, nowMs + lateMs)
}

for (const [comparison, below, at, above] of [
  ['GreaterThanThreshold', 'OK', 'OK', 'ALARM'],
  ['GreaterThanOrEqualToThreshold', 'OK', 'ALARM', 'ALARM'],
  ['LessThanThreshold', 'ALARM', 'OK', 'OK'],
] as const) {
  test(`${comparison} 10 is ${below} at 9, ${at} at 10 and ${above} at 11`, () => {
    for (const [value, state] of [
      [9, below],
      [10, at],
      [11, above],
    ] as const) {
      const properties = { ...single, ComparisonOperator: comparison }
      assert.equal(evaluate(properties, [value, value]).state, state)
    }
  })
}

test('an alarm looks at N datapoints and at two before them, and says why it is in its state', () => {
  const { state, datapoints, reason } = evaluate(single, [1, 1, 1, 11, 12])
  assert.deepEqual([state, datapoints], ['ALARM', [1, 1, 11, 12]])
  assert.match(reason, /11, 12, 2 breach GreaterThanThreshold 10/)
  const nothing = evaluate(single, [])
  assert.deepEqual([nothing.state, nothing.reason], ['OK', 'no datapoint was reported'])
})

test('five-minute periods slide: they end with the last full minute', () => {
  const periods = { Period: 300, EvaluationPeriods: 1, DatapointsToAlarm: 1 }
  const properties = { ...single, ...periods, Threshold: 4 }
  const values = [undefined, 1, 1, 1, 1, 1]
  assert.equal(evaluate(properties, values).datapoints.at(-1), 5)
  assert.equal(evaluate(properties, values, { lateMs: 59_999 }).datapoints.at(-1), 5)
  assert.equal(evaluate(properties, values, { lateMs: 60_000 }).datapoints.at(-1), 4)
})

const statOf = (Id: string, metric: Metric, Stat = 'Sum') => ({
  Id,
  MetricStat: { Metric: metric, Stat, Period: 60 },
  ReturnData: false,
})
const shareAlarm = {
  ...condition,
  Metrics: [
    { Id: 'share', Expression: 'IF(all >= 20, 100 * long / all)', ReturnData: true },
    statOf('long', wait),
    statOf('all', sales),
  ],
}

test('an alarm on an expression watches the one that returns data, with its traffic floor', () => {
  const busy = evaluate(shareAlarm, [5, 5], { salesOf: () => 20 })
  assert.deepEqual([busy.state, busy.datapoints.at(-1)], ['ALARM', 25])
  const quiet = evaluate(shareAlarm, [5, 5], { salesOf: () => 19 })
  assert.deepEqual([quiet.state, quiet.datapoints.at(-1)], ['OK', undefined])
})

const { Threshold, ...conditionOfBand } = condition
const bandAlarm = {
  ...conditionOfBand,
  ...{ ThresholdMetricId: 'band', ComparisonOperator: 'GreaterThanUpperThreshold' },
  ...{ EvaluationPeriods: 1, DatapointsToAlarm: 1 },
  Metrics: [
    { ...statOf('long', wait), ReturnData: true },
    { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(long, 2)', ReturnData: true },
  ],
}

test('an alarm on a band compares a datapoint with earlier values', () => {
  const before = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 90 : 110))
  for (const [value, state] of [
    [79, 'OK'],
    [120, 'OK'],
    [121, 'ALARM'],
  ] as const) {
    assert.equal(evaluate(bandAlarm, [...before, value]).state, state, `${value}`)
  }
})

test('an alarm on a band stays quiet while there are too few earlier values', () => {
  const before = Array.from({ length: 13 }, () => 1)
  // Of so many, the alarm itself looks at the last three.
  assert.equal(evaluate(bandAlarm, [...before, 500]).state, 'OK')
  assert.equal(evaluate(bandAlarm, [1, ...before, 500]).state, 'ALARM')
})

for (const [says, properties, message] of [
  ['no period', { ...single, Period: undefined }, /Period is no number/],
  ['a broken period', { ...single, Period: 90 }, /refuses 2 periods of 90 s/],
  ['over a day of short periods', { ...single, EvaluationPeriods: 1441 }, /refuses 1441 periods/],
  ['over a week of long ones', { ...single, Period: 7200, EvaluationPeriods: 85 }, /refuses 85/],
  ['more than N datapoints', { ...single, DatapointsToAlarm: 3 }, /3 of 2 datapoints/],
  ['an unknown comparison', { ...single, ComparisonOperator: 'Above' }, /ComparisonOperator is A/],
  ['an unknown treatment', { ...single, TreatMissingData: 'zero' }, /TreatMissingData is zero/],
  ['no treatment', { ...single, TreatMissingData: undefined }, /TreatMissingData is undefined/],
  ['no threshold', { ...single, Threshold: undefined }, /Threshold is no number/],
  ['no statistic', { ...single, Statistic: undefined }, /Statistic is no text/],
  ['an unknown property', { ...single, Unit: 'Count' }, /the property Unit cannot be evaluated/],
  ['dimensions that are no list', { ...single, Dimensions: {} }, /Dimensions is no list/],
  ...(
    [
      ['metrics that are no objects', ['m1'], /Metrics is no object/],
      [
        'two periods',
        [
          { ...statOf('a', wait), ReturnData: true },
          { ...statOf('b', wait), MetricStat: { Metric: wait, Stat: 'Sum', Period: 300 } },
        ],
        /one period, not 2/,
      ],
      ['nothing to watch', [statOf('a', wait)], /one time series, not 0/],
      ['two to watch', [{ Id: 'a' }, { Id: 'b' }], /one time series, not 2/],
      ['a capital id', [{ ...statOf('A', wait), ReturnData: true }], /lower-case letter/],
      ['a label', [{ ...statOf('a', wait), ReturnData: true, Label: 'A' }], /property Label/],
      [
        'eleven metrics',
        [
          { ...statOf('a', wait), ReturnData: true },
          ...Array.from({ length: 10 }, (_, index) => statOf(`b${index}`, wait)),
        ],
        /10 metrics and 10 expressions at most/,
      ],
    ] as const
  ).map(([says, Metrics, message]) => [says, { ...condition, Metrics }, message] as const),
] as const) {
  test(`an alarm with ${says} is refused`, () => {
    assert.throws(() => readMetricAlarm(properties), message)
  })
}

for (const [says, expression, message] of [
  ['a scalar', '2 + 3', /share is a scalar/],
  ['itself', 'share + 1', /share refers to itself/],
  ['an unknown id', 'other + 1', /there is no other/],
] as const) {
  test(`an alarm whose expression gives ${says} is refused`, () => {
    const [first, ...others] = shareAlarm.Metrics
    const Metrics = [{ ...first, Expression: expression }, ...others]
    const options = { salesOf: () => 20 }
    assert.throws(() => evaluate({ ...shareAlarm, Metrics }, [5, 5], options), message)
  })
}

test('an alarm whose threshold is no band of the known form is refused', () => {
  for (const expression of ['long + 1', 'ANOMALY_DETECTION_BAND(long)']) {
    const Metrics = [...bandAlarm.Metrics.slice(0, 1), { Id: 'band', Expression: expression }]
    assert.throws(() => readMetricAlarm({ ...bandAlarm, Metrics }), /is no ANOMALY_DETECTION_BAND/)
  }
})
