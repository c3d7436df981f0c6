import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'
import { toCognitoGraphs, toLambdaGraphs } from './aws.ts'
import { faults, toFailuresGraph, toRunbookTable } from './failures.ts'
import { toDoctorGraphs, toLatencyGraphs, toSecretGraphs } from './inside.ts'
import { toClientGraph, toOutcomeGraph, toShareGraph, toShareNumber } from './traffic.ts'
import { type Content, type Level, placeRows, type Row, toEvenRow, type Widget } from './widget.ts'

/** The alarms of the stack by their names in the template. */
export type Alarms = Readonly<Record<string, Resource>>

/** The document that CloudWatch draws the dashboard from. */
export interface DashboardBody {
  readonly start: string
  readonly periodOverride: 'inherit'
  readonly widgets: readonly Widget[]
}

/** The dashboard; CloudFormation fills in the Region, the functions' names and the alarms' ARNs. */
export function toDashboard(stage: Stage, alarms: Alarms): Resource {
  const body = JSON.stringify(toDashboardBody(stage, alarms))
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      // Dashboards are named for the whole account, stacks for one Region only.
      DashboardName: { 'Fn::Sub': `\${AWS::StackName}-\${AWS::Region}` },
      DashboardBody: { 'Fn::Sub': body },
    },
  }
}

/** The body with its placeholders: from what must be seen at once down to what is looked up. */
export function toDashboardBody(stage: Stage, alarms: Alarms): DashboardBody {
  const { service, runbookUrl } = stage.settings
  const rows: readonly Row[] = [
    toFirstRow(service, alarms),
    toEvenRow(6, [
      toShareGraph(service, toLevels(alarms, 'AlarmSuccessShare')),
      toOutcomeGraph(service),
      toClientGraph(stage),
    ]),
    toEvenRow(
      9,
      faults.map((fault) => toFailuresGraph(service, fault)),
    ),
    toEvenRow(6, toLatencyGraphs(stage, toLevels(alarms, 'AlarmProxyLatency'))),
    toEvenRow(6, [...toSecretGraphs(stage), ...toDoctorGraphs(stage)]),
    toEvenRow(6, toLambdaGraphs(stage, toLevels(alarms, 'AlarmLatency'))),
    toEvenRow(6, toCognitoGraphs(stage)),
    toEvenRow(
      12,
      faults.map((fault) => toRunbookTable(runbookUrl, fault)),
    ),
  ]
  return { start: '-PT3H', periodOverride: 'inherit', widgets: placeRows(rows) }
}

/** What pages stands before what it is put together from. */
function toFirstRow(service: string, alarms: Alarms): Row {
  const [pages, leaves] = [true, false].map((isPage) =>
    Object.keys(alarms).filter(
      (id) => (alarms[id]?.Type === 'AWS::CloudWatch::CompositeAlarm') === isPage,
    ),
  )
  return {
    height: 6,
    parts: [
      { width: 6, content: toShareNumber(service) },
      ...toAlarmParts(6, 'What pages somebody', pages),
      ...toAlarmParts(12, 'All alarms, those that have just changed first', leaves),
    ],
  }
}

/** A widget without an alarm would be refused. */
function toAlarmParts(width: number, title: string, ids: readonly string[] = []): Row['parts'] {
  if (ids.length === 0) return []
  const content: Content = {
    type: 'alarm',
    properties: {
      title,
      alarms: ids.map((id) => `\${${id}.Arn}`),
      sortBy: 'stateUpdatedTimestamp',
    },
  }
  return [{ width, content }]
}

/** The level at which an alarm goes off, where there is that alarm and it has a fixed one. */
function toLevels(alarms: Alarms, id: string): readonly Level[] {
  const threshold = alarms[id]?.Properties['Threshold']
  return typeof threshold === 'number' ? [{ value: threshold, label: 'alarm' }] : []
}
