import type { CauseName } from '../../core/causes/catalogue.ts'
import type { AlarmCount, Area } from '../../core/causes/cause.ts'
import { toRunbookLink } from '../../core/http-answer.ts'
import type { FunctionName } from '../functions.ts'
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

/** When an alarm fires, in CloudFormation's terms: M of N periods beyond the limit. */
export type Condition = Measure &
  Limit & {
    readonly EvaluationPeriods: number
    readonly DatapointsToAlarm: number
    readonly TreatMissingData: 'breaching' | 'notBreaching'
  }

/** What pages an operator; each is a composite of the alarms that name it. */
export type PageName = 'sign-ins' | Area | 'stopped' | 'doctor' | 'checks' | 'security'

type Hyphenated<Text extends string> = Text extends `${infer First}_${infer Rest}`
  ? `${First}-${Hyphenated<Rest>}`
  : Text

/** The name of the alarm that a cause may have. */
export type CauseAlarmName = Hyphenated<CauseName>

/** The name of every alarm that belongs to no cause. */
export type OtherAlarmName =
  | ('success-share' | 'suspect-refusals' | 'invalid-grant-rise')
  | ('most-exchanges-fail' | 'lasting-failures' | 'api-throttles' | 'api-errors')
  | ('no-exchange-succeeds' | 'users-were-served')
  | ('latency' | 'proxy-latency')
  | ('user-authentication-quota' | 'code-exchange-quota')
  | ('doctor-failures' | 'doctor-setup' | 'doctor-findings' | 'doctor-heartbeat')
  | `${FunctionName}-${'throttles' | 'errors' | 'duration'}`
  | `failures-at-${AlarmCount}`
  | 'rotation-failures'
  | 'canary'
  | 'deployment'

/** Names the alarm of a cause. */
export function toCauseAlarmName<N extends CauseName>(cause: N): Hyphenated<N> {
  return cause.replaceAll('_', '-') as Hyphenated<N>
}

/** One metric alarm, before it is a resource. */
export interface AlarmPlan {
  /** Lower-case words with hyphens; they end its name, and form its logical id. */
  readonly name: CauseAlarmName | OtherAlarmName
  /** What it says when it fires. */
  readonly meaning: string
  /** What fixes it. */
  readonly fix: string
  /** The page of the runbook with the details. */
  readonly runbookPage: string
  readonly condition: Condition
  /** Undefined if it only deserves a notice, not a page. */
  readonly page: PageName | undefined
  /** It only tells a page something, in good times too, and reports nothing by itself. */
  readonly isSignal?: true
}

/** The page of the runbook for every alarm that does not belong to a cause. */
export const generalRunbookPage = 'an-alarm-fired'

/** How long a symptom must last: two windows of two, because a single one may be a glitch. */
export const sustained = {
  EvaluationPeriods: 2,
  DatapointsToAlarm: 2,
  TreatMissingData: 'notBreaching',
} as const

/** What affects users now or soon, whatever the cause. */
export const symptom = {
  runbookPage: generalRunbookPage,
  page: 'sign-ins',
} as const satisfies Partial<AlarmPlan>

/** What may last for days and must not hide an outage meanwhile. */
export const standing = {
  runbookPage: generalRunbookPage,
  page: 'checks',
} as const satisfies Partial<AlarmPlan>

/** What is reported without paging anybody. */
export const notice = {
  runbookPage: generalRunbookPage,
  page: undefined,
} as const satisfies Partial<AlarmPlan>

/** Makes the alarm; it only sends a notice, because composites do the paging. */
export function toMetricAlarm(plan: AlarmPlan, runbookUrl: string): Resource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: toAlarmName(plan.name),
      AlarmDescription: toAlarmDescription(plan, runbookUrl),
      ...plan.condition,
      ...(plan.isSignal ? {} : { AlarmActions: [{ Ref: noticesTopicId }] }),
    },
  }
}

/** Makes the logical id of the alarm or page with this name. */
export function toAlarmId(kind: 'Alarm' | 'Page', name: string): LogicalId {
  const words = name.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
  return `${kind}${words.join('')}`
}

/** Names an alarm after its stack, because the whole account and Region share the names. */
export function toAlarmName(name: string): Readonly<Record<'Fn::Sub', string>> {
  return { 'Fn::Sub': `\${AWS::StackName}-${name}` }
}

/**
 * Writes what the paged operator reads first: what it means, what fixes it, where to read on. The address of the
 * stack's own site has a name in it that CloudFormation fills in.
 */
export function toAlarmDescription(
  { meaning, fix, runbookPage }: Pick<AlarmPlan, 'meaning' | 'fix' | 'runbookPage'>,
  runbookUrl: string,
): string | Readonly<Record<'Fn::Sub', string>> {
  const folder = runbookUrl === '' ? 'docs/runbook' : runbookUrl
  const text = `${meaning} Fix: ${fix} Runbook: ${toRunbookLink(folder, runbookPage)}`
  return runbookUrl.includes('${') ? { 'Fn::Sub': text } : text
}
