import { type StepFailure, toStepCause } from '../causes/rotation.ts'
import { toRunbookLink } from '../http-answer.ts'
import { type MetricGroup, metrics } from '../metrics.ts'
import type { RequestRecord } from '../record.ts'
import type { Change } from './action.ts'
import type { Goal } from './choose.ts'

/** What a run can have changed, in words for its record. */
export const deeds = [
  'stored',
  'stored_described',
  'added',
  'deleted',
  'promoted',
  'restored',
  'unlabelled',
] as const
/** A change in a word. */
export type Deed = (typeof deeds)[number]

/** What one invocation came to for one secret. */
export interface RotationRun {
  /** The client's alias, `cookie-key`, or `unknown` where the event names neither. */
  readonly client: string
  readonly goal: Goal | 'unknown'
  readonly failure: StepFailure | undefined
  readonly did: readonly Deed[]
  /** How many secrets the app client had when it was last looked at; undefined for a cookie key. */
  readonly activeSecrets: number | undefined
  readonly totalMs: number
}

/** Names a change. */
export function toDeed(change: Change): Deed {
  if (change.do === 'store') return change.value === 'fresh' ? 'stored' : 'stored_described'
  return deedsByChange[change.do]
}

const deedsByChange = {
  add: 'added',
  delete: 'deleted',
  promote: 'promoted',
  restore: 'restored',
  unlabel: 'unlabelled',
} as const satisfies Readonly<Record<Exclude<Change['do'], 'store'>, Deed>>

/** Makes the record of one run: closed words, counts and the cause; no id, and never a value. */
export function toRotationRecord(run: RotationRun, runbookUrl: string): RequestRecord {
  const { client, goal, failure, did, activeSecrets, totalMs } = run
  return {
    client,
    rotation_step: goal,
    rotation_result: failure === undefined ? 'ok' : 'failed',
    did,
    active_secrets: activeSecrets,
    total_ms: Math.round(totalMs),
    ...(failure === undefined ? {} : toFailureFields(failure, runbookUrl)),
  }
}

function toFailureFields({ cause, evidence }: StepFailure, runbookUrl: string): RequestRecord {
  const { fault, fix } = toStepCause(cause)
  const runbook = runbookUrl === '' ? undefined : toRunbookLink(runbookUrl, cause)
  return { cause, fault, evidence, fix, runbook }
}

/** Makes the metrics of one run: what a rotation came to, once; steps in between count nothing. */
export function toRotationMetrics(run: RotationRun): readonly MetricGroup[] {
  const { failure } = run
  const result = failure === undefined ? toResult(run) : 'failed'
  return [
    ...(result === undefined ? [] : [toGroup('Rotations', { result })]),
    ...(failure === undefined ? [] : [toGroup('RotationFailures', { cause: failure.cause })]),
  ]
}

/** What a run without a failure came to; undefined for a step in between. */
function toResult({ goal, did }: RotationRun): string | undefined {
  if (did.includes('restored')) return 'restored'
  if (goal === 'finish') return did.includes('promoted') ? 'finished' : undefined
  if (goal === 'cancel') return did.includes('unlabelled') ? 'cancelled' : undefined
  return goal === 'end_overlap' && did.includes('deleted') ? 'overlap_ended' : undefined
}

function toGroup(
  name: 'Rotations' | 'RotationFailures',
  dimensions: MetricGroup['dimensions'],
): MetricGroup {
  return { by: metrics[name].by, dimensions, values: [{ name, value: 1 }] }
}
