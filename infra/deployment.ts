import { toReadRegion } from '../core/user-pool.ts'
import { toApi, toApiOutputs } from './api.ts'
import { toCanaryResources } from './canary/canary.ts'
import { toDomainOutputs, toDomainResources } from './domain/domain.ts'
import { toDigestParameters } from './edge/digests.ts'
import { evidenceTableId, toEvidenceTable } from './evidence-table.ts'
import { finishTemplate } from './finish-template.ts'
import {
  architecture,
  type Code,
  runtime,
  toFunctionResources,
  toHandler,
} from './function-resources.ts'
import { type BuiltName, type FunctionPlan, functionNames, planFunctions } from './functions.ts'
import { toGradualResources } from './gradual/aliases.ts'
import { shiftParameters } from './gradual/code-deploy.ts'
import { toLogGroupId, toRoleId } from './logical-ids.ts'
import { toFunctionName } from './physical-names.ts'
import type { Resource } from './resource.ts'
import { toRole } from './role.ts'
import { planRotation, toRotationResources } from './rotation.ts'
import { toSiteOutputs, toSiteResources } from './site/site.ts'
import type { Stage } from './stage.ts'
import { toWatching } from './watching.ts'

/** Every file of a function's package, by function, from the project's root. */
export type PackagedFiles = Readonly<Record<BuiltName, readonly string[]>>

/** Everything that CloudFormation makes of one stage. */
export interface Template {
  readonly Description: string
  readonly Parameters?: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, unknown>>
}

/** What `serverless.yml` takes from the code and the stage, named like its own properties. */
export interface Deployment {
  readonly region: string
  readonly runtime: string
  readonly architecture: string
  readonly stackTags: Readonly<Record<string, string>>
  readonly functions: Readonly<Record<string, unknown>>
  /** The template, which osls completes by the code of the functions, and by the bucket that it deploys from. */
  readonly resources: Template
}

/** Derives what osls has to know from one checked stage. */
export function toDeployment(
  stage: Stage,
  files: PackagedFiles,
  toDigest?: (name: BuiltName) => string,
): Deployment {
  return {
    region: stage.region,
    runtime,
    architecture,
    stackTags: stage.tags,
    functions: Object.fromEntries(
      listPlans(stage).map(([name]) => [
        name,
        { handler: toHandler(name), role: toRoleId(name), package: { patterns: files[name] } },
      ]),
    ),
    resources: toTemplate(stage, undefined, toDigest),
  }
}

/**
 * Makes the template of a stage from the routes, the limits, the causes and its fields. Every way to deploy it takes
 * this one and adds no more than where the code of the functions is.
 *
 * @param toCode says where that is; left out where something else fills it in
 * @param toDigest tells one code of a function from another, where the place that `toCode` says does not
 */
export function toTemplate(
  stage: Stage,
  toCode?: (name: BuiltName) => Code,
  toDigest?: (name: BuiltName) => string,
): Template {
  const plans = listPlans(stage)
  const resources: Record<string, Resource> = {
    ...toApi(stage),
    ...toWatching(stage),
    ...toRotationResources(stage),
    ...toDomainResources(stage),
    ...toSiteResources(stage),
    ...toCanaryResources(stage),
  }
  for (const [name, plan] of plans) {
    Object.assign(resources, toFunctionResources(name, plan, stage, toCode?.(name)))
    resources[toRoleId(name)] = toFunctionRole(name, plan, stage)
  }
  Object.assign(resources, toGradualResources(stage, resources, toDigest))
  if (stage.evidenceTable) {
    resources[evidenceTableId] = toEvidenceTable(stage.evidenceTableKmsKey)
  }
  const outputs = { ...toApiOutputs(stage), ...toDomainOutputs(stage), ...toSiteOutputs(stage) }
  const parameters = {
    ...(stage.gradualDeployment ? shiftParameters : {}),
    ...toDigestParameters(stage),
  }
  const section = Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }
  const Description = `The token proxy of the stage ${stage.name}`
  return finishTemplate({ Description, ...section, Resources: resources, Outputs: outputs }, stage)
}

/** Every function that this stage deploys. */
export function listPlans(stage: Stage): readonly (readonly [BuiltName, FunctionPlan])[] {
  const plans = planFunctions(stage)
  const rotation = planRotation(stage)
  return [
    ...functionNames.map((name) => [name, plans[name]] as const),
    ...(rotation === undefined ? [] : [['rotate', rotation] as const]),
  ]
}

function toFunctionRole(name: BuiltName, plan: FunctionPlan, stage: Stage): Resource {
  const clients = plan.asksAws ? [...stage.settings.clients.values()] : []
  return toRole({
    logGroupId: toLogGroupId(name),
    secretIds: [
      ...clients.map((client) => client.secretId),
      ...(plan.readsCookieKey ? [stage.settings.cookieKeySecret] : []),
    ],
    userPools: clients.flatMap((client) =>
      client.userPoolId === undefined
        ? []
        : [{ userPoolId: client.userPoolId, region: toReadRegion(client) }],
    ),
    describesDomains: plan.asksAws && stage.diagnoseDomain,
    tableId: plan.remembersUses ? evidenceTableId : undefined,
    rotates: plan.rotates === true,
    kmsKey: stage.secretsKmsKey,
    tableKmsKey: stage.evidenceTableKmsKey,
    environment:
      stage.environmentKmsKey === undefined
        ? undefined
        : { kmsKey: stage.environmentKmsKey, functionName: toFunctionName(stage.name, name) },
  })
}
