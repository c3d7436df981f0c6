import { routes } from '../core/http-api.ts'
import { textSettings } from '../core/settings/table.ts'
import { toDigestVariables } from './edge/digests.ts'
import { evidenceTableId } from './evidence-table.ts'
import type { BuiltName, FunctionPlan } from './functions.ts'
import { toFunctionId, toLogGroupId, toLogicalName, toRoleId } from './logical-ids.ts'
import { toFunctionName, toLogGroupName } from './physical-names.ts'
import type { Resource } from './resource.ts'
import { toRunbookVariable } from './site/site.ts'
import type { Stage } from './stage.ts'

/** The runtime that the functions are built for and deployed to. */
export const runtime = 'nodejs24.x'
export const architecture = 'arm64'

type Resources = Readonly<Record<string, Resource>>

/** Where CloudFormation finds the zip of a function, as the property `Code` says it. */
export type Code = Readonly<Record<string, unknown>>

/**
 * Makes a function, its log group and what invokes it, but not its role.
 *
 * @param code undefined where something else fills it in
 */
export function toFunctionResources(
  name: BuiltName,
  plan: FunctionPlan,
  stage: Stage,
  code?: Code,
): Resources {
  return {
    [toLogGroupId(name)]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        LogGroupName: toLogGroupName(toFunctionName(stage.name, name)),
        RetentionInDays: stage.logRetentionDays,
      },
    },
    [toFunctionId(name)]: toFunction(name, plan, stage, code),
    ...toUnawaited(name, plan),
    ...toSchedule(name, plan),
  }
}

function toFunction(name: BuiltName, plan: FunctionPlan, stage: Stage, code?: Code): Resource {
  const later = {
    ...(plan.remembersUses && { [textSettings.evidenceTable.variable]: { Ref: evidenceTableId } }),
    ...(isAskedThroughEdge(name) && toDigestVariables(stage)),
    ...toRunbookVariable(stage),
  }
  return {
    // Lambda would make the group itself, without a retention.
    DependsOn: [toLogGroupId(name)],
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...(code === undefined ? {} : { Code: code }),
      Handler: toHandler(name),
      Runtime: runtime,
      FunctionName: toFunctionName(stage.name, name),
      MemorySize: plan.memoryMb,
      Timeout: plan.timeoutSeconds,
      Architectures: [architecture],
      Environment: { Variables: { ...stage.environment, ...later } },
      Role: { 'Fn::GetAtt': [toRoleId(name), 'Arn'] },
      ReservedConcurrentExecutions: plan.reservedConcurrency,
      ...(stage.environmentKmsKey === undefined ? {} : { KmsKeyArn: stage.environmentKmsKey }),
    },
  }
}

/** Functions with routes compare the key; the doctor asks through the edge whether theirs is the right one. */
function isAskedThroughEdge(name: BuiltName): boolean {
  return name === 'doctor' || routes.some((route) => route.function === name)
}

/** Names what Lambda calls: the export of a built file, by its path in the zip. */
export function toHandler(name: BuiltName): string {
  return `dist/functions/${name}.handler`
}

function toUnawaited(name: BuiltName, { unawaited }: FunctionPlan): Resources {
  if (unawaited === undefined) return {}
  return {
    [`${toLogicalName(name)}LambdaEvConf`]: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: toFunctionId(name) },
        DestinationConfig: {},
        Qualifier: '$LATEST',
        MaximumEventAgeInSeconds: unawaited.maximumEventAgeSeconds,
        MaximumRetryAttempts: unawaited.maximumRetryAttempts,
      },
    },
  }
}

function toSchedule(name: BuiltName, { schedule }: FunctionPlan): Resources {
  if (schedule === undefined) return {}
  const prefix = toLogicalName(name)
  const ruleId = `${prefix}EventsRuleSchedule1`
  const functionArn = { 'Fn::GetAtt': [toFunctionId(name), 'Arn'] }
  const { rate, event } = schedule
  return {
    [ruleId]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: `rate(${rate})`,
        State: 'ENABLED',
        Targets: [
          {
            ...(event === undefined ? {} : { Input: JSON.stringify(event) }),
            Arn: functionArn,
            Id: `${name}Schedule`,
          },
        ],
      },
    },
    [`${prefix}LambdaPermissionEventsRuleSchedule1`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: functionArn,
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [ruleId, 'Arn'] },
      },
    },
  }
}
