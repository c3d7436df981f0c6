import { type Failure, fail, type Result } from '../core/causes/catalogue.ts'
import type { SecretSource } from '../core/facts.ts'
import {
  chooseSecretStep,
  chooseStale,
  noSecret,
  type SecretState,
  type SecretStep,
  toStateAfterFailure,
  toStateAfterRead,
} from '../core/secret-policy.ts'
import type { Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'
import type { Meter } from './meter.ts'
import { waitWithin } from './time-limit.ts'

/** A secret with what its record says of it. */
export interface Asked<T> {
  readonly secret: T
  readonly source: SecretSource
  readonly ageSeconds: number
}

/** The result of reading the value again because the cached one was refused. */
export type Replaced<T> =
  | { readonly found: 'secret_changed'; readonly asked: Asked<T> }
  | { readonly found: 'secret_unchanged' | 'cooling_down' }
  | { readonly found: 'refetch_failed'; readonly failure: Failure }

/** What is mostly there at once; `await` takes either. */
export type MaybePromise<T> = T | Promise<T>

/** One secret, kept between requests; the wait for it is added to the meter of the request that asks. */
export interface CachedSecret<T> {
  /** Gives the value to use now: at once, or after reading it where that is due. */
  readonly ask: (meter: Meter) => MaybePromise<Result<Asked<T>>>
  /** Gives the value in memory, however old, without a read; undefined where there is none. */
  readonly peek: () => T | undefined
  /**
   * Looks for a value that is wanted in the place of the held one: one that another request has brought
   * meanwhile, or else a single read within the cool-down.
   */
  readonly replace: (isWanted: (held: T) => boolean, meter: Meter) => Promise<Replaced<T>>
}

/** The settings that a cache goes by. */
export type SecretLimits = Pick<
  Settings,
  | 'secretSoftAgeSeconds'
  | 'secretHardAgeSeconds'
  | 'secretTimeoutMs'
  | 'secretRefetchCooldownSeconds'
  | 'deadlineMs'
>

/** Less time than this is not worth a read of one's own, in milliseconds. */
const leastReadMs = 100

interface Entry<T> {
  readonly read: (timeoutMs: number) => Promise<Result<T>>
  readonly limits: SecretLimits
  readonly clock: Clock
  state: SecretState<T>
  pending: Promise<Result<T>> | undefined
  refetchedAtMs: number
}

/**
 * Opens the cache of one secret. One read at a time, inline: a read that nobody waits for would freeze
 * with the sandbox.
 *
 * @param read reads the value and judges it; it has this many milliseconds
 */
export function openCachedSecret<T>(
  read: (timeoutMs: number) => Promise<Result<T>>,
  limits: SecretLimits,
  clock: Clock,
): CachedSecret<T> {
  const entry: Entry<T> = {
    ...{ read, limits, clock, state: noSecret, pending: undefined },
    refetchedAtMs: Number.NEGATIVE_INFINITY,
  }
  return {
    ask: (meter) => askSecret(entry, meter),
    peek: () => entry.state.held?.secret,
    replace: (isWanted, meter) =>
      meter.time('secretMs', () => replaceSecret(entry, isWanted, meter)),
  }
}

function askSecret<T>(entry: Entry<T>, meter: Meter): MaybePromise<Result<Asked<T>>> {
  const hardAgeMs = entry.limits.secretHardAgeSeconds * 1000
  const step = chooseSecretStep(entry.state, entry.clock.nowMs(), hardAgeMs)
  if (step.step === 'read') return meter.time('secretMs', () => askByRead(entry, meter, hardAgeMs))
  meter.note({ secretMs: meter.facts.secretMs ?? 0 })
  return toAsked(step)
}

async function askByRead<T>(
  entry: Entry<T>,
  meter: Meter,
  hardAgeMs: number,
): Promise<Result<Asked<T>>> {
  const { clock } = entry
  const secret = await readOnce(entry, meter)
  if (secret.ok) return { ok: true, value: toFetched(secret.value) }
  const after = chooseStale(entry.state, clock.nowMs(), hardAgeMs)
  return after.step === 'use_stale' ? toAsked(after) : secret
}

async function replaceSecret<T>(
  entry: Entry<T>,
  isWanted: (held: T) => boolean,
  meter: Meter,
): Promise<Replaced<T>> {
  const { clock, limits } = entry
  const { held } = entry.state
  if (held !== undefined && isWanted(held.secret)) {
    // Another request has read it already.
    const ageSeconds = Math.max(0, clock.nowMs() - held.fetchedAtMs) / 1000
    return { found: 'secret_changed', asked: { secret: held.secret, source: 'cache', ageSeconds } }
  }
  const sinceMs = clock.nowMs() - entry.refetchedAtMs
  const isCooling = sinceMs >= 0 && sinceMs < limits.secretRefetchCooldownSeconds * 1000
  if (isCooling && entry.pending === undefined) return { found: 'cooling_down' }
  entry.refetchedAtMs = clock.nowMs()
  const secret = await readOnce(entry, meter)
  if (!secret.ok) return { found: 'refetch_failed', failure: secret }
  return isWanted(secret.value)
    ? { found: 'secret_changed', asked: toFetched(secret.value) }
    : { found: 'secret_unchanged' }
}

/** Joins the read that is under way, or begins one; neither is waited for longer than the request lasts. */
async function readOnce<T>(entry: Entry<T>, meter: Meter): Promise<Result<T>> {
  const leftMs = meter.leftMs()
  if (entry.pending !== undefined) {
    const { state } = entry
    const joined = await waitWithin(entry.pending, leftMs, noAnswer)
    // The other request may have had less time than this one; its haste is not taken over.
    if (joined.ok || entry.state !== state || meter.leftMs() < leastReadMs) return joined
    return readOnce(entry, meter)
  }
  entry.pending = readSecret(entry, leftMs).finally(() => {
    entry.pending = undefined
  })
  const secret = await waitWithin(entry.pending, leftMs, noAnswer)
  meter.noteSecretFetch(secret.ok ? 'ok' : 'failed')
  return secret
}

const noAnswer = () => fail('secret_unavailable', { evidence: ['no_answer'] })

async function readSecret<T>(entry: Entry<T>, leftMs: number): Promise<Result<T>> {
  const { limits, clock } = entry
  // A request that falls back on an older value needs time to use it.
  const mostMs = entry.state.held === undefined ? leftMs : leftMs / 2
  const timeoutMs = Math.min(limits.secretTimeoutMs, mostMs)
  const secret = await entry.read(timeoutMs)
  if (secret.ok) {
    const softAgeMs = limits.secretSoftAgeSeconds * 1000
    entry.state = toStateAfterRead(secret.value, clock.nowMs(), softAgeMs, clock.random())
  } else if (timeoutMs >= toFairMs(limits) || !secret.evidence.includes('no_answer')) {
    // A read that was cut short by its request says nothing about Secrets Manager.
    entry.state = toStateAfterFailure(entry.state, secret, clock.nowMs())
  }
  return secret
}

/** How long a read must have had to say something of Secrets Manager, also where no request lasts as long as a whole one. */
function toFairMs({ secretTimeoutMs, deadlineMs }: SecretLimits): number {
  return Math.min(secretTimeoutMs, deadlineMs / 3)
}

function toFetched<T>(secret: T): Asked<T> {
  return { secret, source: 'fetched', ageSeconds: 0 }
}

function toAsked<T>(step: SecretStep<T>): Result<Asked<T>> {
  if (step.step === 'refuse') return step.failure
  if (step.step === 'read') return fail('secret_unavailable', { evidence: ['backed_off'] })
  const source = step.step === 'use' ? 'cache' : 'stale'
  return { ok: true, value: { secret: step.held.secret, source, ageSeconds: step.ageSeconds } }
}
