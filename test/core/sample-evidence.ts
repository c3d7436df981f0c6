import type { Failure } from '../../core/causes.ts'
import type { OpenFailure } from '../../core/open-failure.ts'
import type {
  Described,
  DescribedClient,
  DescribedPool,
  PoolEvidence,
  PoolPart,
} from '../../core/pool-evidence.ts'
import { Secret } from '../../core/secret.ts'
import { codeRequest } from './sample-request.ts'

/** The pool that the settings name. */
export const userPoolId = 'eu-central-1_Shop'

/** A description as it was read a moment ago. */
export function toFresh<T>(value: T): Described<T> {
  return { value, isFresh: true }
}

/** The answer, read a moment ago, that there is no such thing. */
export const absent: Described<never> = { value: 'absent', isFresh: true }

/** An app client with everything in order, with what a test changes. */
export function toDescribedClient(changes: Partial<DescribedClient> = {}): DescribedClient {
  return {
    secret: new Secret('used-secret'),
    allowsCode: true,
    isOAuthEnabled: true,
    callbackUrls: ['https://shop.example.com/other', 'https://shop.example.com/callback'],
    isRevocationEnabled: true,
    scopes: ['openid'],
    isRotating: false,
    retryGracePeriodSeconds: 0,
    ...changes,
  }
}

/** A pool that has the domain and tracks no devices, with what a test changes. */
export function toDescribedPool(changes: Partial<DescribedPool> = {}): DescribedPool {
  return { hasDeviceTracking: false, hasDomain: true, ...changes }
}

/** Evidence of an app client alone, with what a test changes. */
export function toClientEvidence(changes: Partial<DescribedClient> = {}): PoolEvidence {
  return { client: toFresh(toDescribedClient(changes)) }
}

/** The same evidence, of which one part was read long before the refusal. */
export function toStale(pool: PoolEvidence, part: PoolPart): PoolEvidence {
  const described = pool[part]
  return described === undefined ? pool : { ...pool, [part]: { ...described, isFresh: false } }
}

/** The same evidence, all of it read long before the refusal. */
export function toAllStale(pool: PoolEvidence): PoolEvidence {
  const parts = Object.keys(pool) as PoolPart[]
  return parts.reduce(toStale, pool)
}

/** A failure of a code exchange of which nothing more is known, with what a test changes. */
export function toOpen(
  failure: Failure,
  { request = codeRequest, ...others }: Partial<OpenFailure> = {},
  named: { readonly userPoolId: string | undefined } = { userPoolId },
): OpenFailure {
  return {
    failure,
    request: { ...request, client: { ...request.client, ...named } },
    usedSecret: new Secret('used-secret'),
    pool: {},
    earlier: 'unknown',
    ...others,
  }
}
