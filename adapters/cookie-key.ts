import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { Result } from '../core/causes/catalogue.ts'
import { parseCookieKey } from '../core/cookie-key.ts'
import type { Secret } from '../core/secret.ts'
import { type CachedSecret, openCachedSecret, type SecretLimits } from './cached-secret.ts'
import type { Clock } from './clock.ts'
import type { SecretStage, SecretsManager } from './secrets-manager.ts'

/** A key that seals and opens cookies. */
export interface CookieKey {
  /** Names the key in each cookie and tells nothing of it: 8 characters of base64url. */
  readonly id: string
  readonly key: KeyObject
}

/** The keys of a deployment: the first one seals, each one opens. */
export type CookieKeys = readonly [CookieKey, ...CookieKey[]]

/**
 * What is kept beside the current key: the one before it, for the cookies of users who were away, and the
 * one after it, so that every sandbox can open what the first of them seals once it has become current.
 */
const otherStages = ['AWSPREVIOUS', 'AWSPENDING'] as const satisfies readonly SecretStage[]

/**
 * Opens the cache of the cookie keys over Secrets Manager: all labelled versions of one secret, read
 * together. Fails with the causes of a secret.
 */
export function openCookieKeys(
  manager: Pick<SecretsManager, 'read'>,
  secretId: string,
  limits: SecretLimits,
  clock: Clock,
): CachedSecret<CookieKeys> {
  const read = async (timeoutMs: number): Promise<Result<CookieKeys>> => {
    const [current, ...others] = await Promise.all([
      manager.read(secretId, timeoutMs, 'AWSCURRENT'),
      ...otherStages.map((stage) => manager.read(secretId, timeoutMs, stage)),
    ])
    const first = current.ok ? parseCookieKey(current.value) : current
    if (!first.ok) return first
    const rest: CookieKey[] = []
    for (const other of others) {
      // Without an answer it is unknown whether there is such a key, and its cookies must not be lost.
      if (!other.ok && other.cause !== 'secret_not_found') return other
      const key = other.ok ? parseCookieKey(other.value) : other
      if (key.ok) rest.push(toCookieKey(key.value))
    }
    return { ok: true, value: [toCookieKey(first.value), ...rest] }
  }
  return openCachedSecret(read, limits, clock)
}

/** Makes a key from 32 bytes in base64. */
export function toCookieKey(secret: Secret): CookieKey {
  const key = createSecretKey(secret.reveal(), 'base64')
  const digest = createHmac('sha256', key).update('id of a cookie key').digest()
  return { id: digest.subarray(0, 6).toString('base64url'), key }
}
