import { type PoolDomains, toPoolDomainUrl, toPoolRegion } from '../user-pool.ts'

/** What a user pool and one of its app clients say of themselves, as far as the settings of a client follow from it. */
export interface DescribedSetup extends PoolDomains {
  readonly clientId: string
  readonly clientName: string
  readonly callbackUrls: readonly string[]
  readonly logoutUrls: readonly string[]
  /** Whether the pool issues tokens in the name of all its Regions. */
  readonly hasIssuerOfAllRegions: boolean
  readonly isRotating: boolean
  /** How long a replaced refresh token still works, in seconds; 0 without rotation. */
  readonly retryGracePeriodSeconds: number
  /** Active secrets of the app client; undefined where they may not be listed. */
  readonly activeSecrets: number | undefined
  /** Whether Cognito shows a secret; it shows none once the first one is deleted. */
  readonly isSecretDescribed: boolean
}

/** Says why no proxy can serve this app client; empty where one can. */
export function findObstacles(setup: DescribedSetup): readonly string[] {
  const { activeSecrets, isSecretDescribed } = setup
  const isPublic = !isSecretDescribed && activeSecrets === 0
  const hasNoDomain = toPoolDomainUrl(setup) === undefined
  return [
    ...(isPublic
      ? [
          'the app client has no secret: a front end can call Cognito with it directly. Name an app client that has one.',
        ]
      : []),
    ...(hasNoDomain
      ? [
          `the user pool has no domain: make one with aws cognito-idp create-user-pool-domain --region ${toPoolRegion(setup.userPoolId)} --user-pool-id ${setup.userPoolId} --domain PREFIX`,
        ]
      : []),
  ]
}
