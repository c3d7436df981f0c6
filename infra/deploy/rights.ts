import { edgeRegion } from '../edge/problems.ts'
import { listAliased } from '../gradual/versions.ts'
import type { Stage } from '../stage.ts'
import type { DeployNames } from './names.ts'
import { type Caller, type Right, toRight } from './right.ts'
import { listSiteRights } from './site-rights.ts'

/**
 * Lists the rights that a deployment needs, by the resource that stands for all of their kind. The list is of what
 * stops a deployment early; CloudFormation may need more for single properties.
 */
export function listRights(names: DeployNames, stage: Stage, caller: Caller): readonly Right[] {
  const arns = toArns(stage, caller)
  return [
    ...listUsual(names, arns),
    ...listOptional(names, stage, arns),
    ...listDomainRights(stage, arns, caller.partition),
    ...listEdgeRights(names, stage, caller),
    ...(stage.site ? listSiteRights(names.stack, caller) : []),
    ...listCanaryRights(names, stage, arns),
  ]
}

/** Makes the ARNs of resources, as each service writes them. */
interface Arns {
  readonly toRegional: (service: string, rest: string) => string
  readonly toBucket: (name: string) => string
  readonly toRole: (name: string) => string
  readonly toApi: (path: string) => string
}

function toArns({ region, rolePath = '/' }: Stage, { partition, account }: Caller): Arns {
  return {
    toRegional: (service, rest) => `arn:${partition}:${service}:${region}:${account}:${rest}`,
    toBucket: (name) => `arn:${partition}:s3:::${name}`,
    toRole: (name) => `arn:${partition}:iam::${account}:role${rolePath}${name}`,
    toApi: (path) => `arn:${partition}:apigateway:${region}::${path}`,
  }
}

function listUsual(names: DeployNames, arns: Arns): readonly Right[] {
  const { stack } = names
  const { toRegional, toBucket, toRole, toApi } = arns
  return [
    toRight(toRegional('cloudformation', `stack/${stack}/1`), 'cloudformation', [
      ...['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet'],
      ...['DescribeStacks', 'DescribeStackEvents', 'DescribeStackResource'],
    ]),
    toRight(toBucket(`${stack}-bucket`), 's3', [
      ...['CreateBucket', 'PutBucketPolicy', 'PutEncryptionConfiguration', 'ListBucket'],
    ]),
    toRight(toBucket(`${stack}-bucket/package.zip`), 's3', ['GetObject', 'PutObject']),
    toRight(toRole(`${stack}-role`), 'iam', [
      ...['CreateRole', 'GetRole', 'PassRole', 'PutRolePolicy'],
    ]),
    toRight(toRegional('lambda', `function:${names.functions[0] ?? stack}`), 'lambda', [
      ...['CreateFunction', 'GetFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration'],
      ...['PutFunctionConcurrency', 'AddPermission'],
    ]),
    toRight(toRegional('logs', `log-group:${names.logGroups[0] ?? stack}:*`), 'logs', [
      ...['CreateLogGroup', 'PutRetentionPolicy'],
    ]),
    toRight(toApi('/apis'), 'apigateway', ['POST', 'GET']),
    toRight(toRegional('cloudwatch', `alarm:${stack}-alarm`), 'cloudwatch', [
      ...['PutMetricAlarm', 'PutCompositeAlarm'],
    ]),
    toRight(toRegional('sns', `${stack}-topic`), 'sns', ['CreateTopic', 'SetTopicAttributes']),
  ]
}

function listOptional({ stack }: DeployNames, stage: Stage, arns: Arns): readonly Right[] {
  const { toRegional } = arns
  const tagged = [
    [toRegional('lambda', `function:${stack}-oauth2`), 'lambda'],
    [toRegional('logs', `log-group:${stack}`), 'logs'],
    [toRegional('cloudwatch', `alarm:${stack}-alarm`), 'cloudwatch'],
    [toRegional('sns', `${stack}-topic`), 'sns'],
  ] as const
  return [
    ...(stage.doctorSchedule
      ? [toRight(toRegional('events', `rule/${stack}-rule`), 'events', ['PutRule', 'PutTargets'])]
      : []),
    ...(stage.evidenceTable
      ? [toRight(toRegional('dynamodb', `table/${stack}-table`), 'dynamodb', ['CreateTable'])]
      : []),
    ...(listAliased(stage).length > 0
      ? [
          toRight(toRegional('lambda', `function:${stack}-oauth2`), 'lambda', [
            ...['PublishVersion', 'CreateAlias', 'UpdateAlias', 'ListVersionsByFunction'],
            ...['ListAliases', 'DeleteFunction'],
          ]),
        ]
      : []),
    ...(stage.gradualDeployment
      ? [
          toRight(
            toRegional('codedeploy', `deploymentgroup:${stack}/oauth2-gradual`),
            'codedeploy',
            [...['CreateDeploymentGroup', 'CreateDeployment', 'GetDeployment']],
          ),
          toRight(toRegional('codedeploy', `application:${stack}`), 'codedeploy', [
            ...['CreateApplication', 'RegisterApplicationRevision'],
          ]),
        ]
      : []),
    ...(Object.keys(stage.tags).length > 0
      ? tagged.map(([arn, service]) => toRight(arn, service, ['TagResource']))
      : []),
  ]
}

function listCanaryRights(
  { stack }: DeployNames,
  { canaryEveryMinutes }: Stage,
  { toRegional }: Arns,
): readonly Right[] {
  if (canaryEveryMinutes === 0) return []
  return [
    toRight(toRegional('synthetics', `canary:${stack}-smoke`), 'synthetics', [
      ...['CreateCanary', 'GetCanary', 'StartCanary', 'UpdateCanary'],
    ]),
  ]
}

function listDomainRights(stage: Stage, { toApi }: Arns, partition: string): readonly Right[] {
  const { domainName, domainHostedZone } = stage
  if (domainName === undefined) return []
  return [
    toRight(toApi('/domainnames'), 'apigateway', ['POST']),
    ...(domainHostedZone === undefined ? [] : [toZoneRight(partition, domainHostedZone)]),
  ]
}

function listEdgeRights(
  { edge }: DeployNames,
  { edgeHostedZone }: Stage,
  { partition, account }: Caller,
): readonly Right[] {
  if (edge === undefined) return []
  const toArn = (service: string, region: string, rest: string) =>
    `arn:${partition}:${service}:${region}:${account}:${rest}`
  return [
    toRight(toArn('cloudformation', edgeRegion, `stack/${edge.stack}/1`), 'cloudformation', [
      ...['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet'],
      ...['DescribeStacks', 'DescribeStackEvents'],
    ]),
    toRight(toArn('cloudfront', '', 'distribution/1'), 'cloudfront', [
      ...['CreateDistribution', 'GetDistribution', 'UpdateDistribution'],
    ]),
    toRight(toArn('wafv2', edgeRegion, `global/webacl/${edge.stack}/1`), 'wafv2', [
      ...['CreateWebACL', 'GetWebACL', 'UpdateWebACL'],
    ]),
    ...(edgeHostedZone === undefined ? [] : [toZoneRight(partition, edgeHostedZone)]),
  ]
}

function toZoneRight(partition: string, zone: string): Right {
  const actions = ['ChangeResourceRecordSets', 'ListResourceRecordSets']
  return toRight(`arn:${partition}:route53:::hostedzone/${zone}`, 'route53', actions)
}
