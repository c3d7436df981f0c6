import { createHmac, randomBytes } from 'node:crypto'
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { fail, type Result } from '../../core/causes/catalogue.ts'
import type { Reading } from '../../core/doctor/findings.ts'
import type {
  InBoth,
  PairFindings,
  PoolInRegion,
  SecretInRegion,
  StoredCopy,
} from '../../core/doctor/pair.ts'
import { askLimitsMs } from '../../core/doctor/round.ts'
import { toSecretId, toTargetName, toTargets } from '../../core/rotation/target.ts'
import type { Client, Settings } from '../../core/settings/settings.ts'
import { toReadRegion } from '../../core/user-pool.ts'
import { toUnreadReason } from '../evidence/pool-describer.ts'
import { openSecretsManager } from '../secrets-manager.ts'

/** One of two Regions, with the settings of the stage in it. */
export interface RegionOfPair {
  readonly region: string
  readonly settings: Settings
}

/** A Region that hangs must not keep the other one from being looked at. */
const limitMs = askLimitsMs.firstAsks

/**
 * Looks at two Regions of one user pool with the operator's credentials, and changes nothing. Of the secrets it keeps
 * digests with a new key each time, so that values can be compared and nothing else.
 *
 * @param only the client that alone is looked at, beside the pair itself; undefined for everything
 */
export async function askPair(both: InBoth<RegionOfPair>, only?: string): Promise<PairFindings> {
  const isAsked = (name: string) => only === undefined || name === only
  const key = randomBytes(32)
  const [primary, replica] = both
  const targets = toTargets(primary.settings).filter((one) => isAsked(toTargetName(one)))
  const clients = [...primary.settings.clients.values()].filter(
    ({ name, userPoolId }) => userPoolId !== undefined && isAsked(name),
  )
  const secrets = targets.map(async (target) => ({
    ...{ name: toTargetName(target), secretId: toSecretId(target) },
    found: await inBoth(both, ({ region }) => askSecret(region, toSecretId(target), key)),
  }))
  const pools = clients.map(async (client) => ({
    client,
    found: await inBoth(both, ({ settings }) => askPool(settings.clients.get(client.clientId))),
  }))
  return {
    regions: [primary.region, replica.region],
    publicUrl: primary.settings.publicUrl,
    secrets: await Promise.all(secrets),
    clients: await Promise.all(pools),
  }
}

async function inBoth<T>(
  [primary, replica]: InBoth<RegionOfPair>,
  ask: (one: RegionOfPair) => Promise<T>,
): Promise<InBoth<T>> {
  const [first, second] = await Promise.all([ask(primary), ask(replica)])
  return [first, second]
}

async function askSecret(region: string, secretId: string, key: Buffer): Promise<SecretInRegion> {
  const sdk = new SecretsManagerClient({ region, maxAttempts: 1 })
  const manager = openSecretsManager(limitMs, sdk)
  const [text, copy] = await Promise.all([
    manager.read(secretId, limitMs),
    describeCopy(sdk, secretId),
  ])
  manager.close()
  return { digest: toDigest(text, key), copy }
}

function toDigest(text: Result<string | undefined>, key: Buffer): Result<string> {
  if (!text.ok) return text
  if (text.value === undefined) return fail('secret_malformed', { evidence: ['not_text'] })
  return { ok: true, value: createHmac('sha256', key).update(text.value).digest('hex') }
}

async function describeCopy(
  sdk: SecretsManagerClient,
  secretId: string,
): Promise<Reading<StoredCopy>> {
  try {
    const { PrimaryRegion, RotationEnabled = false } = await sdk.send(
      new DescribeSecretCommand({ SecretId: secretId }),
      { abortSignal: AbortSignal.timeout(limitMs) },
    )
    const region = await sdk.config.region()
    // An original with replicas names its own Region.
    const originalIn = PrimaryRegion === region ? undefined : PrimaryRegion
    return { ok: true, value: { originalIn, isRotating: RotationEnabled } }
  } catch (thrown) {
    return { ok: false, why: toUnreadReason(thrown) }
  }
}

async function askPool(client: Client | undefined): Promise<PoolInRegion> {
  const absent = { ok: false, why: 'absent' } as const
  if (client?.userPoolId === undefined) return { settings: absent, issuerType: absent }
  const { userPoolId: UserPoolId, clientId: ClientId } = client
  const sdk = new CognitoIdentityProviderClient({ region: toReadRegion(client), maxAttempts: 1 })
  const options = { abortSignal: AbortSignal.timeout(limitMs) }
  const [settings, issuerType] = await Promise.all([
    read(async () => {
      const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId })
      return toComparable((await sdk.send(command, options)).UserPoolClient ?? {})
    }),
    read(async () => {
      const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId }), options)
      return UserPool?.IssuerConfiguration?.Type
    }),
  ])
  sdk.destroy()
  return { settings, issuerType }
}

async function read<T>(ask: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await ask() }
  } catch (thrown) {
    return { ok: false, why: toUnreadReason(thrown) }
  }
}

/** What is the secret, or is allowed to differ. */
const leftOut = ['ClientSecret', 'CreationDate', 'LastModifiedDate']

function toComparable(described: object): Readonly<Record<string, string>> {
  const entries = Object.entries(described)
    .filter(([name, value]) => !leftOut.includes(name) && value !== undefined)
    .map(([name, value]: [string, unknown]) => [
      name,
      // Cognito does not say that the order of a list is kept.
      JSON.stringify(Array.isArray(value) ? [...value].sort() : value),
    ])
  return Object.fromEntries(entries)
}
