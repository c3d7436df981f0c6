import type { SecretSource } from '../core/cause.ts'
import { type Failure, fail, type Result } from '../core/causes.ts'
import type { Secret } from '../core/secret.ts'
import {
  chooseSecretStep,
  chooseStale,
  noSecret,
  type SecretState,
  type SecretStep,
  toFailed,
  toHeld,
} from '../core/secret-policy.ts'
import type { Client, Settings } from '../core/settings.ts'
import { parseStoredSecret } from '../core/stored-secret.ts'
import type { Clock } from './clock.ts'
import type { SecretsManager } from './secrets-manager.ts'

/** A client's secret with what its record says of it. */
export interface AskedSecret {
  readonly secret: Secret
  readonly source: SecretSource
  readonly ageSeconds: number
}

/** What became of the wish for another secret after Cognito refused the client. */
export type Replacement = 'secret_changed' | 'secret_unchanged' | 'refetch_failed' | 'cooling_down'

/** The client secrets of a deployment, kept between requests. */
export interface ClientSecrets {
  /** Gives the secret to use now, reading it first where it is due. `onRead` is told of each read. */
  readonly ask: (client: Client, leftMs: number, onRead: OnRead) => Promise<Result<AskedSecret>>
  /**
   * Looks for a secret other than the one that Cognito has just refused: one that another request has
   * brought meanwhile, or else a single read within the cool-down.
   */
  readonly replace: (
    client: Client,
    refused: Secret,
    leftMs: number,
    onRead: OnRead,
  ) => Promise<{ readonly found: Replacement; readonly asked?: AskedSecret }>
}

type OnRead = (result: 'ok' | 'failed') => void

/** Less time than this is not worth a read of one's own, in milliseconds. */
const leastReadMs = 100

interface Entry {
  state: SecretState
  pending: Promise<Result<Secret>> | undefined
  refetchedAtMs: number
}

type Limits = Pick<
  Settings,
  | 'secretSoftAgeSeconds'
  | 'secretHardAgeSeconds'
  | 'secretTimeoutMs'
  | 'secretRefetchCooldownSeconds'
>

/** What the reads of one process share. */
interface Cache {
  readonly manager: SecretsManager
  readonly limits: Limits
  readonly clock: Clock
}

/**
 * Opens the cache of client secrets over Secrets Manager. One read at a time per client, inline: a read
 * that nobody waits for would freeze with the sandbox.
 */
export function openClientSecrets(
  manager: SecretsManager,
  limits: Limits,
  clock: Clock,
): ClientSecrets {
  const cache: Cache = { manager, limits, clock }
  const entries = new Map<string, Entry>()
  const toEntry = (client: Client): Entry => {
    const known = entries.get(client.clientId)
    if (known !== undefined) return known
    const entry = { state: noSecret, pending: undefined, refetchedAtMs: Number.NEGATIVE_INFINITY }
    entries.set(client.clientId, entry)
    return entry
  }
  return {
    ask: (client, leftMs, onRead) => {
      return askSecret(toEntry(client), cache, (entry) =>
        readOnce(cache, client, entry, leftMs, onRead),
      )
    },
    replace: (client, refused, leftMs, onRead) => {
      return replaceSecret(toEntry(client), cache, refused, (entry) =>
        readOnce(cache, client, entry, leftMs, onRead),
      )
    },
  }
}

type Read = (entry: Entry) => Promise<Result<Secret>>

async function askSecret(entry: Entry, cache: Cache, read: Read): Promise<Result<AskedSecret>> {
  const hardAgeMs = cache.limits.secretHardAgeSeconds * 1000
  const step = chooseSecretStep(entry.state, cache.clock.nowMs(), hardAgeMs)
  if (step.step !== 'read') return toAsked(step)
  const secret = await read(entry)
  if (secret.ok) return { ok: true, value: toFetched(secret.value) }
  const after = chooseStale(entry.state, cache.clock.nowMs(), hardAgeMs)
  return after.step === 'use_stale' ? toAsked(after) : secret
}

