import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  ListUserPoolClientSecretsCommand,
  type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider'
import type { ActiveSecrets, DescribedPool, PoolPart } from '../../core/diagnosis/pool-evidence.ts'
import type {
  InspectedClient,
  InspectedDomain,
  Reading,
  UnreadReason,
} from '../../core/doctor/findings.ts'
import { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings/settings.ts'
import { toDomainName, toPoolRegion } from '../../core/user-pool.ts'
import { openPoolClients } from '../pool-clients.ts'

type Values = {
  readonly client: InspectedClient
  readonly activeSecrets: ActiveSecrets
  readonly pool: DescribedPool
  readonly domain: InspectedDomain
}

/** One answer about a part of the configuration; undefined if there was no usable one. */
export type DescribedValue<P extends PoolPart> = Values[P] | 'absent' | undefined

/** Reads the configuration of user pools, part by part. */
export interface PoolDescriber {
  readonly describe: <P extends PoolPart>(
    part: P,
    client: Client,
    signal: AbortSignal,
  ) => Promise<DescribedValue<P>>
  /** Reads a part and, where it cannot be read, says why. */
  readonly inspect: <P extends PoolPart>(
    part: P,
    client: Client,
    signal: AbortSignal,
  ) => Promise<Reading<Values[P]>>
  readonly close: () => void
}

/**
 * Opens the describe calls of Cognito's API through the SDK. This file is a chunk of its own: only a
 * failure that needs it loads it. No permission, no answer or a throttle reads as `undefined`: less
 * evidence, never a failure.
 */
export function openPoolDescriber(): PoolDescriber {
  const clients = openPoolClients({ maxAttempts: 1 })
  const parts: { readonly [P in PoolPart]: Describe<P> } = {
    client: describeClient,
    activeSecrets: countSecrets,
    pool: describePool,
    domain: describeDomain,
  }
  const inspect: PoolDescriber['inspect'] = async (part, client, signal) => {
    if (client.userPoolId === undefined) return { ok: false, why: 'unnamed' }
    try {
      const value = await parts[part](clients.of(client), client, signal)
      return value === undefined ? { ok: false, why: 'unanswered' } : { ok: true, value }
    } catch (thrown) {
      return { ok: false, why: toUnreadReason(thrown) }
    }
  }
  return {
    inspect,
    describe: async (part, client, signal) => {
      const reading = await inspect(part, client, signal)
      if (reading.ok) return reading.value
      return reading.why === 'absent' ? 'absent' : undefined
    },
    close: clients.close,
  }
}

const deniedNames: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'NotAuthorizedException',
  'UnrecognizedClientException',
])

/** Says why a part of the configuration could not be read, by what the SDK threw. */
export function toUnreadReason(thrown: unknown): UnreadReason {
  const name = thrown instanceof Error ? thrown.name : ''
  if (name === 'ResourceNotFoundException') return 'absent'
  return deniedNames.has(name) ? 'denied' : 'unanswered'
}

type Describe<P extends PoolPart> = (
  sdk: CognitoIdentityProviderClient,
  client: Client,
  signal: AbortSignal,
) => Promise<Values[P] | undefined>

const describeClient: Describe<'client'> = async (sdk, client, abortSignal) => {
  const command = new DescribeUserPoolClientCommand({
    UserPoolId: client.userPoolId,
    ClientId: client.clientId,
  })
  const { UserPoolClient: described } = await sdk.send(command, { abortSignal })
  if (described === undefined) return undefined
  const { ClientSecret, AllowedOAuthFlows: flows = [] } = described
  return {
    // Left out or empty, it says the same: Cognito shows none.
    secret: ClientSecret ? new Secret(ClientSecret) : undefined,
    createdAtSeconds: toSeconds(described.CreationDate),
    flows,
    allowsCode: flows.includes('code'),
    isOAuthEnabled: described.AllowedOAuthFlowsUserPoolClient ?? false,
    callbackUrls: described.CallbackURLs ?? [],
    isRevocationEnabled: described.EnableTokenRevocation ?? false,
    isRotating: described.RefreshTokenRotation?.Feature === 'ENABLED',
    scopes: described.AllowedOAuthScopes ?? [],
    ...(described.ReadAttributes && { readAttributes: described.ReadAttributes }),
    identityProviders: described.SupportedIdentityProviders ?? [],
    retryGracePeriodSeconds: described.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0,
    ...toLifetimes(described),
  }
}

const secondsByUnit = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const

/** Without a unit, refresh tokens are counted in days and access tokens in hours; 0 is the default. */
function toLifetimes(described: UserPoolClientType) {
  const units = described.TokenValidityUnits
  return {
    refreshTokenSeconds:
      (described.RefreshTokenValidity || 30) * secondsByUnit[units?.RefreshToken ?? 'days'],
    accessTokenSeconds:
      (described.AccessTokenValidity || 1) * secondsByUnit[units?.AccessToken ?? 'hours'],
  }
}

const countSecrets: Describe<'activeSecrets'> = async (sdk, client, abortSignal) => {
  const command = new ListUserPoolClientSecretsCommand({
    UserPoolId: client.userPoolId,
    ClientId: client.clientId,
  })
  const { ClientSecrets, NextToken } = await sdk.send(command, { abortSignal })
  // There are more pages, so this one does not give the total.
  if (NextToken !== undefined || ClientSecrets === undefined) return undefined
  const dates = ClientSecrets.map((secret) => toSeconds(secret.ClientSecretCreateDate))
  const known = dates.filter((date) => date !== undefined)
  const oldestAtSeconds = known.length === dates.length ? Math.min(...known) : undefined
  return { count: dates.length, oldestAtSeconds: dates.length === 0 ? undefined : oldestAtSeconds }
}

function toSeconds(date: Date | undefined): number | undefined {
  return date && date.getTime() / 1000
}

const describePool: Describe<'pool'> = async (sdk, client, abortSignal) => {
  const command = new DescribeUserPoolCommand({ UserPoolId: client.userPoolId })
  const { UserPool: described } = await sdk.send(command, { abortSignal })
  if (described === undefined) return undefined
  const own = [described.Domain, described.CustomDomain]
  return {
    hasDeviceTracking: described.DeviceConfiguration !== undefined,
    hasDomain: own.includes(toNameOfDomain(client)),
  }
}

const describeDomain: Describe<'domain'> = async (sdk, client, abortSignal) => {
  const command = new DescribeUserPoolDomainCommand({ Domain: toNameOfDomain(client) })
  const { DomainDescription: described } = await sdk.send(command, { abortSignal })
  return { userPoolId: described?.UserPoolId, status: described?.Status }
}

function toNameOfDomain({ domain, userPoolId = '' }: Client): string {
  return toDomainName(domain, toPoolRegion(userPoolId))
}
