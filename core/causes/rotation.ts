import { causes, type Failure } from './catalogue.ts'
import type { Fault } from './cause.ts'

/** What the runbook, records and metrics read of a cause that a step of a rotation can fail by. */
interface RotationCause {
  readonly fault: Fault
  /** Closed slugs for the record: what was seen. */
  readonly evidence?: readonly string[]
  /** One sentence: what fixes it. */
  readonly fix: string
}

/** The calls that only a rotation or `npm run secret` makes; one of them is the evidence where a role, a quota or AWS is at fault. */
const calls = [
  'describe_secret',
  'put_secret_value',
  'update_secret_version_stage',
  'create_secret',
  'rotate_secret',
  'list_client_secrets',
  'add_client_secret',
  'delete_client_secret',
  'describe_client',
] as const

/** Met by the rotation of a secret alone: no request can end with it, since nobody waits for a rotation. */
export const rotation = {
  rotation_event_unknown: {
    fault: 'operator',
    evidence: ['not_an_event', 'step_unknown', 'token_missing', 'secret_unknown', 'secret_shared'],
    fix: 'Let only Secrets Manager and the schedule invoke the function, for secrets that one client of its settings names.',
  },
  rotation_pool_unnamed: {
    fault: 'operator',
    fix: 'Set userPoolId of the client, so that its secret can be replaced in the user pool.',
  },
  rotation_version_missing: {
    fault: 'operator',
    evidence: ['absent', 'not_pending', 'without_value', 'other_pending'],
    fix: 'Undo what is pending with npm run secret -- cancel, then start the rotation again, so that it begins with its first step.',
  },
  rotation_pending_malformed: {
    fault: 'operator',
    fix: 'Cancel the rotation with npm run secret -- cancel and start it again; a version of a secret cannot be changed.',
  },
  rotation_current_rejected: {
    fault: 'operator',
    evidence: ['current_malformed', 'current_missing', 'pending_works'],
    fix: "Delete the app client's secret that nobody uses and rotate again; the current value in Secrets Manager is none of its secrets.",
  },
  rotation_slot_taken: {
    fault: 'operator',
    evidence: ['other_unknown', 'other_not_proved', 'pending_unknown'],
    fix: 'Find out who uses the second secret of the app client, and delete it if nobody does; then rotate again.',
  },
  rotation_too_soon: {
    fault: 'operator',
    fix: 'Wait until the overlap of the rotation before is over, which is secretHardAgeSeconds and 15 minutes after it.',
  },
  rotation_add_refused: {
    fault: 'operator',
    evidence: ['limit_exceeded', 'invalid_parameter', 'registered_dynamically'],
    fix: 'Make the app client one that can have a second secret: made by hand or template, not by dynamic registration, with one secret.',
  },
  rotation_access_denied: {
    fault: 'operator',
    evidence: calls,
    fix: "Allow the function's role the call that the record names; if somebody changed the role by hand, restore the stack.",
  },
  rotation_throttled: {
    fault: 'operator',
    evidence: calls,
    fix: 'Wait: the rotation continues when Secrets Manager repeats the step. If it lasts, find what calls the same API so often.',
  },
  rotation_unanswered: {
    fault: 'cognito',
    evidence: calls,
    fix: 'Check the AWS Health Dashboard; the rotation continues when Secrets Manager repeats the step.',
  },
  rotation_not_spread: {
    fault: 'cognito',
    evidence: ['not_added', 'still_refused', 'readers_behind'],
    fix: 'Wait: the rotation continues when Secrets Manager repeats the step, and nothing uses the new value before.',
  },
  rotation_stuck: {
    fault: 'operator',
    evidence: ['without_value'],
    fix: 'Read in the records of the function rotate why it does not go on, fix that, and undo it with npm run secret -- cancel.',
  },
  rotation_overdue: {
    fault: 'operator',
    fix: 'Let Secrets Manager invoke the function rotate again, then start the rotation with npm run secret -- rotate.',
  },
} as const satisfies Readonly<Record<string, RotationCause>>

/** The name of a cause that only a rotation meets. */
export type RotationCauseName = keyof typeof rotation

/** The names of the causes that only a rotation meets, in the order of their rows. */
export const rotationCauseNames = Object.keys(rotation) as readonly RotationCauseName[]

/** Every cause that a step can fail by: what requests meet, and what only a rotation meets. */
export const stepCauses = { ...causes, ...rotation } as const
/** The name of a cause that a step can fail by. */
export type StepCauseName = keyof typeof stepCauses

/** The names of all causes that a step can fail by. */
export const stepCauseNames = Object.keys(stepCauses) as readonly StepCauseName[]

/** The closed slugs of what was seen by a cause. */
export type StepEvidenceOf<N extends RotationCauseName> = (typeof rotation)[N] extends {
  readonly evidence: readonly (infer E extends string)[]
}
  ? E
  : never

/** Why a step of a rotation has failed: a cause of its own, or one that requests meet, too. */
export interface StepFailure {
  readonly ok: false
  readonly cause: StepCauseName
  readonly evidence: readonly string[]
}

/** Makes the failure of a step by a cause that only a rotation meets. */
export function failStep<N extends RotationCauseName>(
  cause: N,
  ...evidence: readonly StepEvidenceOf<N>[]
): StepFailure {
  return { ok: false, cause, evidence }
}

/** Takes a failure of the kind that requests meet as that of a step. */
export function toStepFailure({ cause, evidence, detail }: Failure): StepFailure {
  return { ok: false, cause, evidence: detail === undefined ? evidence : [detail, ...evidence] }
}

/** Looks up what a step reads of a cause. */
export function toStepCause(name: StepCauseName): RotationCause {
  return stepCauses[name]
}
