import type { Failure, Result } from '../causes/catalogue.ts'
import type { Client } from '../settings/settings.ts'
import { toReplicateCommand } from './command.ts'
import type { Check, Reading, UnreadReason, Verdict } from './findings.ts'
import { judgePairIssuer } from './pair-issuer.ts'
import { pass, reject, rejectFailure, skip, warn } from './verdict.ts'

/** Every check of two Regions, in the order in which they are made and shown. */
export const pairCheckNames = [
  'one_address',
  'same_secret',
  'secret_replica',
  'same_app_client',
  'one_issuer',
] as const
type PairCheckName = (typeof pairCheckNames)[number]

/** One check of two Regions as it is shown. */
export interface PairCheck extends Omit<Check, 'name'> {
  readonly name: PairCheckName
  /** The client that it is about, or `cookie-key`; absent where it is about the pair. */
  readonly client?: string
}

/** The checks of two Regions together. */
export interface PairReport {
  /** The primary Region first. */
  readonly regions: readonly [string, string]
  readonly isWell: boolean
  readonly checks: readonly PairCheck[]
}

/** What Secrets Manager of one Region says of a secret, and never its value. */
export interface StoredCopy {
  /** The Region of the original, if this is a replica. */
  readonly originalIn: string | undefined
  readonly isRotating: boolean
}

/** A secret in one Region. */
export interface SecretInRegion {
  /** A digest of its current value, keyed for this comparison alone. */
  readonly digest: Result<string>
  readonly copy: Reading<StoredCopy>
}

/** An app client and its user pool in one Region. */
export interface PoolInRegion {
  /** The settings of the app client by their names, as texts that can be compared. */
  readonly settings: Reading<Readonly<Record<string, string>>>
  /** In whose name the pool issues tokens: `UPDATED` is the issuer of all Regions. */
  readonly issuerType: Reading<string | undefined>
}

/** The same thing in both Regions, the primary one first. */
export type InBoth<T> = readonly [T, T]

/** Everything that was found out about two Regions. */
export interface PairFindings {
  readonly regions: readonly [string, string]
  readonly publicUrl: string
  readonly secrets: readonly {
    readonly name: string
    readonly secretId: string
    readonly found: InBoth<SecretInRegion>
  }[]
  /** Clients that name their user pool. */
  readonly clients: readonly { readonly client: Client; readonly found: InBoth<PoolInRegion> }[]
}

/**
 * Judges whether two Regions can stand in for each other: what both must have alike, and what only one may do. What
 * a Region that is down does not answer is skipped, so that nothing is blamed on it.
 */
export function judgePair(findings: PairFindings): PairReport {
  const { regions, publicUrl, secrets, clients } = findings
  const checks: readonly PairCheck[] = [
    { name: 'one_address', ...judgeAddress(publicUrl) },
    ...secrets.flatMap(({ name: client, secretId, found }) => [
      { name: 'same_secret' as const, client, ...judgeSameSecret(found, regions, secretId) },
      { name: 'secret_replica' as const, client, ...judgeReplica(found, regions, secretId) },
    ]),
    ...clients.flatMap(({ client, found }) => [
      {
        name: 'same_app_client' as const,
        client: client.name,
        ...judgeSame(found, regions, client),
      },
      {
        name: 'one_issuer' as const,
        client: client.name,
        ...judgePairIssuer(client, found[0].issuerType),
      },
    ]),
  ]
  return { regions, isWell: checks.every(({ status }) => status !== 'failed'), checks }
}

function judgeAddress(publicUrl: string): Verdict {
  return publicUrl === ''
    ? warn(
        'publicUrl is not set, so that front ends reach one Region only',
        'Give both Regions one custom domain name, and set publicUrl to it in the stage of the primary Region.',
      )
    : pass(`${publicUrl} in both Regions`)
}

function judgeSameSecret(
  [{ digest: one }, { digest: other }]: InBoth<SecretInRegion>,
  regions: PairReport['regions'],
  secretId: string,
): Verdict {
  const replicate = toReplicateFix(regions, secretId)
  if (!one.ok) return toUnreadSecret(one, regions[0])
  if (!other.ok) {
    return toUnreadSecret(other, regions[1], other.cause === 'secret_not_found' ? replicate : {})
  }
  return one.value === other.value
    ? pass(`${secretId} has the same value in both`)
    : reject('regions_differ', `${secretId} has another value in ${regions[1]}`, replicate)
}

function toUnreadSecret(failure: Failure, region: string, more: Partial<Verdict> = {}): Verdict {
  const { cause } = failure
  if (cause === 'secret_unavailable' || cause === 'secret_throttled') {
    return { status: 'skipped', found: `skipped: Secrets Manager of ${region} did not answer` }
  }
  const verdict = rejectFailure(failure, more)
  return { ...verdict, found: `${region}: ${verdict.found}` }
}

function toReplicateFix([first, second]: PairReport['regions'], secretId: string) {
  return {
    fix: `Replicate the secret of ${first}; one of that name in ${second} has to be deleted first.`,
    command: toReplicateCommand(secretId, first, second),
  }
}

/** A replica cannot rotate, and gets every new value; a secret of its own would be left behind by a rotation. */
function judgeReplica(
  [first, second]: InBoth<SecretInRegion>,
  regions: PairReport['regions'],
  secretId: string,
): Verdict {
  const { copy } = second
  if (!copy.ok) return skipSecret(copy.why, regions[1])
  if (copy.value.originalIn === regions[0]) return pass(`a replica of that in ${regions[0]}`)
  const fix = toReplicateFix(regions, secretId)
  if (copy.value.originalIn !== undefined) {
    return reject('regions_differ', `a replica of that in ${copy.value.originalIn}`, fix)
  }
  const found = `a secret of its own in ${regions[1]}, and no replica`
  const isRotating = copy.value.isRotating || (first.copy.ok && first.copy.value.isRotating)
  return isRotating
    ? reject('regions_differ', `${found}: a rotation in one Region does not reach the other`, fix)
    : warn(found, fix.fix)
}

function skipSecret(why: UnreadReason, region: string): Verdict {
  if (why === 'denied') {
    return {
      status: 'skipped',
      found: `skipped: no permission to describe the secret in ${region}`,
      fix: 'Allow secretsmanager:DescribeSecret on the secret.',
    }
  }
  return { status: 'skipped', found: `skipped: no description of the secret in ${region}` }
}

function judgeSame(
  [{ settings: one }, { settings: other }]: InBoth<PoolInRegion>,
  regions: PairReport['regions'],
  client: Client,
): Verdict {
  if (!one.ok) return toUndescribed(one.why, regions[0], client)
  if (!other.ok) return toUndescribed(other.why, regions[1], client)
  const names = new Set([...Object.keys(one.value), ...Object.keys(other.value)])
  const different = [...names].filter((name) => one.value[name] !== other.value[name]).sort()
  return different.length === 0
    ? pass(`${client.clientId} is described alike in both`)
    : reject('regions_differ', `different in the two Regions: ${different.join(', ')}`, {
        fix: 'Change the app client in the primary Region only, and give the replica a minute.',
      })
}

function toUndescribed(why: UnreadReason, region: string, client: Client): Verdict {
  if (why !== 'absent') return { ...skip(why), status: 'warning' }
  return reject('regions_differ', `${region} has no ${client.clientId} in ${client.userPoolId}`, {
    fix: 'Let Cognito replicate the user pool to the second Region, and activate the replica.',
  })
}
