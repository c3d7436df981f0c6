import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Metric } from '../../../local/cloudwatch/metric.ts'
import { openMetricStore } from '../../../local/cloudwatch/metric-store.ts'
import type { TemplateResource } from '../../../local/cloudwatch/template.ts'
import { substitute } from '../../../local/cloudwatch/template.ts'
import { readWatch } from '../../../local/cloudwatch/watch.ts'
import { type Notification, type Statuses, watchAt } from '../../../local/cloudwatch/watcher.ts'

const minuteMs = 60_000
const beginsMs = 30_000_000 * minuteMs

const toMetric = (name: string): Metric => ({
  Namespace: 'Shop',
  MetricName: name,
  Dimensions: [{ Name: 'shop', Value: 'Ulm' }],
})

function toAlarm(name: string, changes = {}): TemplateResource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: { 'Fn::Sub': `\${AWS::StackName}-${name}` },
      AlarmDescription: `about ${name}`,
      Namespace: 'Shop',
      MetricName: name,
      Dimensions: [{ Name: 'shop', Value: { Ref: 'Shop' } }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'Notices' }],
      ...changes,
    },
  }
}

function toPage(rule: unknown, changes = {}): TemplateResource {
  return {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: rule, AlarmActions: [{ Ref: 'Pages' }], ...changes },
  }
}

const suppressed = {
  ActionsSuppressor: { 'Fn::GetAtt': ['Release', 'Arn'] },
  ActionsSuppressorWaitPeriod: 60,
  ActionsSuppressorExtensionPeriod: 60,
  OKActions: [{ Ref: 'Pages' }],
}
const resources: Readonly<Record<string, TemplateResource>> = {
  // Waits for a page that stands behind it.
  Minor: toPage(
    { 'Fn::Sub': `ALARM("\${Cold}")` },
    { ...suppressed, ActionsSuppressor: { 'Fn::GetAtt': ['Major', 'Arn'] }, OKActions: [] },
  ),
  Major: toPage(
    { 'Fn::Sub': `ALARM("\${Fire}") OR ALARM("\${AWS::StackName}-flood")` },
    { ...suppressed, AlarmName: { 'Fn::Sub': `\${AWS::StackName}-page` } },
  ),
  Fire: toAlarm('fire'),
  Flood: toAlarm('flood'),
  Cold: toAlarm('cold', { AlarmActions: [] }),
  Release: toAlarm('release', { AlarmActions: [] }),
  Notices: { Type: 'AWS::SNS::Topic' },
  Pages: { Type: 'AWS::SNS::Topic' },
}
const names = { 'AWS::StackName': 'stack', Shop: 'Ulm' }

/** Runs through ten minutes in which things happen at minutes, and returns who got which message and when. */
function watch(
  events: Readonly<Record<string, readonly number[]>>,
  given: Readonly<Record<string, TemplateResource>> = resources,
) {
  let nowMs = beginsMs
  const store = openMetricStore(() => nowMs)
  for (const [name, minutes] of Object.entries(events)) {
    for (const minute of minutes) store.put(toMetric(name), 1, beginsMs + minute * minuteMs - 1)
  }
  const notifications: Notification[] = []
  let statuses: Statuses = new Map()
  for (let minute = 0; minute < 10; minute += 1) {
    nowMs = beginsMs + minute * minuteMs
    const step = watchAt(readWatch(given, { ...names, Shop: 'Ulm' }), store, nowMs, statuses)
    statuses = step.statuses
    notifications.push(...step.notifications)
  }
  const told = notifications.map(
    ({ alarm, state, target, atMs }) =>
      `${alarm} ${state} to ${target} at ${(atMs - beginsMs) / minuteMs}`,
  )
  return { told, statuses, notifications }
}

test('two causes of one outage give a notice each and one page, and one message when it is over', () => {
  const { told, notifications, statuses } = watch({ fire: [2, 3], flood: [3] })
  assert.deepEqual(told, [
    // A new alarm comes out of INSUFFICIENT_DATA.
    'Major OK to Pages at 1',
    'Fire ALARM to Notices at 2',
    'Flood ALARM to Notices at 3',
    'Major ALARM to Pages at 3',
    'Major OK to Pages at 7',
  ])
  assert.deepEqual(
    notifications.map(({ isComposite, description }) => [isComposite, description]).slice(1, 4),
    [
      [false, 'about fire'],
      [false, 'about flood'],
      [true, ''],
    ],
  )
  assert.deepEqual(
    [statuses.get('Major')?.state, statuses.get('Major')?.sinceMs],
    ['OK', beginsMs + 6 * minuteMs],
  )
})

