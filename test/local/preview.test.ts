import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlotView, WidgetView } from '../../local/front-end/preview.ts'
import { openPreview, previewMinuteMs } from '../../local/preview/preview.ts'
import type { DashboardWidget, Watching } from '../../local/preview/watching.ts'

const dimensions = ['service', 'token-proxy', 'cause', 'unforeseen'] as const
const place = { x: 0, y: 0, width: 6, height: 6 }
const failures = ['TokenProxy', 'Failures', ...dimensions]
const widgets: readonly DashboardWidget[] = [
  { ...place, type: 'text', properties: { markdown: `# In \${AWS::Region}` } },
  { ...place, type: 'alarm', properties: { title: 'Alarms', alarms: [`\${AlarmUnforeseen.Arn}`] } },
  {
    ...{ ...place, x: 6, type: 'metric' },
    properties: {
      ...{ title: 'Failures', stat: 'Sum', period: 60, stacked: true },
      metrics: [
        [...failures, { label: 'unforeseen', color: '#d62728' }],
        [...failures.with(-1, 'waf_blocked'), { label: 'waf_blocked' }],
      ],
      yAxis: { left: { label: 'Count' } },
      annotations: { horizontal: [{ value: 3, label: 'too many' }] },
    },
  },
  {
    ...{ ...place, type: 'metric' },
    properties: {
      ...{ title: 'Share', view: 'singleValue', stat: 'Sum', period: 300 },
      metrics: [
        [...failures, { id: 'failed', visible: false }],
        [{ id: 'twice', expression: 'failed * 2', label: 'twice' }],
      ],
    },
  },
  {
    ...{ ...place, type: 'metric' },
    properties: {
      ...{ title: 'Runs', stat: 'Maximum' },
      metrics: [['AWS/Lambda', 'Duration', 'FunctionName', `\${DoctorLambdaFunction}`]],
    },
  },
  { ...place, type: 'log', properties: { title: 'Records' } },
]

const alarm = {
  AlarmName: { 'Fn::Sub': `\${AWS::StackName}-unforeseen` },
  AlarmDescription: 'It crashed.',
  ...{ Namespace: 'TokenProxy', MetricName: 'Failures', Statistic: 'Sum', Period: 300 },
  Dimensions: [
    { Name: 'service', Value: 'token-proxy' },
    { Name: 'cause', Value: 'unforeseen' },
  ],
  ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 2, EvaluationPeriods: 1 },
  DatapointsToAlarm: 1,
  ...{ TreatMissingData: 'notBreaching', AlarmActions: [{ Ref: 'Topic' }] },
}
const watching: Watching = {
  resources: {
    AlarmUnforeseen: { Type: 'AWS::CloudWatch::Alarm', Properties: alarm },
    PageAll: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: {
        AlarmName: { 'Fn::Sub': `\${AWS::StackName}-page` },
        AlarmRule: { 'Fn::Sub': `ALARM("\${AlarmUnforeseen}")` },
        AlarmActions: ['pages'],
      },
    },
  },
  dashboard: { widgets },
  functionIds: {
    oauth2: 'Oauth2LambdaFunction',
    metadata: 'MetadataLambdaFunction',
    doctor: 'DoctorLambdaFunction',
  },
  doctorEverySeconds: 300,
}

const failure = JSON.stringify({
  _aws: {
    Timestamp: 1,
    CloudWatchMetrics: [
      {
        Namespace: 'TokenProxy',
        Dimensions: [['service', 'cause']],
        Metrics: [{ Name: 'Failures', Unit: 'Count' }],
      },
    ],
  },
  ...{ service: 'token-proxy', cause: 'unforeseen', Failures: 1 },
})

function openAt(startMs: number) {
  const clock = { nowMs: startMs }
  const preview = openPreview(watching, () => clock.nowMs)
  const wait = (minutes: number) => {
    clock.nowMs += minutes * previewMinuteMs
  }
  const states = () =>
    Object.fromEntries(preview.look().alarms.map(({ name, state }) => [name, state]))
  return { preview, wait, states }
}

const find = (views: readonly WidgetView[], title: string) =>
  views.find((view) => view.kind !== 'text' && view.title === title)

test('an alarm goes red by its own rule once failures are counted, and green when they are long over', () => {
  const { preview, wait, states } = openAt(1_700_000_000_000)
  preview.take('no metrics')
  preview.take(failure)
  assert.deepEqual(states(), { page: 'OK', unforeseen: 'OK' })
  preview.take(failure)
  wait(1)
  assert.deepEqual(states(), { page: 'ALARM', unforeseen: 'ALARM' })
  wait(4)
  assert.deepEqual(states(), { page: 'ALARM', unforeseen: 'ALARM' })
  // Where nothing is reported any more, CloudWatch looks back a few windows more.
  wait(11)
  assert.deepEqual(states(), { page: 'OK', unforeseen: 'OK' })
  const [page, leaf] = preview.look().alarms
  assert.equal(page?.isComposite, true)
  assert.deepEqual(
    [leaf?.cause, leaf?.description, 'cause' in (page ?? {})],
    ['unforeseen', 'It crashed.', false],
  )
})

test('a plot has the counts of each minute that is over, without series that are empty', () => {
  const { preview, wait } = openAt(1_700_000_040_000)
  preview.take(failure)
  preview.take(failure)
  wait(1)
  preview.take(failure)
  wait(1)
  preview.take(failure)
  const plot = find(preview.look().widgets, 'Failures') as PlotView
  assert.deepEqual(
    plot.series.map(({ label, color }) => [label, color]),
    [['unforeseen', '#d62728']],
  )
  assert.deepEqual(plot.series[0]?.values.slice(-3), [null, 2, 1])
  assert.deepEqual(plot.atMinutes.slice(-2), [-1, 0])
  assert.deepEqual([plot.atMinutes.length, plot.isStacked, plot.unit], [60, true, 'Count'])
  assert.deepEqual(plot.lines, [{ value: 3, label: 'too many' }])
})

test('numbers are worked out by metric math over a window that slides', () => {
  const { preview, wait } = openAt(1_700_000_000_000)
  const twice = () => {
    const view = find(preview.look().widgets, 'Share')
    return view?.kind === 'numbers' ? view.numbers : undefined
  }
  assert.deepEqual(twice(), [{ label: 'twice' }])
  preview.take(failure)
  wait(1)
  assert.deepEqual(twice(), [{ label: 'twice', value: 2 }])
  wait(6)
  assert.deepEqual(twice(), [{ label: 'twice' }])
})

test('texts, alarms and what only CloudWatch can draw keep their places, with all names filled in', () => {
  const { preview } = openAt(1_700_000_000_000)
  const [text, alarms, , , , log] = preview.look().widgets
  assert.deepEqual(text, { ...place, kind: 'text', markdown: '# In local' })
  assert.deepEqual(alarms, { ...place, kind: 'alarms', title: 'Alarms', alarms: ['unforeseen'] })
  assert.deepEqual(log, { ...place, kind: 'other', title: 'Records' })
})

test('runs of a function count as Lambda counts them, under the name that the template has for it', () => {
  const { preview, wait } = openAt(1_700_000_000_000)
  preview.countRun('oauth2', 9)
  preview.countRun('doctor', 70)
  wait(2)
  const plot = find(preview.look().widgets, 'Runs') as PlotView
  assert.deepEqual([plot.isOfAws, plot.series.length], [true, 1])
  assert.ok(plot.series[0]?.values.includes(70))
})
