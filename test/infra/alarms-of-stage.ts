import assert from 'node:assert/strict'
import type { Resource } from '../../infra/resource.ts'
import { parseStage, type Stage } from '../../infra/stage.ts'
import { toAlarms } from '../../infra/watching.ts'
import { leastClientFields } from '../core/sample-client.ts'

/** A checked stage of one client, with what a test changes. */
export function toStage(changes: Readonly<Record<string, unknown>> = {}, name = 'test'): Stage {
  const fields = { region: 'eu-central-1', clients: [leastClientFields], ...changes }
  const parsed = parseStage(fields, name)
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problems.join('; '))
  return parsed.stage
}

/** The properties of a metric alarm, as CloudFormation gets them. */
export interface AlarmProperties {
  readonly AlarmName: { readonly 'Fn::Sub': string }
  readonly AlarmDescription: string
  readonly AlarmActions: unknown
  readonly OKActions?: unknown
  readonly EvaluationPeriods: number
  readonly DatapointsToAlarm: number
  readonly TreatMissingData: string
  readonly ComparisonOperator: string
  readonly Threshold?: number
  readonly Period?: number
  readonly Metrics?: readonly Query[]
}

/** One entry of an alarm's `Metrics`. */
export interface Query {
  readonly Id: string
  readonly Expression?: string
  readonly ReturnData: boolean
  readonly MetricStat?: {
    readonly Metric: NamedMetric
    readonly Stat: string
    readonly Period: number
  }
}

/** A metric as an alarm names it. */
export interface NamedMetric {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[]
}

/** The properties of a composite, as CloudFormation gets them. */
export interface PageProperties {
  readonly AlarmName: { readonly 'Fn::Sub': string }
  readonly AlarmDescription: string
  readonly AlarmRule: { readonly 'Fn::Sub': string }
  readonly AlarmActions: unknown
  readonly OKActions: unknown
}

/** The metric alarms of a stage by their names in the template. */
export function toMetricAlarms(stage: Stage): ReadonlyMap<string, AlarmProperties> {
  return pick<AlarmProperties>(toAlarms(stage), 'AWS::CloudWatch::Alarm')
}

/** The composites of a stage by their names in the template. */
export function toComposites(stage: Stage): ReadonlyMap<string, PageProperties> {
  return pick<PageProperties>(toAlarms(stage), 'AWS::CloudWatch::CompositeAlarm')
}

function pick<P>(resources: Readonly<Record<string, Resource>>, type: string) {
  const found = Object.entries(resources).filter(([, { Type }]) => Type === type)
  return new Map(found.map(([id, { Properties }]) => [id, Properties as P]))
}

/** The name in the template of the alarm for a cause, spelt by the test itself. */
export function toIdOfCause(cause: string): string {
  return `Alarm${cause.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`
}

/** Every metric that an alarm looks at. */
export function metricsOf(alarm: AlarmProperties): readonly NamedMetric[] {
  if (alarm.Metrics === undefined) return [alarm as unknown as NamedMetric]
  return alarm.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])
}
