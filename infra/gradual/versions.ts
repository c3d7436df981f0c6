import { createHash } from 'node:crypto'
import type { BuiltName } from '../functions.ts'
import { toFunctionId, toLogicalName } from '../logical-ids.ts'
import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'

type GradualStage = Pick<Stage, 'gradualDeployment' | 'provisionedConcurrency'>

/**
 * Which functions are called through an alias, which can share requests between two versions and keep sandboxes
 * warm. `doctor` and `rotate` never are: nobody waits for them, nothing they do can be shared between versions, and a
 * round of the newest doctor says at once whether the newest settings are right.
 */
export function listAliased(stage: GradualStage): readonly BuiltName[] {
  if (stage.gradualDeployment) return ['oauth2', 'metadata']
  return stage.provisionedConcurrency > 0 ? ['oauth2'] : []
}

/**
 * Tells what a version consists of: its code, and the digests of edge keys, because a published version keeps the
 * environment that it was made with.
 *
 * @param edgeKeys undefined where no edge is in front
 */
export function toVersionDigest(codeDigest: string, edgeKeys: string | undefined): string {
  if (edgeKeys === undefined) return codeDigest
  return createHash('sha256')
    .update(JSON.stringify([codeDigest, edgeKeys]))
    .digest('hex')
}

/** What belongs to the function and to none of its versions. */
const unversioned = new Set(['Code', 'ReservedConcurrentExecutions', 'Tags'])

/**
 * Makes the newest version of a function. A version cannot be changed, so that its logical id follows from its content:
 * with another one, CloudFormation publishes another version. The old one is left behind, because the alias may
 * still lead a request to it, and `npm run deploy` deletes it some deployments later. The path of the role belongs to the
 * content: another path is another role, and a version keeps the one that it was published with, which is then deleted.
 *
 * @param digest tells one code of the function from another; where it is absent, the place of the code has to
 */
export function toVersion(
  name: BuiltName,
  lambda: Resource,
  { rolePath }: Pick<Stage, 'rolePath'>,
  digest: string | undefined,
): readonly [id: string, version: Resource] {
  const settings = Object.entries(lambda.Properties).filter(([key]) => !unversioned.has(key))
  const content = [
    digest ?? lambda.Properties['Code'],
    Object.fromEntries(settings),
    ...(rolePath === undefined ? [] : [rolePath]),
  ]
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
  return [
    `${toLogicalName(name)}Version${hash}`,
    {
      Type: 'AWS::Lambda::Version',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { FunctionName: { Ref: toFunctionId(name) } },
    },
  ]
}

/** As many versions stay as packages in the bucket, besides those in use. */
const keptVersions = 5

/** Chooses the published versions to delete: old ones that no alias leads to. */
export function choosePrunable(
  versions: readonly string[],
  used: readonly string[],
): readonly string[] {
  const numbers = versions.filter((version) => /^\d+$/.test(version) && !used.includes(version))
  return numbers.toSorted((one, other) => Number(other) - Number(one)).slice(keptVersions)
}
