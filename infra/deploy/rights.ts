import type { Stage } from '../stage.ts'
import type { DeployNames } from './names.ts'

/** Actions that one deployment needs on one resource; IAM judges them together. */
export interface Right {
  readonly actions: readonly string[]
  readonly resource: string
}

/** Whose rights they are, and where. */
export interface Caller {
  readonly account: string
  readonly partition: string
}

/**
 * Lists the rights that a deployment needs, by the resource that stands for all of their kind. The list is of what
 * stops a deployment early; CloudFormation may need more for single properties.
 */
export function listRights(names: DeployNames, stage: Stage, caller: Caller): readonly Right[] {
  const { stack } = names
  const { region } = stage
  const toArn = (service: string, rest: string) =>
    `arn:${caller.partition}:${service}:${region}:${caller.account}:${rest}`
  const toGlobalArn = (service: string, owner: string, rest: string) =>
    `arn:${caller.partition}:${service}::${owner}:${rest}`
  return [
    toRight(toArn('cloudformation', `stack/${stack}/1`), 'cloudformation', [
      ...['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet'],
      ...['DescribeStacks', 'DescribeStackEvents', 'DescribeStackResource'],
    ]),
    toRight(`arn:${caller.partition}:s3:::${stack}-bucket`, 's3', [
      ...['CreateBucket', 'PutBucketPolicy', 'PutEncryptionConfiguration', 'ListBucket'],
    ]),
    toRight(`arn:${caller.partition}:s3:::${stack}-bucket/package.zip`, 's3', [
      ...['GetObject', 'PutObject'],
    ]),
    toRight(toGlobalArn('iam', caller.account, `role/${stack}-role`), 'iam', [
      ...['CreateRole', 'GetRole', 'PassRole', 'PutRolePolicy'],
    ]),
    toRight(toArn('lambda', `function:${names.functions[0] ?? stack}`), 'lambda', [
      ...['CreateFunction', 'GetFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration'],
      ...['PutFunctionConcurrency', 'AddPermission'],
    ]),
    toRight(toArn('logs', `log-group:${names.logGroups[0] ?? stack}:*`), 'logs', [
      ...['CreateLogGroup', 'PutRetentionPolicy'],
    ]),
    toRight(`arn:${caller.partition}:apigateway:${region}::/apis`, 'apigateway', ['POST', 'GET']),
    toRight(toArn('cloudwatch', `alarm:${stack}-alarm`), 'cloudwatch', [
      ...['PutMetricAlarm', 'PutCompositeAlarm'],
    ]),
    toRight(toArn('sns', `${stack}-topic`), 'sns', ['CreateTopic', 'SetTopicAttributes']),
    ...(stage.doctorSchedule
      ? [toRight(toArn('events', `rule/${stack}-rule`), 'events', ['PutRule', 'PutTargets'])]
      : []),
    ...(stage.evidenceTable
      ? [toRight(toArn('dynamodb', `table/${stack}-table`), 'dynamodb', ['CreateTable'])]
      : []),
  ]
}

function toRight(resource: string, service: string, actions: readonly string[]): Right {
  return { actions: actions.map((action) => `${service}:${action}`), resource }
}
