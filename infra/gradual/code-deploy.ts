import { toServiceSuffix } from '../account/keys.ts'
import type { LogicalId } from '../alarms/alarm.ts'
import type { BuiltName } from '../functions.ts'
import { toFunctionId, toLogicalName } from '../logical-ids.ts'
import type { Resource } from '../resource.ts'
import { allow, toServiceRole } from '../service-role.ts'

/** The parameter of the template that says how the next version takes over. */
export const shiftParameter = 'Shift'
export const shifts = ['gradual', 'at-once'] as const
export type Shift = (typeof shifts)[number]

const applicationId = 'GradualApplication'
const roleId = 'GradualRole'

/** Lets the next version take over gradually by default; `at-once` is for a fix during an outage, and for the way back. */
export const shiftParameters = {
  [shiftParameter]: {
    Type: 'String',
    Default: shifts[0],
    AllowedValues: shifts,
    Description: 'How the next version takes over; at-once looks at no alarm.',
  },
}

/** Makes the logical id of the group that moves a function's requests to its next version. */
export function toGroupId(name: BuiltName, shift: Shift): LogicalId {
  return `${toLogicalName(name)}${shift === 'gradual' ? 'Gradual' : 'AtOnce'}Group`
}

/** Says how CloudFormation updates an alias; the group is the one that the parameter names. */
export function toUpdatePolicy(name: BuiltName) {
  return {
    CodeDeployLambdaAliasUpdate: {
      ApplicationName: { Ref: applicationId },
      DeploymentGroupName: { 'Fn::Sub': `${name}-\${${shiftParameter}}` },
    },
  }
}

/** Makes the application, and the role that CodeDeploy has for these functions. */
export function toApplication(
  names: readonly BuiltName[],
  { region, aliasName }: { readonly region: string; readonly aliasName: string },
): Readonly<Record<LogicalId, Resource>> {
  return {
    [applicationId]: {
      Type: 'AWS::CodeDeploy::Application',
      Properties: { ComputePlatform: 'Lambda' },
    },
    [roleId]: toCodeDeployRole(names, region, aliasName),
  }
}

/**
 * Makes both groups of a function: each is a way to move its requests, and the parameter chooses. A group moves one
 * function at a time, so that each function has its own.
 *
 * @param alarms the logical ids of the alarms that take a gradual deployment back
 */
export function toGroups(
  name: BuiltName,
  alarms: readonly LogicalId[],
): Readonly<Record<LogicalId, Resource>> {
  const events = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST']
  return {
    [toGroupId(name, 'gradual')]: toGroup(`${name}-gradual`, {
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      AlarmConfiguration: { Enabled: true, Alarms: alarms.map((id) => ({ Name: { Ref: id } })) },
      AutoRollbackConfiguration: { Enabled: true, Events: events },
    }),
    [toGroupId(name, 'at-once')]: toGroup(`${name}-at-once`, {
      DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE'] },
    }),
  }
}

function toGroup(name: string, way: Readonly<Record<string, unknown>>): Resource {
  return {
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    Properties: {
      DeploymentGroupName: name,
      ApplicationName: { Ref: applicationId },
      ServiceRoleArn: { 'Fn::GetAtt': [roleId, 'Arn'] },
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ...way,
    },
  }
}

/**
 * CodeDeploy moves these aliases and reads alarms, and can do nothing else. CloudWatch checks the right to read alarms
 * for all of them at once, whichever are asked for.
 */
function toCodeDeployRole(
  names: readonly BuiltName[],
  region: string,
  aliasName: string,
): Resource {
  const functions = names.flatMap((name) => [
    { 'Fn::GetAtt': [toFunctionId(name), 'Arn'] },
    { 'Fn::Sub': `\${${toFunctionId(name)}.Arn}:${aliasName}` },
  ])
  const alarms = `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:*`
  const suffix = toServiceSuffix(region)
  const isChina = suffix.endsWith('.cn')
  const actions = [
    'lambda:GetAlias',
    'lambda:UpdateAlias',
    'lambda:GetProvisionedConcurrencyConfig',
  ]
  const service = isChina ? `codedeploy.${region}.${suffix}` : `codedeploy.${suffix}`
  return toServiceRole(service, [
    allow(actions, functions),
    allow(['cloudwatch:DescribeAlarms'], [{ 'Fn::Sub': alarms }]),
  ])
}
