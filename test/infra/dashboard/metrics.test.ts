import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metrics } from '../../../core/metrics.ts'
import { toMetricKey } from '../../../local/cloudwatch/metric.ts'
import { awsMetrics } from '../../fixtures/infra/aws-metrics.ts'
import { readEmitted } from '../../fixtures/infra/emitted.ts'
import {
  type PlainLine,
  type PlainWidget,
  readLines,
  readRows,
  readWidgets,
  toStage,
} from '../../fixtures/infra/sample-dashboard.ts'

const stage = toStage()
const widgets = readWidgets(stage)
const lines = widgets.flatMap(readLines)
const service = { service: stage.settings.service }
const { units } = readEmitted(stage)

const statistics: Readonly<Record<string, readonly string[]>> = {
  Count: ['Sum', 'Average', 'Maximum'],
  Milliseconds: ['p50', 'p90', 'p99', 'Maximum'],
  Seconds: ['Maximum'],
}

/** Says what nobody emits: a line that would stay empty for ever. */
function findFault({
  namespace,
  name,
  dimensions,
  stat,
  unit = '',
}: PlainLine): string | undefined {
  if (!statistics[unit]?.includes(stat)) return `${stat} of ${unit}`
  if (namespace !== 'TokenProxy') {
    const names = Object.keys(dimensions).sort().join()
    const known = awsMetrics[`${namespace} ${name}`]
    const isKnown = known?.unit === unit && known.sets.some((set) => set.join() === names)
    return isKnown ? undefined : `${namespace} ${name} by ${names} in ${unit}`
  }
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
  const key = toMetricKey({ Namespace: namespace, MetricName: name, Dimensions })
  return units.get(key) === unit ? undefined : `${key} in ${unit}`
}

const graphs = lines.filter(({ unit }) => unit !== undefined)
const [sample] = graphs.filter(({ name }) => name === 'UpstreamLatency')

test('draws only metrics that the code really makes, in their units, and those that AWS documents', () => {
  const plain = graphs.filter(({ unit }) => unit !== 'Percent')
  assert.deepEqual(plain.map(findFault).filter(Boolean), [])
  const computed = lines.filter(({ unit }) => unit === undefined || unit === 'Percent')
  assert.deepEqual(
    computed.map((line) => findFault({ ...line, unit: 'Count' })).filter(Boolean),
    [],
  )
})

test('the same search finds a metric, dimension, value, statistic or unit that is never emitted', () => {
  assert.ok(sample !== undefined)
  const strange: readonly Partial<PlainLine>[] = [
    { name: 'UpstreamLatencies' },
    { namespace: 'TokenProxies' },
    { dimensions: {} },
    { dimensions: { ...service, client: 'web' } },
    { dimensions: { service: 'another' } },
    { stat: 'Sum' },
    { unit: 'Count' },
    { unit: 'Count', stat: 'Sum' },
    { namespace: 'AWS/Lambda', name: 'Durations', dimensions: { FunctionName: 'f' } },
    { namespace: 'AWS/Lambda', name: 'Duration', dimensions: { Function: 'f' } },
    { namespace: 'AWS/Cognito', name: 'CallCount' },
  ]
  for (const changes of strange) assert.ok(findFault({ ...sample, ...changes }) !== undefined)
  assert.equal(findFault(sample), undefined)
})

test('shows every metric that the code makes', () => {
  const drawn = new Set(lines.map(({ name }) => name))
  // The template does not deploy the function that rotates yet.
  const undeployed = ['Rotations', 'RotationFailures']
  assert.deepEqual(
    Object.keys(metrics).filter((name) => !drawn.has(name)),
    undeployed,
  )
})

/** The ids that an expression names and its graph does not have; functions are upper-case. */
function findLooseIds(widget: PlainWidget): readonly string[] {
  const renderings = readRows(widget).map((row) => Object(row.at(-1)))
  const ids = renderings.map(({ id }) => id)
  const used = renderings.flatMap(({ expression = '' }) => expression.match(/\b[a-z]\w*/g) ?? [])
  return used.filter((id) => !ids.includes(id))
}

test('computes only from ids that stand in the same graph, and searches for nothing', () => {
  for (const widget of widgets) assert.deepEqual(findLooseIds(widget), [])
  const computed = widgets.flatMap(readRows).filter((row) => 'expression' in Object(row[0]))
  assert.equal(computed.length, 4)
  assert.doesNotMatch(JSON.stringify(widgets), /SEARCH|METRICS\(/)
  const [first] = widgets
  assert.ok(first !== undefined)
  const rows = readRows(first).slice(1)
  assert.deepEqual(findLooseIds({ ...first, properties: { metrics: rows } }), [
    'authorization_code',
    'authorization_code',
    'authorization_code',
  ])
})
