import { type StageValue, toEntries } from '../../core/setup/stage-text.ts'

/** A stage file as it would be if it said everything itself, or what is wrong with the pair. */
export type JoinedStage =
  | { readonly ok: true; readonly value: StageValue }
  | { readonly ok: false; readonly problems: readonly string[] }

/** What a replica never says itself, so that the two Regions cannot differ in it. */
const shared = [
  ...['clients', 'publicUrl', 'domainName', 'domainBasePath', 'domainFailover'],
  ...['cookieKeySecret', 'rotateSecretsDays', 'edge'],
]

/** Secrets Manager names them in every Region of a replica. */
const regionalName = /^arn:[^:]*:[^:]*:([a-z0-9-]+):/

/** The name of the primary stage that a stage file gives; undefined where it is none of a pair's second one. */
export function toPrimaryName(own: StageValue): string | undefined {
  const name = own['replicaOf']
  return typeof name === 'string' ? name : undefined
}

/**
 * Fills a stage of a second Region up with what the stage of the primary Region says. Nothing rotates there, because
 * a replica of a secret cannot be changed, and its user pools are read in its own Region. Whatever belongs to one
 * Region is refused rather than taken: an ARN names a Region.
 *
 * @param primaryName for the problems
 */
export function joinReplica(
  own: StageValue,
  primary: StageValue,
  primaryName: string,
): JoinedStage {
  const region = own['region']
  const file = `stages/${primaryName}.json`
  const said = shared.filter((field) => field in own)
  const taken = Object.entries(primary).filter(([field]) => !(field in own))
  const problems = [
    ...(toPrimaryName(primary) === undefined
      ? []
      : [`replicaOf names ${primaryName}, a replica itself`]),
    ...(region === primary['region'] ? [`region is that of ${file}, and must be another one`] : []),
    ...(['optional', 'required'].includes(String(primary['edge']))
      ? [`edge of ${file} must be off: its CloudFront leads to one Region`]
      : []),
    ...said.map((field) => `${field} is taken from ${file}, and must not be here`),
    ...taken.flatMap(([field, value]) => judgeTaken(field, value, primary['region'], file)),
    ...toEntries(primary).flatMap((entry, index) =>
      isArn(entry['secretId'])
        ? [`clients[${index}].secretId of ${file} must be a name: an ARN leads to one Region`]
        : [],
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const clients = toEntries(primary).map((entry) =>
    'userPoolId' in entry ? { ...entry, userPoolRegion: region } : entry,
  )
  const moved = taken.map(([field, value]) => [field, toMoved(value, region)])
  return {
    ok: true,
    value: { ...Object.fromEntries(moved), ...own, clients, rotateSecretsDays: 0 },
  }
}

function judgeTaken(
  field: string,
  value: unknown,
  region: unknown,
  file: string,
): readonly string[] {
  if (!isArn(value) || isMultiRegionKey(value)) return []
  if (field === 'cookieKeySecret') {
    return [`cookieKeySecret of ${file} must be a name: an ARN leads to one Region`]
  }
  return regionalName.exec(value)?.[1] === region
    ? [`${field} is missing: that of ${file} is in ${region}`]
    : []
}

/** A multi-Region key of KMS has the same id in each Region. */
function toMoved(value: unknown, region: unknown): unknown {
  return isArn(value) && isMultiRegionKey(value)
    ? value.replace(/^(arn:[^:]*:kms:)[^:]+/, `$1${region}`)
    : value
}

function isMultiRegionKey(arn: string): boolean {
  return /^arn:[^:]*:kms:[^:]*:\d+:key\/mrk-/.test(arn)
}

function isArn(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('arn:')
}
