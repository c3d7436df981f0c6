import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation'
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { parseJson } from '../../core/json.ts'
import {
  type ChosenPackage,
  choosePackage,
  findDeployedPackage,
} from '../../infra/deploy/packages.ts'
import { type Shift, shiftParameter } from '../../infra/gradual/code-deploy.ts'
import { serviceName, toStackName } from '../../infra/physical-names.ts'
import { look, toClientSettings } from './look.ts'

/** The package to go back to, and how its versions take over; undefined where its template knows no such parameter. */
export type WayBack =
  | { readonly ok: true; readonly timestamp: string; readonly shift: Shift | undefined }
  | { readonly ok: false; readonly problem: string }

const bucketId = 'ServerlessDeploymentBucket'
/** As osls names it in each package. */
const templateFile = 'compiled-cloudformation-template.json'

/**
 * Finds the package to go back to, in the bucket of the stack. Going back is for a bad deployment, whose alarms are
 * active: its versions take over at once, and no alarm stops them.
 */
export async function findWayBack(
  stageName: string,
  region: string,
  wanted: string | undefined,
): Promise<WayBack> {
  const found = await look(() => findPackage(stageName, region, wanted))
  return found.ok
    ? found.value
    : { ok: false, problem: `the packages could not be read (${found.error})` }
}

async function findPackage(
  stageName: string,
  region: string,
  wanted: string | undefined,
): Promise<WayBack> {
  const cloudFormation = new CloudFormationClient(toClientSettings(region))
  const s3 = new S3Client(toClientSettings(region))
  const StackName = toStackName(stageName)
  const [{ StackResourceDetail }, { TemplateBody = '' }] = await Promise.all([
    cloudFormation.send(
      new DescribeStackResourceCommand({ StackName, LogicalResourceId: bucketId }),
    ),
    cloudFormation.send(new GetTemplateCommand({ StackName })),
  ])
  const place = {
    Bucket: StackResourceDetail?.PhysicalResourceId ?? '',
    Prefix: `serverless/${serviceName}/${stageName}/`,
  }
  const deployed = findDeployedPackage(TemplateBody)
  if (deployed === undefined) return { ok: false, problem: 'the stack has no functions yet' }
  const chosen = choosePackage(await listPackages(s3, place), deployed, wanted)
  return chosen.ok ? { ...chosen, shift: await readShift(s3, place, chosen) } : chosen
}

interface Place {
  readonly Bucket: string
  readonly Prefix: string
}

async function listPackages(s3: S3Client, place: Place): Promise<readonly string[]> {
  const names = new Set<string>()
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, place)) {
    for (const { Key = '' } of Contents) {
      const [folder = '', file] = Key.slice(place.Prefix.length).split('/')
      if (file === templateFile) names.add(folder)
    }
  }
  return [...names]
}

async function readShift(
  s3: S3Client,
  { Bucket, Prefix }: Place,
  { name }: Extract<ChosenPackage, { readonly ok: true }>,
): Promise<Shift | undefined> {
  const Key = `${Prefix}${name}/${templateFile}`
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
  const template = Object(parseJson((await Body?.transformToString()) ?? ''))
  return Object.hasOwn(Object(template['Parameters']), shiftParameter) ? 'at-once' : undefined
}
