import { toRunbookLink } from '../../core/http-answer.ts'
import type { Resource } from '../resource.ts'
import type { AnyMetric, Formula, Term } from './terms.ts'
import { noticesTopicId } from './topic.ts'

/** The name of a resource in the template. */
export type LogicalId = string

type Measure =
  | (AnyMetric & { readonly Statistic: 'SampleCount'; readonly Period: number })
  | { readonly Metrics: readonly (Term | Formula)[] }

type Limit =
  | {
      readonly ComparisonOperator:
        | 'GreaterThanOrEqualToThreshold'
        | 'GreaterThanThreshold'
        | 'LessThanThreshold'
      readonly Threshold: number
    }
  | { readonly ComparisonOperator: 'GreaterThanUpperThreshold'; readonly ThresholdMetricId: string }

/** When an alarm goes off, in CloudFormation's own words: M of N periods beyond the limit. */
export type Condition = Measure &
  Limit & {
    readonly EvaluationPeriods: number
    readonly DatapointsToAlarm: number
    readonly TreatMissingData: 'breaching' | 'notBreaching'
  }

/** What pages somebody; each is a composite over the alarms that name it. */
export type PageName = 'sign-ins' | 'checks' | 'security'

/** One metric alarm, before it is a resource. */
export interface AlarmPlan {
  /** Lower-case words with hyphens: the end of its name, and its logical id in another spelling. */
  readonly name: string
  /** What it says when it goes off. */
  readonly meaning: string
  /** What mends it. */
  readonly fix: string
  /** The page of the runbook that goes on from there. */
  readonly runbookPage: string
  readonly condition: Condition
  /** Undefined where it is worth a notice and nobody's sleep. */
  readonly page: PageName | undefined
}

/** The page of the runbook for whatever no cause has a page for. */
export const generalRunbookPage = 'an-alarm-fired'

/** How long a symptom has to last: both of two windows, since one alone may be a hiccup. */
export const sustained = {
  EvaluationPeriods: 2,
  DatapointsToAlarm: 2,
  TreatMissingData: 'notBreaching',
} as const

/** What users suffer under, or soon will, without a word about the cause. */
export const symptom = {
  runbookPage: generalRunbookPage,
  page: 'sign-ins',
} as const satisfies Partial<AlarmPlan>

/** What may stand for days, and must hide no outage meanwhile. */
export const standing = {
  runbookPage: generalRunbookPage,
  page: 'checks',
} as const satisfies Partial<AlarmPlan>

/** What is told and wakes nobody. */
export const notice = {
  runbookPage: generalRunbookPage,
  page: undefined,
} as const satisfies Partial<AlarmPlan>

/** Makes the alarm; it only tells of itself, since paging is for composites. */
export function toMetricAlarm(plan: AlarmPlan, runbookUrl: string): Resource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: toAlarmName(plan.name),
      AlarmDescription: toAlarmDescription(plan, runbookUrl),
      ...plan.condition,
      AlarmActions: [{ Ref: noticesTopicId }],
    },
  }
}

/** The name in the template of the alarm or the page of this name. */
export function toAlarmId(kind: 'Alarm' | 'Page', name: string): LogicalId {
  const words = name.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
  return `${kind}${words.join('')}`
}

/** Names an alarm after its stack, since names are shared by the whole account and Region. */
export function toAlarmName(name: string): Readonly<Record<'Fn::Sub', string>> {
  return { 'Fn::Sub': `\${AWS::StackName}-${name}` }
}

/** Writes what whoever is woken reads first: what it means, what mends it, where to read on. */
export function toAlarmDescription(
  { meaning, fix, runbookPage }: Pick<AlarmPlan, 'meaning' | 'fix' | 'runbookPage'>,
  runbookUrl: string,
): string {
  const folder = runbookUrl === '' ? 'docs/runbook' : runbookUrl
  return `${meaning} Fix: ${fix} Runbook: ${toRunbookLink(folder, runbookPage)}`
}
