import type { Result } from '../core/causes/catalogue.ts'
import type { Secret } from '../core/secret.ts'
import type { Client } from '../core/settings/settings.ts'
import { parseStoredSecret } from '../core/stored-secret.ts'
import {
  type Asked,
  type CachedSecret,
  openCachedSecret,
  type Replaced,
  type SecretLimits,
} from './cached-secret.ts'
import type { Clock } from './clock.ts'
import type { Meter } from './meter.ts'
import type { SecretsManager } from './secrets-manager.ts'

/** A client's secret with what its record says of it. */
export type AskedSecret = Asked<Secret>

/** The result of reading the secret again after Cognito refused the client. */
export type Replacement = Replaced<Secret>['found']

/** The client secrets of a deployment, kept between requests. */
export interface ClientSecrets {
  /** Gives the secret to use now, reading it first where it is due. */
  readonly ask: (client: Client, meter: Meter) => Promise<Result<AskedSecret>>
  /** Gives the secret in memory, however old, without a read; undefined where there is none. */
  readonly peek: (client: Client) => Secret | undefined
  /** Looks for a secret other than the one that Cognito has just refused. */
  readonly replace: (
    client: Client,
    refused: Secret,
    meter: Meter,
  ) => Promise<{ readonly found: Replacement; readonly asked?: AskedSecret }>
}

/** Opens the cache of client secrets over Secrets Manager, each kept apart from the others. */
export function openClientSecrets(
  manager: SecretsManager,
  limits: SecretLimits,
  clock: Clock,
): ClientSecrets {
  const secrets = new Map<string, CachedSecret<Secret>>()
  const toCached = (client: Client): CachedSecret<Secret> => {
    const known = secrets.get(client.clientId)
    if (known !== undefined) return known
    const read = async (timeoutMs: number) => {
      const text = await manager.read(client.secretId, timeoutMs)
      return text.ok ? parseStoredSecret(text.value, client.clientId) : text
    }
    const cached = openCachedSecret(read, limits, clock)
    secrets.set(client.clientId, cached)
    return cached
  }
  return {
    ask: (client, meter) => toCached(client).ask(meter),
    peek: (client) => secrets.get(client.clientId)?.peek(),
    replace: (client, refused, meter) =>
      toCached(client).replace((held) => !held.equals(refused), meter),
  }
}
