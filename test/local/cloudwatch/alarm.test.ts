import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluateAlarm } from '../../../local/cloudwatch/alarm.ts'
import { type AlarmState, judgeState } from '../../../local/cloudwatch/alarm-state.ts'
import type { Metric } from '../../../local/cloudwatch/metric.ts'
import { readMetricAlarm } from '../../../local/cloudwatch/metric-alarm.ts'
import { openMetricStore } from '../../../local/cloudwatch/metric-store.ts'

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const

/** What `Retain current state` comes to, told apart from every other result by each previous state. */
const retained = 'retained'

/**
 * The tables of AWS's page on missing data, oldest datapoint first: X breaches, 0 does not, - is missing.
 * The last two rows of the first and the last of the second are from its text: a lone fresh breach.
 */
const tables: readonly (readonly [m: number, n: number, ...rows: (readonly string[])[]])[] = [
  [
    3,
    3,
    ['0-X-X', 'OK', 'OK', 'OK', 'OK'],
    ['0----', 'OK', 'OK', 'OK', 'OK'],
    ['-----', 'INSUFFICIENT_DATA', retained, 'ALARM', 'OK'],
    ['0XX-X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['--X--', 'ALARM', retained, 'ALARM', 'OK'],
    ['----X', 'INSUFFICIENT_DATA', retained, 'ALARM', 'OK'],
    ['---X-', 'INSUFFICIENT_DATA', retained, 'ALARM', 'OK'],
  ],
  [
    2,
    3,
    ['0-X-X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['00X0X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0-X--', 'OK', 'OK', 'ALARM', 'OK'],
    ['----0', 'OK', 'OK', 'ALARM', 'OK'],
    ['---X-', 'ALARM', retained, 'ALARM', 'OK'],
    ['---XX', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['----X', 'INSUFFICIENT_DATA', retained, 'ALARM', 'OK'],
  ],
]
for (const [datapointsToAlarm, evaluationPeriods, ...rows] of tables) {
  for (const [datapoints = '', ...states] of rows) {
    const title = `${datapointsToAlarm} of ${evaluationPeriods} with ${datapoints}`
    test(`${title} is ${states.join(', ')} as missing data is ${treatments.join(', ')}`, () => {
      const breaches = [...datapoints].map((one) => (one === '-' ? undefined : one === 'X'))
      for (const [index, treatMissingData] of treatments.entries()) {
        const condition = { evaluationPeriods, datapointsToAlarm, treatMissingData }
        for (const previous of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
          const expected = states[index] === retained ? previous : states[index]
          assert.equal(judgeState(breaches, condition, previous), expected, treatMissingData)
        }
      }
    })
  }
}

const minuteMs = 60_000
const nowMs = 30_000_000 * minuteMs
const wait: Metric = { Namespace: 'Shop', MetricName: 'Wait', Dimensions: [] }
const sales: Metric = { Namespace: 'Shop', MetricName: 'Sales', Dimensions: [] }

/** Evaluates an alarm over one value a minute, the newest last. */
function evaluate(
  properties: Readonly<Record<string, unknown>>,
  values: readonly (number | undefined)[],
  { previous = 'OK' as AlarmState, lateMs = 0, salesOf = (): number => 0 } = {},
) {
  const store = openMetricStore(() => nowMs)
  for (const [index, value] of values.toReversed().entries()) {
    const atMs = nowMs - (index + 1) * minuteMs
    if (value !== undefined) store.put(wait, value, atMs)
    store.put(sales, salesOf(), atMs)
  }
  return evaluateAlarm(
    readMetricAlarm({ ...simple, ...properties }),
    store,
    nowMs + lateMs,
    previous,
  )
}

const simple = {
  AlarmName: 'wait',
  ...wait,
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
}

for (const [comparison, below, at, above] of [
  ['GreaterThanThreshold', 'OK', 'OK', 'ALARM'],
  ['GreaterThanOrEqualToThreshold', 'OK', 'ALARM', 'ALARM'],
  ['LessThanThreshold', 'ALARM', 'OK', 'OK'],
  ['LessThanOrEqualToThreshold', 'ALARM', 'ALARM', 'OK'],
] as const) {
  test(`${comparison} 10 is ${below} at 9, ${at} at 10 and ${above} at 11`, () => {
    for (const [value, state] of [
      [9, below],
      [10, at],
      [11, above],
    ] as const) {
      const properties = { ComparisonOperator: comparison }
      assert.equal(evaluate(properties, [value, value]).state, state)
    }
  })
}

test('an alarm looks at N datapoints and at two before them, and says why it is in its state', () => {
  const { state, datapoints, reason } = evaluate({}, [1, 1, 1, 11, 12])
  assert.deepEqual([state, datapoints], ['ALARM', [1, 1, 11, 12]])
  assert.match(reason, /11, 12, 2 breach GreaterThanThreshold 10/)
  const nothing = evaluate({}, [])
  assert.deepEqual(
    [nothing.state, nothing.reason],
    ['INSUFFICIENT_DATA', 'no datapoint was reported'],
  )
})

test('five-minute periods slide: they end with the last full minute', () => {
  const properties = { Period: 300, EvaluationPeriods: 1, Threshold: 4 }
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
  assert.deepEqual([quiet.state, quiet.datapoints.at(-1)], ['INSUFFICIENT_DATA', undefined])
})

const bandAlarm = {
  Threshold: undefined,
  ThresholdMetricId: 'band',
  EvaluationPeriods: 1,
  Metrics: [
    { ...statOf('long', wait), ReturnData: true },
    { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(long, 2)' },
  ],
}
for (const [comparison, low, usual, high] of [
  ['GreaterThanUpperThreshold', 'OK', 'OK', 'ALARM'],
  ['LessThanLowerThreshold', 'ALARM', 'OK', 'OK'],
  ['LessThanLowerOrGreaterThanUpperThreshold', 'ALARM', 'OK', 'ALARM'],
] as const) {
  test(`${comparison} holds a datapoint against what was usual before`, () => {
    const before = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 90 : 110))
    for (const [value, state] of [
      [79, low],
      [120, usual],
      [121, high],
    ] as const) {
      const properties = { ...bandAlarm, ComparisonOperator: comparison }
      assert.equal(evaluate(properties, [...before, value]).state, state, `${value}`)
    }
    const young = evaluate({ ...bandAlarm, ComparisonOperator: comparison }, [1, 1, 1, 1, 1, 500])
    assert.equal(young.state, 'INSUFFICIENT_DATA')
  })
}

test('a percentile over too few samples leaves the state alone where the alarm says so', () => {
  const percentile = { Statistic: undefined, ExtendedStatistic: 'p90', EvaluationPeriods: 1 }
  const properties = { ...percentile, EvaluateLowSampleCountPercentile: 'ignore' }
  const many = { Period: 6000, EvaluationPeriods: 1 }
  const slow = Array.from({ length: 100 }, () => 11)
  assert.equal(evaluate({ ...properties, ...many }, slow).state, 'ALARM')
  assert.equal(evaluate({ ...properties, ...many }, slow.slice(1)).state, 'OK')
  assert.equal(evaluate({ ...percentile, ...many }, slow.slice(1)).state, 'ALARM')
  assert.equal(
    evaluate({ ...properties, ...many, Statistic: 'Sum', ExtendedStatistic: 'p1' }, []).state,
    'OK',
  )
  const sum = { EvaluateLowSampleCountPercentile: 'ignore' }
  assert.equal(evaluate(sum, [11, 11]).state, 'ALARM')
})

for (const [says, properties, message] of [
  ['no period', { Period: undefined }, /Period is no number/],
  ['a broken period', { Period: 90 }, /refuses 2 periods of 90 s/],
  ['more than a day of short periods', { EvaluationPeriods: 1441 }, /refuses 1441 periods/],
  ['more than a week of long periods', { Period: 7200, EvaluationPeriods: 85 }, /refuses 85/],
  ['more than N datapoints', { DatapointsToAlarm: 3 }, /3 of 2 datapoints/],
  ['an unknown comparison', { ComparisonOperator: 'Above' }, /ComparisonOperator is Above/],
  ['an unknown treatment', { TreatMissingData: 'zero' }, /TreatMissingData is zero/],
  ['no threshold', { Threshold: undefined }, /Threshold is no number/],
  ['no statistic', { Statistic: undefined }, /Statistic is no text/],
  ['dimensions that are no list', { Dimensions: {} }, /Dimensions is no list/],
  ['metrics that are no objects', { Metrics: ['m1'] }, /Metrics is no object/],
  ['two periods', { Metrics: [statOf('a', wait), { Id: 'b', Period: 300 }] }, /one period, not 2/],
  ['nothing to watch', { Metrics: [statOf('a', wait)] }, /one time series, not 0/],
  ['two to watch', { Metrics: [{ ...statOf('a', wait), ReturnData: true }, { Id: 'b' }] }, /not 2/],
  ['a capital id', { Metrics: [{ ...statOf('A', wait), ReturnData: true }] }, /lower-case letter/],
  [
    'eleven metrics',
    {
      Metrics: [
        { ...statOf('a', wait), ReturnData: true },
        ...Array.from({ length: 10 }, (_, index) => statOf(`b${index}`, wait)),
      ],
    },
    /10 metrics and 10 expressions at most/,
  ],
] as const) {
  test(`an alarm with ${says} is refused, as CloudWatch would`, () => {
    assert.throws(() => readMetricAlarm({ ...simple, ...properties }), message)
  })
}

for (const [says, expression, message] of [
  ['a scalar', 'SUM(long)', /share is a scalar/],
  ['several series', '[long, all]', /more than one time series/],
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

test('an alarm whose threshold is no band is refused', () => {
  const Metrics = [...bandAlarm.Metrics.slice(0, 1), { Id: 'band', Expression: 'long + 1' }]
  const properties = { ...bandAlarm, Metrics, ComparisonOperator: 'GreaterThanUpperThreshold' }
  assert.throws(() => evaluate(properties, [1]), /band is no band/)
})
