import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { type CauseName, causes, toCause } from '../../../core/causes/catalogue.ts'
import { toJudgedShare, toShownShare } from '../../../infra/alarms/success-share.ts'
import { toDashboard, toDashboardBody } from '../../../infra/dashboard/dashboard.ts'
import { functionNames } from '../../../infra/functions.ts'
import { toFunctionId } from '../../../infra/logical-ids.ts'
import { toAlarms } from '../../../infra/watching.ts'
import { dashboardSchema } from '../../fixtures/infra/dashboard-schema.ts'
import {
  type PlainWidget,
  readLines,
  readRows,
  readWidgets,
  toStage,
} from '../../fixtures/infra/sample-dashboard.ts'

const causeNames = Object.keys(causes) as readonly CauseName[]
const stage = toStage()
const alarms = toAlarms(stage)
const widgets = readWidgets(stage)
const elsewhere = toStage({
  runbookUrl: 'https://docs.example.com/runbook',
  clients: ['us-east-1_Ab', 'eu-west-1_Cd', undefined].map((userPoolId, index) => ({
    name: `shop-${index}`,
    clientId: `client${index}`,
    secretId: `token-proxy/shop-${index}`,
    domain: 'https://shop.auth.eu-west-1.amazoncognito.com',
    userPoolId,
    origins: ['https://shop.example.com'],
    redirectUris: ['https://shop.example.com/callback'],
  })),
})
const poolless = toStage({
  clients: [
    {
      name: 'shop',
      clientId: 'client1',
      secretId: 'token-proxy/shop',
      domain: 'https://shop.auth.eu-west-1.amazoncognito.com',
      origins: ['https://shop.example.com'],
      redirectUris: ['https://shop.example.com/callback'],
    },
  ],
})

const small = toStage({ watch: 'small' })

test('has the structure that AWS documents, in every stage', () => {
  const isValid = new Ajv({ allErrors: true }).compile(dashboardSchema)
  for (const one of [stage, elsewhere, poolless, small]) {
    const body = JSON.parse(JSON.stringify(toDashboardBody(one, toAlarms(one))))
    assert.ok(isValid(body), JSON.stringify(isValid.errors))
    assert.ok(isValid(JSON.parse(JSON.stringify(toDashboardBody(one, {})))))
  }
  assert.equal(isValid({ widgets: [{ ...widgets[0], properties: { metrics: [] } }] }), false)
})

test('fills the grid of 24 columns without overlapping widgets', () => {
  for (const [index, one] of widgets.entries()) {
    assert.ok(one.x + one.width <= 24)
    for (const other of widgets.slice(index + 1)) assert.ok(!isOverlap(one, other))
  }
  assert.ok(isOverlap(...pair({ x: 0, width: 7 }, { x: 6, width: 6 })))
})

function isOverlap(one: PlainWidget, other: PlainWidget): boolean {
  const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x
  const isBelow = one.y + one.height <= other.y || other.y + other.height <= one.y
  return !isBeside && !isBelow
}

function pair(one: Partial<PlainWidget>, other: Partial<PlainWidget>): [PlainWidget, PlainWidget] {
  const box = { type: 'text', x: 0, y: 0, width: 6, height: 6, properties: {} }
  return [
    { ...box, ...one },
    { ...box, ...other },
  ]
}

