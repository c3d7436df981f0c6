import { type CauseName, toCause } from '../../core/causes/catalogue.ts'
import {
  generalRunbookPage,
  type LogicalId,
  toAlarmDescription,
  toAlarmId,
  toAlarmName,
  toCauseAlarmName,
} from '../alarms/alarm.ts'
import type { BuiltName } from '../functions.ts'
import { toFunctionId } from '../logical-ids.ts'
import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'

/**
 * The causes that mean "this deployment is bad", each with what a deployment can have done to make it occur. Their alarms
 * take it back; CodeDeploy looks at ten alarms at most. Left out is what a deployment does not cause: what Cognito or
 * the network does and how slow they are, too much traffic, mistakes of callers, and whatever a stranger can provoke.
 */
export const stoppingCauses = {
  unforeseen: 'the new code has a bug',
  config_invalid: 'the new code does not take the settings',
  secret_access_denied: 'the new role does not reach a secret, or its key',
  secret_not_found: 'the stage names another secret',
  secret_malformed: 'the stage names a secret of another form',
  client_not_found: 'the stage names another app client or domain',
  client_secret_mismatch: 'the stage names the secret of another app client',
  domain_not_found: 'the stage names another domain',
} as const satisfies Partial<Readonly<Record<CauseName, string>>>

/** The alarms that take a deployment back, by the last part of their names. */
export function listStoppingAlarms({ settings }: Pick<Stage, 'settings'>): readonly string[] {
  // Few series are counted there, and one of them stands for every cause that pages at the first failure.
  if (settings.watch === 'small') return ['failures-at-1']
  return (Object.keys(stoppingCauses) as readonly (keyof typeof stoppingCauses)[])
    .filter((cause) => toCause(cause).alarm !== undefined)
    .map(toCauseAlarmName)
}

/** The logical ids of those alarms. */
export function listStoppingAlarmIds(stage: Pick<Stage, 'settings'>): readonly LogicalId[] {
  return listStoppingAlarms(stage).map((name) => toAlarmId('Alarm', name))
}

/** The logical id of the alarm on the errors of a function's newest version. */
export function toVersionAlarmId(name: BuiltName): LogicalId {
  return toAlarmId('Alarm', `${name}-version-errors`)
}

/**
 * Makes the alarm on the newest version alone: calls that end without an answer. Lambda counts them by version where an
 * alias shares requests, so that it fires within minutes and never for what the version before did. It tells nobody: the
 * deployment that it takes back is what is seen.
 */
export function toVersionAlarm(
  name: BuiltName,
  versionId: LogicalId,
  { aliasName, runbookUrl }: { readonly aliasName: string; readonly runbookUrl: string },
): Resource {
  const functionId = toFunctionId(name)
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: toAlarmName(`${name}-version-errors`),
      AlarmDescription: toAlarmDescription(
        {
          meaning: `Calls of the newest version of the function ${name} end without a response. A gradual deployment of it is taken back.`,
          fix: `Read Lambda's own lines in the log of the function ${name}.`,
          runbookPage: generalRunbookPage,
        },
        runbookUrl,
      ),
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [
        { Name: 'FunctionName', Value: { Ref: functionId } },
        { Name: 'Resource', Value: { 'Fn::Sub': `\${${functionId}}:${aliasName}` } },
        { Name: 'ExecutedVersion', Value: { 'Fn::GetAtt': [versionId, 'Version'] } },
      ],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    },
  }
}