test('a page gives way to the one that explains it, and alone it goes out after its wait', () => {
  assert.deepEqual(
    watch({ fire: [2], cold: [2] }).told.filter((one) => one.startsWith('Minor')),
    [],
  )
  assert.deepEqual(
    watch({ cold: [2, 3] }).told.filter((one) => one.startsWith('Minor')),
    ['Minor ALARM to Pages at 3'],
  )
})

test('a release keeps pages back, and what outlasts it pages after the extension', () => {
  assert.deepEqual(
    watch({ release: [2], fire: [2] }).told.filter((one) => one.startsWith('Major ALARM')),
    [],
  )
  const { told } = watch({ release: [2], fire: [2, 3, 4, 5, 6, 7] })
  assert.deepEqual(
    told.filter((one) => one.startsWith('Major ALARM')),
    ['Major ALARM to Pages at 6'],
  )
})

test('the status names what was evaluated and what suppresses a page', () => {
  const { statuses } = watch({ fire: [9], release: [9] })
  assert.equal(statuses.get('Major')?.hold.suppressedBy, 'Alarm')
  assert.match(statuses.get('Major')?.reason ?? '', /in ALARM: stack-fire$/)
  assert.deepEqual(statuses.get('Fire')?.datapoints, [undefined, undefined, 1])
  assert.equal(statuses.get('Minor')?.reason, 'in ALARM: none')
})

test('an alarm that is not due keeps its state', () => {
  const store = openMetricStore(() => beginsMs)
  const { statuses } = watchAt(
    readWatch(resources, names),
    store,
    beginsMs,
    new Map(),
    (id) => id === 'Fire',
  )
  assert.deepEqual([...statuses.keys()].sort(), ['Fire', 'Major', 'Minor'])
})

for (const [says, changes, message] of [
  [
    'looks at an unknown alarm',
    { Major: toPage('ALARM("other")') },
    /Major: there is no alarm other/,
  ],
  [
    'looks at itself by way of others',
    { Major: toPage('ALARM("Minor")'), Minor: toPage('ALARM("Major")') },
    /Minor > Major > Minor is a circle/,
  ],
  ['has an unreadable rule', { Major: toPage('ALARM(') }, /Major: cannot read/],
  ['has an unknown name in it', { Fire: toAlarm(`\${Other}`) }, /Fire: nothing is known .* Other/],
  [
    'uses an unknown function',
    { Fire: toAlarm('fire', { Threshold: { 'Fn::If': [] } }) },
    /Fire: the function Fn::If/,
  ],
  ['has no period', { Fire: toAlarm('fire', { Period: undefined }) }, /Fire: Period is no number/],
] as const) {
  test(`a template with an alarm that ${says} is refused by the alarm's name`, () => {
    assert.throws(() => readWatch({ ...resources, ...changes }, names), message)
  })
}

test('the functions of a template are replaced by the values of their names', () => {
  const given = { Table: 'orders', 'Table.Arn': 'arn:orders', 'AWS::Region': 'eu-central-1' }
  for (const [value, expected] of [
    [{ Ref: 'Table' }, 'orders'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:orders'],
    [{ 'Fn::Sub': `\${AWS::Region}/\${Table}` }, 'eu-central-1/orders'],
    [
      { Deep: [{ Ref: 'Table', Other: 1 }, null, 7] },
      { Deep: [{ Ref: 'Table', Other: 1 }, null, 7] },
    ],
  ] as const) {
    assert.deepEqual(substitute(value, given), expected)
  }
})

test('a function in a form that the template does not use is refused', () => {
  for (const value of [
    { 'Fn::GetAtt': 'Table.Arn' },
    { 'Fn::Sub': [`\${Own}`, { Own: 'x' }] },
    { 'Fn::Join': ['-', ['a']] },
  ]) {
    assert.throws(() => substitute(value, { 'Table.Arn': 'arn' }), /cannot be evaluated here/)
  }
})
