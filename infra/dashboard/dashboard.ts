import type { Resource } from '../resource.ts'
import { isRotating } from '../rotation.ts'
import { toRunbookUrl } from '../site/site.ts'
import type { Stage } from '../stage.ts'
import { toCognitoGraphs, toLambdaGraphs } from './aws.ts'
import { toEdgeGraph } from './edge.ts'
import { faults, toFailuresGraph, toRunbookTable } from './failures.ts'
import { toDoctorGraphs, toDoctorKindGraph, toLatencyGraphs, toSecretGraphs } from './inside.ts'
import { toQuotaGraph } from './quotas.ts'
import { toRotationGraphs } from './rotation.ts'
import {
  toClientGraph,
  toOutcomeGraph,
  toShareGraph,
  toShareNumber,
  toStrangersGraph,
} from './traffic.ts'
import { type Content, type Level, placeRows, type Row, toEvenRow, type Widget } from './widget.ts'

/** The alarms of the stack by their logical ids. */
export type Alarms = Readonly<Record<string, Resource>>

/** The document from which CloudWatch draws the dashboard. */
export interface DashboardBody {
  readonly start: string
  readonly periodOverride: 'inherit'
  readonly widgets: readonly Widget[]
}

/** Makes the dashboard; CloudFormation fills in the Region, the functions' names and the alarms' ARNs. */
export function toDashboard(stage: Stage, alarms: Alarms): Resource {
  const body = JSON.stringify(toDashboardBody(stage, alarms))
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      // Names of dashboards are unique in the account, names of stacks only in a Region.
      DashboardName: { 'Fn::Sub': `\${AWS::StackName}-\${AWS::Region}` },
      DashboardBody: { 'Fn::Sub': body },
    },
  }
}

/** Makes the body with its placeholders: the most urgent first, details for reference last. */
export function toDashboardBody(stage: Stage, alarms: Alarms): DashboardBody {
  const { watch } = stage.settings
  const rows: readonly Row[] = [
    toFirstRow(stage, alarms),
    ...(watch === 'small' ? toFewRows(stage, alarms) : toOwnRows(stage, alarms)),
    ...(stage.edge === 'off' ? [] : [toEvenRow(6, [toEdgeGraph(stage)])]),
    toEvenRow(6, toLambdaGraphs(stage, toLevels(alarms, 'AlarmLatency'))),
    toEvenRow(6, [...(watch === 'small' ? [] : [toQuotaGraph(stage)]), ...toCognitoGraphs(stage)]),
    toEvenRow(
      12,
      faults.map((fault) => toRunbookTable(toRunbookUrl(stage), fault)),
    ),
  ]
  return { start: '-PT3H', periodOverride: 'inherit', widgets: placeRows(rows) }
}

/** Draws every metric of the proxy. */
function toOwnRows(stage: Stage, alarms: Alarms): readonly Row[] {
  const { settings } = stage
  const { service } = settings
  return [
    toEvenRow(6, [
      toShareGraph(settings, toLevels(alarms, 'AlarmSuccessShare')),
      toOutcomeGraph(settings),
      toClientGraph(stage),
      toStrangersGraph(service),
    ]),
    toEvenRow(
      9,
      faults.map((fault) => toFailuresGraph(service, fault)),
    ),
    toEvenRow(6, toLatencyGraphs(stage, toLevels(alarms, 'AlarmProxyLatency'))),
    toEvenRow(6, [...toSecretGraphs(stage), ...toDoctorGraphs(stage)]),
    ...(isRotating(stage) ? [toEvenRow(6, toRotationGraphs(service))] : []),
  ]
}

/** Draws the metrics that there are with `watch: small`. */
function toFewRows({ settings }: Stage, alarms: Alarms): readonly Row[] {
  return [
    toEvenRow(6, [
      toShareGraph(settings, toLevels(alarms, 'AlarmSuccessShare')),
      toOutcomeGraph(settings),
      toDoctorKindGraph(settings.service),
    ]),
  ]
}

/** Puts the pages before the alarms that they combine; what tells nobody is a part of those, and not shown. */
function toFirstRow({ settings }: Stage, alarms: Alarms): Row {
  const telling = Object.entries(alarms).filter(
    ([, { Properties }]) => Properties['AlarmActions'] !== undefined,
  )
  const [pages, leaves] = [true, false].map((isPage) =>
    telling
      .filter(([, { Type }]) => (Type === 'AWS::CloudWatch::CompositeAlarm') === isPage)
      .map(([id]) => id),
  )
  return {
    height: 6,
    parts: [
      { width: 6, content: toShareNumber(settings) },
      ...toAlarmParts(6, 'Pages', pages),
      ...toAlarmParts(12, 'All alarms, the last changed first', leaves),
    ],
  }
}

/** CloudWatch rejects a widget without an alarm. */
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

/** The threshold of an alarm, if the alarm exists and its threshold is fixed. */
function toLevels(alarms: Alarms, id: string): readonly Level[] {
  const threshold = alarms[id]?.Properties['Threshold']
  return typeof threshold === 'number' ? [{ value: threshold, label: 'alarm' }] : []
}