async function replaceSecret(entry: Entry, cache: Cache, refused: Secret, read: Read) {
  const { clock, limits } = cache
  const { held } = entry.state
  if (held !== undefined && !held.secret.equals(refused)) {
    // Another request has brought it.
    const ageSeconds = Math.max(0, clock.nowMs() - held.fetchedAtMs) / 1000
    const asked = { secret: held.secret, source: 'cache', ageSeconds } as const
    return { found: 'secret_changed', asked } as const
  }
  const sinceMs = clock.nowMs() - entry.refetchedAtMs
  const isCooling = sinceMs >= 0 && sinceMs < limits.secretRefetchCooldownSeconds * 1000
  if (isCooling && entry.pending === undefined) return { found: 'cooling_down' } as const
  entry.refetchedAtMs = clock.nowMs()
  const secret = await read(entry)
  if (!secret.ok) return { found: 'refetch_failed' } as const
  return secret.value.equals(refused)
    ? ({ found: 'secret_unchanged' } as const)
    : ({ found: 'secret_changed', asked: toFetched(secret.value) } as const)
}

/** Joins the read that is under way, or begins one and tells of it. */
async function readOnce(
  cache: Cache,
  client: Client,
  entry: Entry,
  leftMs: number,
  onRead: OnRead,
): Promise<Result<Secret>> {
  const startedAtMs = cache.clock.spanMs()
  if (entry.pending !== undefined) {
    const { state } = entry
    const joined = await settleWithin(entry.pending, leftMs)
    const stillMs = leftMs - (cache.clock.spanMs() - startedAtMs)
    // The other request may have had less time than this one; its haste is not taken over.
    if (joined.ok || entry.state !== state || stillMs < leastReadMs) return joined
    return readOnce(cache, client, entry, stillMs, onRead)
  }
  entry.pending = readSecret(cache, client, entry, leftMs).finally(() => {
    entry.pending = undefined
  })
  const secret = await settleWithin(entry.pending, leftMs)
  onRead(secret.ok ? 'ok' : 'failed')
  return secret
}

async function readSecret(
  { manager, limits, clock }: Cache,
  client: Client,
  entry: Entry,
  leftMs: number,
): Promise<Result<Secret>> {
  const text = await manager.read(client.secretId, Math.min(limits.secretTimeoutMs, leftMs))
  const secret = text.ok ? parseStoredSecret(text.value, client.clientId) : text
  if (secret.ok) {
    const softAgeMs = limits.secretSoftAgeSeconds * 1000
    entry.state = toHeld(secret.value, clock.nowMs(), softAgeMs, clock.random())
  } else if (leftMs >= limits.secretTimeoutMs || !secret.evidence.includes('no_answer')) {
    // A read that was cut short by its request says nothing about Secrets Manager.
    entry.state = toFailed(entry.state, secret, clock.nowMs())
  }
  return secret
}

function toFetched(secret: Secret): AskedSecret {
  return { secret, source: 'fetched', ageSeconds: 0 }
}

function toAsked(step: SecretStep): Result<AskedSecret> {
  if (step.step === 'refuse') return step.failure
  if (step.step === 'read') return fail('secret_unavailable', { evidence: ['backed_off'] })
  const source = step.step === 'use' ? 'cache' : 'stale'
  return { ok: true, value: { secret: step.held.secret, source, ageSeconds: step.ageSeconds } }
}

/** A request that joins another one's read waits for it no longer than its own time lasts. */
async function settleWithin(pending: Promise<Result<Secret>>, leftMs: number) {
  const { promise, resolve } = Promise.withResolvers<Failure>()
  const late = () => resolve(fail('secret_unavailable', { evidence: ['no_answer'] }))
  const timer = setTimeout(late, leftMs)
  const first = await Promise.race([pending, promise])
  clearTimeout(timer)
  return first
}
