import type { Secret } from '../secret.ts'

/** An app client as the user pool describes it, reduced to what tells causes apart. */
export interface DescribedClient {
  /**
   * The secret that Cognito describes: the one that the app client was made with. Undefined for one without a
   * secret, and for one whose original secret was deleted after another was added.
   */
  readonly secret: Secret | undefined
  /** When the app client was made, in seconds since 1970; undefined where Cognito told no date. */
  readonly createdAtSeconds: number | undefined
  readonly allowsCode: boolean
  readonly isOAuthEnabled: boolean
  readonly callbackUrls: readonly string[]
  readonly isRevocationEnabled: boolean
  readonly scopes: readonly string[]
  /** Absent: the standard attributes and whether email and phone number are verified, by default. */
  readonly readAttributes?: readonly string[]
  readonly isRotating: boolean
  /** How long a replaced refresh token still works; 0 without rotation. */
  readonly retryGracePeriodSeconds: number
}

/** The secrets of an app client that Cognito accepts; it lists none of their values. */
export interface ActiveSecrets {
  readonly count: number
  /** When the oldest of them was made, in seconds since 1970. */
  readonly oldestAtSeconds: number | undefined
}

/** The domain's pool, as the Region knows it; undefined where no pool of the account has the domain. */
export interface DescribedDomain {
  readonly userPoolId: string | undefined
}

/** A user pool as it describes itself. */
export interface DescribedPool {
  readonly hasDeviceTracking: boolean
  /** Whether the configured domain is one of the pool's own. */
  readonly hasDomain: boolean
}

/** One thing that was described; `absent` is an answer, too. */
export interface Described<T> {
  readonly value: T | 'absent'
  /** Read after the failure that it is to explain; what is older may have changed since. */
  readonly isFresh: boolean
}

/** What the user pool's own configuration says; each part may be missing, which only means less evidence. */
export interface PoolEvidence {
  readonly client?: Described<DescribedClient>
  readonly activeSecrets?: Described<ActiveSecrets>
  readonly pool?: Described<DescribedPool>
  readonly domain?: Described<DescribedDomain>
}

/** A part of the configuration that can be asked for by itself. */
export type PoolPart = keyof PoolEvidence
