import { parseCookieKey } from '../../core/cookie-key.ts'
import type {
  ActiveSecret,
  Content,
  Seen,
  SeenVersion,
  ValueAlias,
} from '../../core/rotation/seen.ts'
import { isAddable, parseOtherSecret } from '../../core/rotation/stored-version.ts'
import type { Target } from '../../core/rotation/target.ts'
import { toSecretId } from '../../core/rotation/target.ts'
import type { Secret } from '../../core/secret.ts'
import { parseStoredSecret } from '../../core/stored-secret.ts'
import type { PoolSecrets } from './pool-secrets.ts'
import type { DescribedSecret, ReadVersion, SecretVersions, StepResult } from './secret-versions.ts'

/** What was seen of a secret, without what the clock and questions add to it. */
export type Look = Pick<Seen, 'versions' | 'currentSinceMs' | 'changedAtMs' | 'active' | 'schedule'>

/** Looks at a secret and keeps its values to itself: they go by their aliases. */
export interface View {
  /** Looks at Secrets Manager and Cognito again. */
  readonly look: () => Promise<StepResult<Look>>
  readonly toAlias: (value: Secret) => ValueAlias
  readonly toSecret: (value: ValueAlias) => Secret | undefined
  /** The text of AWSCURRENT, whose further fields a new version keeps; undefined where there is none. */
  readonly currentText: () => string | undefined
}

/** Opens the view of one secret for one invocation. */
export function openView(
  target: Target,
  token: string,
  { versions, pool }: { readonly versions: SecretVersions; readonly pool: PoolSecrets },
): View {
  const values: Secret[] = []
  let currentText: string | undefined
  const toAlias = (value: Secret): ValueAlias => {
    const known = values.findIndex((one) => one.equals(value))
    return known >= 0 ? known : values.push(value) - 1
  }
  const look = async (): Promise<StepResult<Look>> => {
    const secretId = toSecretId(target)
    const described = await versions.describe(secretId)
    if (!described.ok) return described
    const labelled = Object.entries(described.value.labels).filter(
      ([id, labels]) => id === token || labels.some((label) => known.has(label)),
    )
    const reads = labelled.map(async ([id, labels]) => {
      const read = await versions.read(secretId, id)
      return read.ok ? { ...read.value, id, labels } : read
    })
    const [listed, ...found] = await Promise.all([listActive(target, pool), ...reads])
    if (!listed.ok) return listed
    const seen: SeenVersion[] = []
    for (const version of found) {
      if ('ok' in version) return version
      if (version.labels.includes('AWSCURRENT')) currentText = version.text
      seen.push(toSeen(target, version, toAlias))
    }
    return { ok: true, value: toLook(described.value, seen, listed.value) }
  }
  return { look, toAlias, toSecret: (value) => values[value], currentText: () => currentText }
}

const known: ReadonlySet<string> = new Set(['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'])

async function listActive(
  target: Target,
  pool: PoolSecrets,
): Promise<StepResult<readonly ActiveSecret[]>> {
  return target.is === 'client' ? pool.list(target.client) : { ok: true, value: [] }
}

type Labelled = ReadVersion & { readonly id: string; readonly labels: readonly string[] }

function toSeen(
  target: Target,
  { id, labels, text, isMissing, createdAtMs }: Labelled,
  toAlias: (value: Secret) => ValueAlias,
): SeenVersion {
  const content: Content = isMissing ? { is: 'missing' } : toContent(target, text, toAlias)
  return { id, labels, createdAtMs, content, other: parseOtherSecret(text, id) }
}

function toContent(
  target: Target,
  text: string | undefined,
  toAlias: (value: Secret) => ValueAlias,
): Content {
  const parsed =
    target.is === 'client' ? parseStoredSecret(text, target.client.clientId) : parseCookieKey(text)
  return parsed.ok
    ? { is: 'usable', value: toAlias(parsed.value), isAddable: isAddable(parsed.value) }
    : { is: 'malformed' }
}

/** The date of the last rotation is that of AWSCURRENT where it is younger than its version. */
function toLook(
  { changedAtMs, rotatedAtMs, isScheduled, nextRotationAtMs }: DescribedSecret,
  versions: readonly SeenVersion[],
  active: readonly ActiveSecret[],
): Look {
  const current = versions.find(({ labels }) => labels.includes('AWSCURRENT'))
  const isOfCurrent = rotatedAtMs !== undefined && rotatedAtMs >= (current?.createdAtMs ?? 0)
  return {
    versions,
    active,
    changedAtMs,
    currentSinceMs: isOfCurrent ? rotatedAtMs : changedAtMs,
    schedule: { isOn: isScheduled, lastAtMs: rotatedAtMs, nextAtMs: nextRotationAtMs },
  }
}
