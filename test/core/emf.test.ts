import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toMetricLines } from '../../core/emf.ts'
import { type MetricGroup, metrics, toMetrics } from '../../core/metrics.ts'
import { parseEmf } from '../../local/cloudwatch/emf.ts'
import {
  allFacts,
  causeNames,
  measures,
  toFailedOutcome,
  toSuccess,
} from '../fixtures/core/sample-outcome.ts'

const atMs = 1_800_000_000_000
const write = (groups: readonly MetricGroup[]) =>
  toMetricLines(groups, 'token-proxy', atMs).map((line) => JSON.parse(line))

const latency: MetricGroup = {
  by: [[]],
  dimensions: {},
  values: [{ name: 'ProxyLatency', value: 12.5 }],
}
const toRequest = (client: string): MetricGroup => ({
  by: [[], ['client']],
  dimensions: { client },
  values: [{ name: 'Requests', value: 1 }],
})
const toChecks = (client: string): MetricGroup => ({
  by: [['client']],
  dimensions: { client },
  values: [{ name: 'CheckFailures', value: 0 }],
})

test('a line is a document of the embedded metric format, with a directive for each list of sets', () => {
  assert.deepEqual(write([toRequest('web'), latency]), [
    {
      _aws: {
        Timestamp: atMs,
        CloudWatchMetrics: [
          {
            Namespace: 'TokenProxy',
            Dimensions: [['service'], ['service', 'client']],
            Metrics: [{ Name: 'Requests', Unit: 'Count' }],
          },
          {
            Namespace: 'TokenProxy',
            Dimensions: [['service']],
            Metrics: [{ Name: 'ProxyLatency', Unit: 'Milliseconds' }],
          },
        ],
      },
      service: 'token-proxy',
      client: 'web',
      Requests: 1,
      ProxyLatency: 12.5,
    },
  ])
})

const toWritten = (record: Readonly<Record<string, unknown>>) => ({
  line: JSON.stringify(record),
  record,
})

test('the first line goes on with a record and repeats nothing of it, and no other line does', () => {
  const record = { service: 'token-proxy', client: 'web', outcome: 'ok' }
  const groups = [toRequest('web'), toRequest('other')]
  const [first = '', second = ''] = toMetricLines(groups, 'token-proxy', atMs, toWritten(record))
  assert.deepEqual(Object.keys(JSON.parse(first)), [...Object.keys(record), '_aws', 'Requests'])
  assert.deepEqual(
    parseEmf(first),
    parseEmf(toMetricLines([toRequest('web')], 'token-proxy', atMs)[0] ?? ''),
  )
  assert.deepEqual(Object.keys(JSON.parse(second)), ['_aws', 'Requests', 'service', 'client'])
})

test('a dimension whose value differs from the member of the same name is written', () => {
  const written = toWritten({ service: 'token-proxy', client: undefined })
  const [line = ''] = toMetricLines([toRequest('web')], 'token-proxy', atMs, written)
  assert.equal(JSON.parse(line).client, 'web')
})

test('lines with other metrics or other sets before them are written as if they were the first', () => {
  const alone = write([toRequest('web'), latency])
  for (let other = 0; other < 40; other += 1) {
    const by = [[], ['client']]
    write([{ ...toRequest('web'), by }, latency])
    write([toRequest('web'), { ...latency, values: [{ name: 'SecretAge', value: other }] }])
    write([toRequest('web')])
  }
  assert.deepEqual(write([toRequest('web'), latency]), alone)
  const longer = {
    ...latency,
    values: [...latency.values, { name: 'SecretAge', value: 1 }],
  } as const
  const [line] = write([toRequest('web'), longer])
  assert.deepEqual([line.ProxyLatency, line.SecretAge], [12.5, 1])
  assert.deepEqual(write([toRequest('web'), latency]), alone)
})

test('groups with the same sets share a directive', () => {
  const age: MetricGroup = { ...latency, values: [{ name: 'SecretAge', value: 30 }] }
  const [line, ...others] = write([latency, toRequest('web'), age])
  assert.deepEqual(others, [])
  const directives: readonly { readonly Metrics: unknown }[] = line._aws.CloudWatchMetrics
  assert.deepEqual(
    directives.map(({ Metrics }) => Metrics),
    [
      [
        { Name: 'ProxyLatency', Unit: 'Milliseconds' },
        { Name: 'SecretAge', Unit: 'Seconds' },
      ],
      [{ Name: 'Requests', Unit: 'Count' }],
    ],
  )
})

test('a metric that is there twice begins a second line, and only that one does', () => {
  const lines = write([toRequest('web'), toRequest('web'), latency])
  assert.deepEqual(
    lines.map(({ _aws, ...members }) => members),
    [
      { service: 'token-proxy', client: 'web', Requests: 1, ProxyLatency: 12.5 },
      { service: 'token-proxy', client: 'web', Requests: 1 },
    ],
  )
})

test('no group takes on the value that another has of a dimension', () => {
  const lines = write([toRequest('web'), toChecks('app')])
  assert.deepEqual(
    lines.map(({ client }) => client),
    ['web', 'app'],
  )
  assert.equal(write([toRequest('web'), toChecks('web')]).length, 1)
})

test('what has no value has no line', () => {
  assert.deepEqual(write([]), [])
  assert.deepEqual(write([{ ...toRequest('web'), values: [] }]), [])
  const [line] = write([{ ...toRequest('web'), values: [] }, latency])
  assert.ok(!('client' in line))
})

const secretFetches = ['ok', 'failed', 'ok'] as const
const cold = { ...measures, isColdStart: true }
const outcomes = [toSuccess(), ...causeNames.map((name) => toFailedOutcome(name))]

test('CloudWatch reads from the lines of every outcome exactly the values that were handed in', () => {
  const all = [cold, { ...cold, facts: allFacts, secretFetches }]
  for (const [outcome, spent] of outcomes.flatMap((one) => all.map((two) => [one, two] as const))) {
    const groups = toMetrics(outcome, spent)
    const lines = toMetricLines(groups, 'token-proxy', atMs)
    assert.equal(lines.length, spent.secretFetches.length === 3 ? 2 : 1)
    const read = lines.flatMap((line) => {
      const points = parseEmf(line)
      return points === undefined || points === 'rejected' ? assert.fail(line) : points
    })
    const wanted = groups.flatMap(({ by, dimensions, values }) =>
      values.flatMap(({ name: MetricName, value }) =>
        by.map((names) => ({
          metric: {
            Namespace: 'TokenProxy',
            MetricName,
            Dimensions: [
              { Name: 'service', Value: 'token-proxy' },
              ...names.map((Name) => ({ Name, Value: dimensions[Name] })),
            ],
          },
          value,
          unit: metrics[MetricName].unit,
          atMs,
        })),
      ),
    )
    const sorted = (points: readonly unknown[]) => points.map((one) => JSON.stringify(one)).sort()
    assert.deepEqual(sorted(read), sorted(wanted))
  }
})

test('every metric is written with its own unit', () => {
  for (const [name, { unit }] of Object.entries(metrics)) {
    const group = { ...latency, values: [{ name: name as keyof typeof metrics, value: 1 }] }
    const [{ _aws }] = write([group])
    assert.deepEqual(_aws.CloudWatchMetrics[0].Metrics, [{ Name: name, Unit: unit }])
  }
})
