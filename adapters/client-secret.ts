import type { Result } from '../core/causes/catalogue.ts'
import type { Secret } from '../core/secret.ts'
import type { Client } from '../core/settings/settings.ts'
import type { LabelledSecret } from '../core/stand-in-secret.ts'
import { parseStoredSecret } from '../core/stored-secret.ts'
import {
  type Asked,
  type CachedSecret,
  type MaybePromise,
  openCachedSecret,
  type Replaced,
  type SecretLimits,
} from './cached-secret.ts'
import type { Clock } from './clock.ts'
import type { Meter } from './meter.ts'
import type { SecretStage, SecretsManager } from './secrets-manager.ts'
import { openStandInSecret, type StandInSecret, type TryStandIn } from './stand-in-secret.ts'

/** A client's secret with what its record says of it. */
export type AskedSecret = Asked<Secret>

/** The result of reading the secret again after Cognito refused the client. */
export type Replacement = Replaced<Secret>['found']

/** The client secrets of a deployment, kept between requests. */
export interface ClientSecrets {
  /** Gives the secret to use now: at once, or after reading it where that is due. */
  readonly ask: (client: Client, meter: Meter) => MaybePromise<Result<AskedSecret>>
  /**
   * Says when the version was made that a secret was read from, in milliseconds since 1970, without a read;
   * undefined for a secret that was not read here, or without a date.
   */
  readonly storedAtMs: (secret: Secret) => number | undefined
  /** Gives every secret in memory, however old, without a read. */
  readonly peekAll: () => readonly Secret[]
  /** Looks for a secret other than the one that Cognito has just refused. */
  readonly replace: (
    client: Client,
    refused: Secret,
    meter: Meter,
  ) => Promise<{ readonly found: Replacement; readonly asked?: AskedSecret }>
  /**
   * Looks for another version that a rotation under way has, where `replace` has found no other current
   * secret, and tries it. Gives a value that another request has found to work; undefined where it tried
   * itself, or where there is none.
   */
  readonly standIn: (
    client: Client,
    refused: Secret,
    found: Replacement,
    meter: Meter,
    trial: TryStandIn,
  ) => Promise<AskedSecret | undefined>
}

/** One client's secret, and what is used in its place while Cognito refuses it. */
interface Entry {
  readonly cached: CachedSecret<Secret>
  readonly standIn: StandInSecret
}

/** Opens the cache of client secrets over Secrets Manager, each kept apart from the others. */
export function openClientSecrets(
  manager: Pick<SecretsManager, 'readVersion'>,
  limits: SecretLimits,
  clock: Clock,
): ClientSecrets {
  const storedAtMs: StoredDates = new WeakMap()
  const entries = new Map<string, Entry>()
  const toEntry = (client: Client): Entry => {
    const known = entries.get(client.clientId)
    if (known !== undefined) return known
    const opened = openEntry(toReader(manager, client, storedAtMs), limits, clock)
    entries.set(client.clientId, opened)
    return opened
  }
  return {
    ask: (client, meter) => {
      const { cached, standIn } = toEntry(client)
      const asked = cached.ask(meter)
      return asked instanceof Promise
        ? asked.then((read) => withStandIn(read, standIn))
        : withStandIn(asked, standIn)
    },
    storedAtMs: (secret) => storedAtMs.get(secret),
    peekAll: () => {
      const held: Secret[] = []
      for (const { cached } of entries.values()) {
        const secret = cached.peek()
        if (secret !== undefined) held.push(secret)
      }
      return held
    },
    replace: (client, refused, meter) => {
      const { cached, standIn } = toEntry(client)
      standIn.drop(refused)
      return cached.replace((held) => !held.equals(refused), meter)
    },
    standIn: async (client, refused, found, meter, trial) => {
      // Without an answer of Secrets Manager it is unknown whether a rotation is under way.
      if (found === 'refetch_failed') return undefined
      const mayBegin = found === 'secret_unchanged'
      return toEntry(client).standIn.find(refused, mayBegin, meter, trial)
    },
  }
}

function withStandIn(asked: Result<AskedSecret>, standIn: StandInSecret): Result<AskedSecret> {
  const other = asked.ok ? standIn.inPlaceOf(asked.value.secret) : undefined
  return other === undefined ? asked : { ok: true, value: other }
}

/** When the version of each secret was made; a secret that is forgotten takes its date along. */
type StoredDates = WeakMap<Secret, number>

/** Reads a version of one client's secret, the current one unless told. */
type Reader = (timeoutMs: number, stage?: SecretStage) => Promise<Result<LabelledSecret>>

function toReader(
  manager: Pick<SecretsManager, 'readVersion'>,
  { secretId, clientId }: Client,
  storedAtMs: StoredDates,
): Reader {
  return async (timeoutMs, stage) => {
    const version = await manager.readVersion(secretId, timeoutMs, stage)
    if (!version.ok) return version
    const { versionId, createdAtMs, text } = version.value
    const parsed = parseStoredSecret(text, clientId)
    if (!parsed.ok) return parsed
    const secret = parsed.value
    if (createdAtMs > 0) storedAtMs.set(secret, createdAtMs)
    return { ok: true, value: { versionId, createdAtMs, secret } }
  }
}

function openEntry(read: Reader, limits: SecretLimits, clock: Clock): Entry {
  const readCurrent = async (timeoutMs: number) => {
    const version = await read(timeoutMs)
    return version.ok ? ({ ok: true, value: version.value.secret } as const) : version
  }
  return {
    cached: openCachedSecret(readCurrent, limits, clock),
    standIn: openStandInSecret(read, limits, clock),
  }
}
