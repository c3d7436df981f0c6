import type { Failure } from './causes/catalogue.ts'
import { longestInvocationMs } from './facts.ts'
import type { Secret } from './secret.ts'

/** A value that was read from Secrets Manager, and when; mostly one credential. */
export interface HeldSecret<T = Secret> {
  readonly secret: T
  readonly fetchedAtMs: number
  /** Milliseconds after which it is read again; jittered, so that sandboxes do not ask together. */
  readonly softAgeMs: number
}

/** What is remembered of one secret between requests. */
export interface SecretState<T = Secret> {
  readonly held: HeldSecret<T> | undefined
  /** Reads that failed since the last one that went well. */
  readonly failures: number
  readonly lastFailure: Failure | undefined
  readonly failedAtMs: number
}

/** Nothing was read yet. */
export const noSecret: SecretState<never> = {
  held: undefined,
  failures: 0,
  lastFailure: undefined,
  failedAtMs: 0,
}

/** What to do for a secret at one moment. */
export type SecretStep<T = Secret> =
  | {
      readonly step: 'use' | 'use_stale'
      readonly held: HeldSecret<T>
      readonly ageSeconds: number
    }
  | { readonly step: 'read' }
  | { readonly step: 'refuse'; readonly failure: Failure }

const longestBackOffMs = 60_000

/**
 * Gives how long a client secret must still work after a rotation has replaced it, in milliseconds: a sandbox
 * may use its last good value up to the hard age, and one invocation may then last as long as Lambda allows.
 */
export function toOverlapMs(secretHardAgeSeconds: number): number {
  return secretHardAgeSeconds * 1000 + longestInvocationMs
}

/**
 * Chooses what to do for a secret at this moment: use what is held, read it again, or, while a failed
 * read is too fresh to be repeated, make do. A clock that was set back makes a value look younger than
 * nothing; it is then read again, which puts the matter right with a single read.
 */
export function chooseSecretStep<T>(
  state: SecretState<T>,
  nowMs: number,
  hardAgeMs: number,
): SecretStep<T> {
  const { held } = state
  const ageMs = held === undefined ? Number.POSITIVE_INFINITY : nowMs - held.fetchedAtMs
  if (held !== undefined && ageMs >= 0 && ageMs < held.softAgeMs) {
    return { step: 'use', held, ageSeconds: ageMs / 1000 }
  }
  return isBackingOff(state, nowMs) ? chooseStale(state, nowMs, hardAgeMs) : { step: 'read' }
}

/** Chooses what to do right after a read failed: the last good value up to its hard age, or nothing. */
export function chooseStale<T>(
  state: SecretState<T>,
  nowMs: number,
  hardAgeMs: number,
): SecretStep<T> {
  const { held, lastFailure } = state
  const ageMs =
    held === undefined ? Number.POSITIVE_INFINITY : Math.max(0, nowMs - held.fetchedAtMs)
  if (held !== undefined && ageMs < hardAgeMs) {
    return { step: 'use_stale', held, ageSeconds: ageMs / 1000 }
  }
  return lastFailure === undefined ? { step: 'read' } : { step: 'refuse', failure: lastFailure }
}

/** The state after a read that went well. */
export function toStateAfterRead<T>(
  secret: T,
  nowMs: number,
  softAgeMs: number,
  random: number,
): SecretState<T> {
  // Plus or minus a tenth.
  const jittered = softAgeMs * (0.9 + random * 0.2)
  return { ...noSecret, held: { secret, fetchedAtMs: nowMs, softAgeMs: jittered } }
}

/** The state after a read that failed: what was held stays, and the next read waits longer. */
export function toStateAfterFailure<T>(
  state: SecretState<T>,
  failure: Failure,
  nowMs: number,
): SecretState<T> {
  const { held, failures } = state
  // A value that seems to come from the future grows old from now on, or it would never do.
  const isAhead = held !== undefined && held.fetchedAtMs > nowMs
  return {
    held: isAhead ? { ...held, fetchedAtMs: nowMs } : held,
    failures: failures + 1,
    lastFailure: failure,
    failedAtMs: nowMs,
  }
}

function isBackingOff({ failures, failedAtMs }: SecretState<unknown>, nowMs: number): boolean {
  if (failures === 0) return false
  const backOffMs = Math.min(longestBackOffMs, 1000 * 2 ** (failures - 1))
  const sinceMs = nowMs - failedAtMs
  return sinceMs >= 0 && sinceMs < backOffMs
}
