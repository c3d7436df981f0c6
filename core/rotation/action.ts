import type { StepFailure } from '../causes/rotation.ts'
import type { OtherSecret, Proof, Seen, ValueAlias } from './seen.ts'

/** What a rotation asks before it can decide. */
export type Question =
  | { readonly do: 'describe' }
  | { readonly do: 'probe'; readonly value: ValueAlias }

/** What a rotation changes, one thing at a time. */
export type Change =
  /** Puts a version with AWSPENDING: a value of its own, or a copy of one that is there. */
  | {
      readonly do: 'store'
      readonly value: ValueAlias | 'fresh'
      readonly other: OtherSecret | undefined
    }
  /** Adds a stored value to the app client. */
  | { readonly do: 'add'; readonly value: ValueAlias }
  | { readonly do: 'delete'; readonly secretId: string }
  /** Moves AWSCURRENT; there is no version to take it from in a secret that never had a value. */
  | { readonly do: 'promote'; readonly versionId: string; readonly fromId: string | undefined }
  /** Moves AWSCURRENT back to the version that had it before. */
  | { readonly do: 'restore'; readonly versionId: string; readonly fromId: string }
  /** Takes AWSPENDING away. */
  | { readonly do: 'unlabel'; readonly versionId: string }

/** What a rotation does next: one question, one change or one wait; or it ends. */
export type Next =
  | Question
  | Change
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'end'; readonly failure?: StepFailure }

/** What one goal needs to decide. */
export interface Task {
  /** The token of the rotation: the id of its version. */
  readonly token: string
  /** How long a secret must still work after a rotation has replaced it, in milliseconds. */
  readonly overlapMs: number
  /** How old a pending cookie key must be before every sandbox has read it, in milliseconds. */
  readonly readersMs: number
}

/** Decides what a rotation does next. */
export type Choose = (seen: Seen, task: Task) => Next

/** Nothing is left to do. */
export const done: Next = { do: 'end' }

/** Ends with a failure. */
export function end(failure: StepFailure): Next {
  return { do: 'end', failure }
}

/** Goes on by what Cognito thinks of a value, which is asked first; without a usable answer it ends. */
export function byProof(
  seen: Seen,
  value: ValueAlias,
  then: Readonly<Record<Extract<Proof, string>, () => Next>>,
): Next {
  const proof = seen.proofs.get(value)
  if (proof === undefined) return { do: 'probe', value }
  return typeof proof === 'string' ? then[proof]() : end(proof)
}
