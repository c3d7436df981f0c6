import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Metric } from '../../../local/cloudwatch/metric.ts'
import { openMetricStore } from '../../../local/cloudwatch/metric-store.ts'

const minuteMs = 60_000
const nowMs = 30_000_000 * minuteMs
const ofShop: Metric = {
  Namespace: 'Shop',
  MetricName: 'Sales',
  Dimensions: [
    { Name: 'service', Value: 'till' },
    { Name: 'town', Value: 'Ulm' },
  ],
}
const open = (keptHours?: number) => openMetricStore(() => nowMs, keptHours)
const lastMinutes = (minutes: number, periodSeconds = 60) => ({
  fromMs: nowMs - minutes * minuteMs,
  toMs: nowMs,
  periodSeconds,
})

function toLine(change: (document: ReturnType<typeof toDocument>) => unknown = (same) => same) {
  return JSON.stringify(change(toDocument()))
}

function toDocument() {
  return {
    _aws: {
      Timestamp: nowMs - 1,
      CloudWatchMetrics: [
        {
          Namespace: 'Shop',
          Dimensions: [['service'], ['service', 'town']],
          Metrics: [{ Name: 'Sales', Unit: 'Count' }],
        },
        { Namespace: 'Shop', Dimensions: [['service']], Metrics: [{ Name: 'Wait' }] },
      ],
    } as Record<string, unknown>,
    service: 'till',
    town: 'Ulm',
    Sales: 2 as unknown,
    Wait: 5 as unknown,
    note: 'of no metric',
  }
}

test('a line with several directives gives each metric under each of its own dimension sets', () => {
  const store = open()
  store.take(toLine())
  const [ofService = assert.fail(), ofTown = assert.fail()] = ofShop.Dimensions ?? []
  for (const [MetricName, Dimensions, expected] of [
    ['Sales', [ofService], 2],
    ['Sales', [ofService, ofTown], 2],
    ['Wait', [ofService], 5],
    ['Wait', [ofService, ofTown], undefined],
  ] as const) {
    const metric = { Namespace: 'Shop', MetricName, Dimensions }
    assert.deepEqual(store.read(metric, 'Sum', lastMinutes(1)), [expected])
  }
  const reversed = { ...ofShop, Dimensions: ofShop.Dimensions?.toReversed() ?? [] }
  assert.deepEqual(store.read(reversed, 'Sum', lastMinutes(1)), [2])
})

const refused: readonly (readonly [
  says: string,
  change: (document: ReturnType<typeof toDocument>) => unknown,
])[] = [
  ['no timestamp', (line) => ({ ...line, _aws: { ...line._aws, Timestamp: undefined } })],
  ['no directives', (line) => ({ ...line, _aws: { Timestamp: nowMs } })],
  ['metadata that is no object', (line) => ({ ...line, _aws: 'x' })],
  ['a metric that is not there', ({ Sales: _, ...line }) => line],
  ['a metric that is no number', (line) => ({ ...line, Sales: '2' })],
  ['a list of values', (line) => ({ ...line, Wait: [5, 7] })],
  ['a dimension that is not there', ({ town: _, ...line }) => line],
  ['an empty dimension', (line) => ({ ...line, town: '' })],
  ['a dimension that is no text', (line) => ({ ...line, town: 7 })],
  ...(
    [
      ['no namespace', { Namespace: '' }],
      ['no dimension set', { Dimensions: [] }],
      ['a dimension set that is none', { Dimensions: ['service'] }],
      ['more than 30 dimensions', { Dimensions: [Array(31).fill('service')] }],
      ['a list of metrics that is none', { Metrics: {} }],
      ['more than 100 metrics', { Metrics: Array(101).fill({ Name: 'Sales' }) }],
      ['a metric without a name', { Metrics: [{ Unit: 'Count' }] }],
      ['an unknown unit', { Metrics: [{ Name: 'Sales', Unit: 'Pieces' }] }],
    ] as const
  ).map(
    ([says, part]) =>
      [
        says,
        (line: ReturnType<typeof toDocument>) => {
          const directive = { Namespace: 'Shop', Dimensions: [['service']], Metrics: [], ...part }
          return { ...line, _aws: { Timestamp: nowMs, CloudWatchMetrics: [directive] } }
        },
      ] as const,
  ),
]
for (const [says, change] of refused) {
  test(`a line with ${says} is rejected as a whole, and counted`, () => {
    const store = open()
    store.take(toLine(change))
    assert.deepEqual(
      [store.rejectedLines(), store.read(ofShop, 'Sum', lastMinutes(1))],
      [1, [undefined]],
    )
  })
}

