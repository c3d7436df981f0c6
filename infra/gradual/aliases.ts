import type { LogicalId } from '../alarms/alarm.ts'
import type { BuiltName } from '../functions.ts'
import { toAliasId, toFunctionId } from '../logical-ids.ts'
import type { Resource } from '../resource.ts'
import type { Stage } from '../stage.ts'
import { shifts, toApplication, toGroupId, toGroups, toUpdatePolicy } from './code-deploy.ts'
import { listStoppingAlarmIds, toVersionAlarm, toVersionAlarmId } from './stopping-alarms.ts'
import { listAliased, toVersion } from './versions.ts'

/** The alias through which the HTTP API calls a function. */
const aliasName = 'live'

type Resources = Readonly<Record<LogicalId, Resource>>

/**
 * Makes the version and the alias of each function that callers wait for, and what moves requests from one version to
 * the next. None where the stage asks for neither gradual deployments nor warm sandboxes.
 */
export function toGradualResources(
  stage: Stage,
  resources: Resources,
  toDigest?: (name: BuiltName) => string,
): Resources {
  const names = listAliased(stage)
  const parts = names.map((name) => {
    const lambda = resources[toFunctionId(name)]
    if (lambda === undefined) throw new Error(`the template has no function ${name}`)
    const [versionId, version] = toVersion(name, lambda, stage, toDigest?.(name))
    return {
      [versionId]: version,
      [toAliasId(name)]: toAlias(name, versionId, stage),
      ...(stage.gradualDeployment ? toShifting(name, versionId, stage) : {}),
    }
  })
  return {
    ...Object.assign({}, ...parts),
    ...(stage.gradualDeployment ? toApplication(names, { region: stage.region, aliasName }) : {}),
  }
}

function toShifting(name: BuiltName, versionId: LogicalId, stage: Stage): Resources {
  const { runbookUrl } = stage.settings
  const alarms = [toVersionAlarmId(name), ...listStoppingAlarmIds(stage)]
  return {
    ...toGroups(name, alarms),
    [toVersionAlarmId(name)]: toVersionAlarm(name, versionId, { aliasName, runbookUrl }),
  }
}

function toAlias(name: BuiltName, versionId: LogicalId, stage: Stage): Resource {
  const warm = name === 'oauth2' ? stage.provisionedConcurrency : 0
  return {
    Type: 'AWS::Lambda::Alias',
    ...(stage.gradualDeployment
      ? {
          // The parameter names the group, so that no reference says which must be there first.
          DependsOn: shifts.map((shift) => toGroupId(name, shift)),
          UpdatePolicy: toUpdatePolicy(name),
        }
      : {}),
    Properties: {
      FunctionName: { Ref: toFunctionId(name) },
      FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] },
      Name: aliasName,
      ...(warm > 0
        ? { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: warm } }
        : {}),
    },
  }
}