test('begins with the share of exchanges that succeed and the alarms, those that page before the rest', () => {
  const [share, pages, all, ...others] = widgets.filter(({ y }) => y === 0)
  assert.deepEqual(others, [])
  assert.equal(share?.properties['view'], 'singleValue')
  assert.match(String(share?.properties['title']), /without callers' mistakes/)
  const ofType = (type: string) =>
    Object.keys(alarms)
      .filter((id) => alarms[id]?.Type === type && 'AlarmActions' in alarms[id].Properties)
      .map((id) => `\${${id}.Arn}`)
  assert.deepEqual(pages?.properties['alarms'], ofType('AWS::CloudWatch::CompositeAlarm'))
  assert.deepEqual(all?.properties['alarms'], ofType('AWS::CloudWatch::Alarm'))
})

test('computes the share from every failure that is no mistake of a caller, over the window of its alarm', () => {
  const [share] = widgets
  assert.ok(share !== undefined)
  const { expression, terms } = toShownShare(stage.settings)
  const rows = readRows(share)
  assert.equal(Object(rows.at(-1)?.[0]).expression, expression)
  assert.deepEqual(
    rows.slice(0, -1).map((row) => Object(row.at(-1)).id),
    terms.map(([id]) => id),
  )
  assert.deepEqual(
    terms.map(([id]) => id),
    ['authorization_code', 'refresh_token', 'operator', 'cognito'],
  )
  const queries = alarms['AlarmSuccessShare']?.Properties['Metrics'] as readonly {
    readonly Expression?: string
    readonly MetricStat?: { readonly Stat: string; readonly Period: number }
  }[]
  const formula = queries.find(({ Expression }) => Expression !== undefined)
  assert.equal(formula?.Expression, toJudgedShare(stage.settings).expression)
  for (const { MetricStat } of queries.filter((query) => query.MetricStat !== undefined)) {
    assert.equal(MetricStat?.Stat, share.properties['stat'])
    assert.equal(MetricStat?.Period, share.properties['period'])
  }
})

test('draws every cause exactly once in the one graph of whoever must act', () => {
  const drawn = widgets.flatMap((widget) =>
    readLines(widget).filter(
      // What the share is computed from is not drawn, and has no label.
      ({ name, dimensions, label }) =>
        name === 'Failures' && 'cause' in dimensions && label !== undefined,
    ),
  )
  assert.deepEqual(
    drawn.map(({ dimensions }) => dimensions['cause']).sort(),
    [...causeNames].sort(),
  )
  for (const { title, label, dimensions } of drawn) {
    const cause = dimensions['cause'] as CauseName
    assert.equal(label, cause)
    assert.ok(title.includes(`(${toCause(cause).fault})`), `${cause} in ${title}`)
  }
  assert.equal(new Set(drawn.map(({ title }) => title)).size, 3)
  for (const { properties } of widgets.filter(({ properties: { title } }) =>
    drawn.some((line) => line.title === title),
  )) {
    assert.equal(properties['stacked'], true)
  }
})

test('says what fixes every cause, with a link where the runbook is published', () => {
  const read = (all: readonly PlainWidget[]) =>
    all.map(({ properties }) => properties['markdown'] ?? '').join('\n')
  const plain = read(widgets)
  const linked = read(readWidgets(elsewhere))
  for (const name of [...causeNames, 'clock_skewed']) {
    assert.ok(plain.includes(`| \`${name}\` | `))
    assert.ok(linked.includes(`| [${name}](https://docs.example.com/runbook/${name}.md) | `))
  }
  for (const name of causeNames) assert.ok(plain.includes(toCause(name).fix))
})

test('compares with the levels that hold: of the alarm, the settings and the function', () => {
  const levels = widgets.flatMap(({ properties }) => {
    const { horizontal = [] } = Object(properties['annotations'])
    return horizontal.map(({ value, label }: { value: number; label: string }) => [
      String(properties['title']),
      label,
      value,
    ])
  })
  const { settings, reservedConcurrency } = stage
  const toThreshold = (id: string) => alarms[id]?.Properties['Threshold']
  const duration = 'Lambda: duration of oauth2, and its time limit'
  assert.deepEqual(levels, [
    [
      "Successful exchanges, % (without callers' mistakes), and deployments",
      ...['alarm', toThreshold('AlarmSuccessShare')],
    ],
    ['Time spent in the proxy itself', 'alarm', toThreshold('AlarmProxyLatency')],
    ['Time spent waiting for Cognito', 'deadline of a request', settings.deadlineMs],
    ['Time to read the secret (if it was read)', 'timeout', settings.secretTimeoutMs],
    [
      'Age of the client secret (above 0: kept in use, because it cannot be read)',
      ...['refresh age', settings.secretSoftAgeSeconds * 1.1],
    ],
    [
      'Lambda: concurrent sandboxes of oauth2, and their limit',
      ...['reserved', reservedConcurrency],
    ],
    [duration, 'alarm', toThreshold('AlarmLatency')],
    [duration, 'time limit', 15_000],
    ["Cognito: share of the account's quotas that this proxy takes", 'alarm', 80],
  ])
})

/** What a threshold that a graph shows is held against, as the alarm asks for it. */
const toJudgedTerm = (id: string) => {
  const queries = alarms[id]?.Properties['Metrics'] as readonly {
    readonly MetricStat?: {
      readonly Metric: { readonly Namespace: string; readonly MetricName: string }
      readonly Stat: string
    }
  }[]
  const { Metric, Stat } = queries.find(({ MetricStat }) => MetricStat)?.MetricStat ?? assert.fail()
  return { namespace: Metric.Namespace, name: Metric.MetricName, stat: Stat }
}

test('draws the level of a slowness on the very graph of what its alarm judges', () => {
  for (const id of ['AlarmLatency', 'AlarmProxyLatency']) {
    const threshold = alarms[id]?.Properties['Threshold']
    const [graph, ...others] = widgets.filter(({ properties }) =>
      JSON.stringify(properties['annotations'] ?? '').includes(
        JSON.stringify({ value: threshold, label: 'alarm' }),
      ),
    )
    assert.deepEqual(others, [])
    const lines = readLines(graph ?? assert.fail(id))
    const drawn = lines.map(({ namespace, name, stat }) => ({ namespace, name, stat }))
    const judged = toJudgedTerm(id)
    assert.ok(
      drawn.some((line) => JSON.stringify(line) === JSON.stringify(judged)),
      `${id} judges ${JSON.stringify(judged)}`,
    )
  }
})

test('asks for the metrics of a user pool in its own Region', () => {
  const regions = new Set(
    readWidgets(elsewhere)
      .flatMap(readRows)
      .filter(([namespace]) => namespace === 'AWS/Usage' || namespace === 'AWS/Cognito')
      .map((row) => Object(row.at(-1)).region),
  )
  assert.deepEqual([...regions], ['us-east-1', 'eu-west-1'])
  const own = readWidgets(poolless).flatMap(readRows)
  assert.ok(own.some((row) => Object(row.at(-1)).region === `\${AWS::Region}`))
})

test("is a resource whose placeholders all belong to the stack, well within CloudWatch's limits", () => {
  const { Type, Properties } = toDashboard(stage, alarms)
  assert.equal(Type, 'AWS::CloudWatch::Dashboard')
  const { 'Fn::Sub': body } = Properties['DashboardBody'] as { readonly 'Fn::Sub': string }
  const found = [...body.matchAll(/\$\{([^}]+)\}/g)].map(([, name]) => name)
  const ofStack = ['AWS::Region', 'HttpApi', ...functionNames.map(toFunctionId)]
  const ofAlarms = Object.entries(alarms)
    .filter(([, { Properties }]) => 'AlarmActions' in Properties)
    .map(([id]) => `${id}.Arn`)
  assert.deepEqual([...new Set(found)].sort(), [...ofStack, ...ofAlarms].sort())
  assert.deepEqual(JSON.parse(body), toDashboardBody(stage, alarms))
  assert.ok(Buffer.byteLength(body) < 1_000_000)
})
