import type { StepFailure } from '../causes/rotation.ts'
import { judgeLateness } from './lateness.ts'
import {
  type ActiveSecret,
  type Content,
  findLabelled,
  findPending,
  type Proof,
  type Schedule,
  type Seen,
  type SeenVersion,
  toValue,
} from './seen.ts'
import type { Target } from './target.ts'

/** Where the rotation of a secret stands, in one word. */
export type RotationState =
  | ('absent' | 'empty' | 'malformed' | 'rejected' | 'unproved')
  | ('stuck' | 'pending' | 'second_unknown' | 'overlap_over' | 'overlap' | 'overdue' | 'settled')

/** One labelled version, without its value. */
export interface VersionStatus {
  readonly id: string
  readonly labels: readonly string[]
  readonly createdAtMs: number
  readonly holds: Content['is']
  /** What Cognito thinks of its value; `unknown` where that was not asked, or not answered. */
  readonly atCognito: 'works' | 'refused' | 'unknown'
}

/** Whose an active secret at Cognito is, as far as that is proved. */
export type SecretRole = 'current' | 'pending' | 'replaced' | 'unknown'

/** Where the rotation of a secret stands; no value is in it. */
export interface RotationStatus {
  readonly state: RotationState
  readonly versions: readonly VersionStatus[]
  readonly active: readonly (ActiveSecret & { readonly role: SecretRole })[]
  readonly schedule: Schedule
  /** When the replaced secret may be deleted; undefined where none is left. */
  readonly overlapEndsAtMs: number | undefined
  /** Why it could not be asked whether the current value works. */
  readonly failure: StepFailure | undefined
  readonly atMs: number
}

/** What a status is judged from. */
export interface StatusQuestion {
  readonly target: Target['is']
  readonly seen: Seen
  /** How long a secret must still work after a rotation has replaced it, in milliseconds. */
  readonly overlapMs: number
}

const noSchedule: Schedule = { isOn: false, lastAtMs: undefined, nextAtMs: undefined }

/** The status of a secret that is not there. */
export function toAbsentStatus(nowMs: number): RotationStatus {
  const nothing = { versions: [], active: [], overlapEndsAtMs: undefined, failure: undefined }
  return { state: 'absent', schedule: noSchedule, ...nothing, atMs: nowMs }
}

/** Judges where the rotation of a secret stands, from what was seen and proved. */
export function judgeStatus(question: StatusQuestion): RotationStatus {
  const { seen } = question
  const current = findLabelled(seen, 'AWSCURRENT')
  const proof = toProofOf(seen, current)
  return {
    state: toState(question, current, proof),
    versions: seen.versions.map((version) => toVersionStatus(seen, version)),
    active: seen.active.map((one) => ({ ...one, role: toRole(seen, one) })),
    schedule: seen.schedule,
    overlapEndsAtMs: toOverlapEnd(question),
    failure: typeof proof === 'object' ? proof : undefined,
    atMs: seen.nowMs,
  }
}

function toState(
  question: StatusQuestion,
  current: SeenVersion | undefined,
  proof: Proof | undefined,
): RotationState {
  if (current === undefined || current.content.is === 'missing') return 'empty'
  if (current.content.is === 'malformed') return 'malformed'
  if (question.target === 'client') {
    if (proof === 'refused') return 'rejected'
    if (proof !== 'works') return 'unproved'
  }
  return toWorkingState(question)
}

/** AWSCURRENT works; what is left over, or late? */
function toWorkingState(question: StatusQuestion): RotationState {
  const { seen } = question
  const late = judgeLateness(seen)?.cause
  if (findPending(seen) !== undefined) return late === 'rotation_stuck' ? 'stuck' : 'pending'
  const endsAtMs = toOverlapEnd(question)
  // The second secret keeps the next rotation away, so it is what has to be said.
  if (seen.active.length > 1 && endsAtMs === undefined) return 'second_unknown'
  if (late === 'rotation_overdue') return 'overdue'
  if (endsAtMs === undefined) return 'settled'
  return seen.nowMs < endsAtMs ? 'overlap' : 'overlap_over'
}

function toOverlapEnd({ seen, overlapMs }: StatusQuestion): number | undefined {
  const other = findLabelled(seen, 'AWSCURRENT')?.other
  const isThere = seen.active.length > 1 && seen.active.some(({ id }) => id === other?.id)
  return isThere && other?.isReplaced ? seen.currentSinceMs + overlapMs : undefined
}

function toProofOf(seen: Seen, version: SeenVersion | undefined): Proof | undefined {
  const value = toValue(version)
  return value === undefined ? undefined : seen.proofs.get(value)
}

function toVersionStatus(seen: Seen, version: SeenVersion): VersionStatus {
  const { id, labels, createdAtMs, content } = version
  const proof = toProofOf(seen, version)
  const atCognito = proof === 'works' || proof === 'refused' ? proof : 'unknown'
  return { id, labels, createdAtMs, holds: content.is, atCognito }
}

/**
 * Cognito never says which value an id has. One is known where a version has written down the other one and
 * its own value works, so that its own must be the one that is left.
 */
function toRole(seen: Seen, { id }: ActiveSecret): SecretRole {
  const current = findLabelled(seen, 'AWSCURRENT')
  const pending = findPending(seen)
  if (toProofOf(seen, current) !== 'works') return 'unknown'
  if (seen.active.length === 1) return 'current'
  if (pending?.other?.isReplaced) {
    if (pending.other.id === id) return 'current'
    if (toProofOf(seen, pending) === 'works') return 'pending'
  }
  const other = current?.other
  if (other === undefined || !seen.active.some((one) => one.id === other.id)) return 'unknown'
  if (other.id !== id) return 'current'
  return other.isReplaced ? 'replaced' : 'unknown'
}