test('lines that claim no metrics are passed over, and members that the format does not know too', () => {
  const store = open()
  for (const line of ['START', '', '[]', '{"outcome":"ok"}', 'null']) store.take(line)
  store.take(toLine((line) => ({ ...line, _aws: { ...line._aws, Other: 1 } })))
  assert.deepEqual([store.rejectedLines(), store.read(ofShop, 'Sum', lastMinutes(1))], [0, [2]])
})

test('every statistic is read for each period, and is missing where nothing was reported', () => {
  const store = open()
  for (const [minutesAgo, value] of [
    [4, 1],
    [4, 9],
    [3.5, 2],
    [0.5, 8],
  ] as const) {
    store.put(ofShop, value, nowMs - minutesAgo * minuteMs)
  }
  const read = (statistic: string) => store.read(ofShop, statistic, lastMinutes(4, 120))
  for (const [statistic, expected] of [
    ['Sum', [12, 8]],
    ['SampleCount', [3, 1]],
    ['Average', [4, 8]],
    ['Maximum', [9, 8]],
    ['p50', [2, 8]],
    ['p99', [9, 8]],
    ['p0', [1, 8]],
  ] as const) {
    assert.deepEqual(read(statistic), expected, statistic)
  }
  assert.deepEqual(store.read(ofShop, 'Sum', lastMinutes(4)), [12, undefined, undefined, 8])
  for (const name of ['Minimum', 'p99.9', 'tm99']) {
    assert.throws(() => read(name), new RegExp(`no statistic ${name}`))
  }
  assert.throws(() => read('constructor'), /no statistic/)
})

test('the percentiles of ten thousand values are exact to three significant digits', () => {
  const store = open()
  for (let value = 1; value <= 10_000; value += 1) store.put(ofShop, value, nowMs - 1)
  const read = (statistic: string) => store.read(ofShop, statistic, lastMinutes(1))
  assert.deepEqual([read('p50'), read('p99')], [[5000], [9900]])
})

test('values that are too old, too far in the future, no number or of one metric too many are dropped and counted', () => {
  const store = open(1)
  store.put(ofShop, 1, nowMs - 61 * minuteMs)
  store.put(ofShop, 1, nowMs + 121 * minuteMs)
  store.put(ofShop, Number.NaN, nowMs)
  assert.equal(store.droppedValues(), 3)
  for (let index = 0; index <= 1000; index += 1) {
    store.put({ ...ofShop, MetricName: `Sales of ${index}` }, 1, nowMs)
  }
  assert.equal(store.droppedValues(), 4)
})

test('values are dropped once they are older than the retention', () => {
  let clockMs = nowMs
  const store = openMetricStore(() => clockMs, 1)
  for (let minute = 0; minute < 180; minute += 1) {
    clockMs = nowMs + minute * minuteMs
    store.put(ofShop, 1, clockMs)
  }
  const window = { fromMs: nowMs, toMs: clockMs + minuteMs, periodSeconds: 60 }
  const kept = store.read(ofShop, 'Sum', window).filter((one) => one !== undefined)
  assert.equal(kept.length, 60)
})

test('a window that does not fit the minutes is refused', () => {
  const window = { fromMs: nowMs - 20_000, toMs: nowMs, periodSeconds: 10 }
  assert.throws(() => open().read(ofShop, 'Sum', window), /whole multiples of 60 s/)
})

test('a line that was written several times counts as often, in every statistic', () => {
  const [once, together] = [open(), open()]
  const other = toLine((line) => ({ ...line, Sales: 5.25 }))
  for (const line of [toLine(), toLine(), toLine(), other]) once.take(line)
  together.take(toLine(), 3)
  together.take(other)
  for (const statistic of ['Sum', 'SampleCount', 'Average', 'Maximum', 'p50', 'p99']) {
    const [expected] = once.read(ofShop, statistic, lastMinutes(1))
    assert.ok(expected !== undefined)
    assert.deepEqual(together.read(ofShop, statistic, lastMinutes(1)), [expected], statistic)
  }
  together.take(JSON.stringify({ _aws: {} }), 2)
  together.put(ofShop, 1, 0, 2)
  assert.deepEqual([together.rejectedLines(), together.droppedValues()], [2, 2])
})

test('metrics are found in a line that writes their member with escapes', () => {
  const store = open()
  store.take(toLine().replace('"_aws"', String.raw`"\u005faws"`))
  assert.deepEqual(store.read(ofShop, 'Sum', lastMinutes(1)), [2])
})
