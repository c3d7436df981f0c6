import { toTemplate } from '../deployment.ts'
import { edgeRegion } from '../edge/problems.ts'
import { toEdgeTemplate } from '../edge/template.ts'
import { type CompiledTemplate, finishTemplate } from '../finish-template.ts'
import { listAliased } from '../gradual/versions.ts'
import type { Stage } from '../stage.ts'
import type { DeployNames } from './names.ts'
import {
  aFunction,
  anything,
  bucket,
  distribution,
  file,
  type Place,
  type Sample,
  stack,
} from './resource-arns.ts'
import { listResourceRights } from './resource-rights.ts'
import { type Caller, type Right, toRight } from './right.ts'

/** The bucket that osls adds to the template; `serverless.yml` says how. */
const ofOsls: CompiledTemplate['Resources'] = {
  ServerlessDeploymentBucket: {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketEncryption: {}, PublicAccessBlockConfiguration: {} },
  },
  ServerlessDeploymentBucketPolicy: { Type: 'AWS::S3::BucketPolicy' },
}

/**
 * Lists the rights that a deployment needs, by the resource that stands for all of their kind: what CloudFormation does
 * in the name of whoever deploys, for every resource of the templates, and what the commands do themselves.
 */
export function listRights(names: DeployNames, stage: Stage, caller: Caller): readonly Right[] {
  const { region, rolePath = '/' } = stage
  const at: Place = { ...caller, region, rolePath, stack: names.stack }
  const { Resources } = toTemplate(stage)
  const own = finishTemplate({ Resources: { ...Resources, ...ofOsls } }, stage)
  return merge([
    ...listStackRights(at),
    ...listResourceRights(own.Resources, at),
    ...listRightsOfCommands(stage, at),
    ...listEdgeRights(names, stage, at),
  ])
}

function listEdgeRights({ edge }: DeployNames, stage: Stage, at: Place): readonly Right[] {
  if (edge === undefined) return []
  const front: Place = { ...at, region: edgeRegion, stack: edge.stack }
  return [...listStackRights(front), ...listResourceRights(toEdgeTemplate(stage).Resources, front)]
}

function listStackRights(at: Place): readonly Right[] {
  return [
    to(at, stack, 'CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet'),
    to(at, stack, 'DescribeStacks DescribeStackEvents'),
  ]
}

/** What is uploaded, looked up and cleared away beside the stack. */
function listRightsOfCommands({ site, ...stage }: Stage, at: Place): readonly Right[] {
  return [
    to(at, stack, 'DescribeStackResource'),
    to(at, anything('cloudformation'), 'ValidateTemplate'),
    to(at, file, 'GetObject PutObject DeleteObject'),
    ...(listAliased(stage).length > 0
      ? [to(at, aFunction, 'ListVersionsByFunction ListAliases DeleteFunction')]
      : []),
    ...(site
      ? [
          to(at, bucket, 'ListBucketVersions'),
          to(at, file, 'DeleteObjectVersion'),
          to(at, distribution, 'CreateInvalidation'),
        ]
      : []),
  ]
}

function to(at: Place, { service, toArn }: Sample, actions: string): Right {
  return toRight(toArn(at, {}), service, actions.split(' '))
}

/** IAM is asked once for each resource. */
function merge(rights: readonly Right[]): readonly Right[] {
  const byResource = Map.groupBy(rights, ({ resource }) => resource)
  return [...byResource].map(([resource, same]) => ({
    resource,
    actions: [...new Set(same.flatMap(({ actions }) => actions))],
  }))
}
