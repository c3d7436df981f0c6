import { type Cors, routes, type Throttle, throttle, toCors } from '../core/http-api.ts'
import { textSettings } from '../core/settings/table.ts'
import { accessLogFormat } from './access-log.ts'
import { toDomainOutputs, toDomainResources } from './domain/domain.ts'
import { evidenceTableId, toEvidenceTable } from './evidence-table.ts'
import { type BuiltName, type FunctionPlan, functionNames, planFunctions } from './functions.ts'
import { httpApiStageId, toLogGroupId, toRoleId } from './logical-ids.ts'
import type { Resource } from './resource.ts'
import { toRole } from './role.ts'
import { planRotation, toRotationResources } from './rotation.ts'
import type { Stage } from './stage.ts'
import { toWatching } from './watching.ts'

/** Every file of a function's package, by function, from the project's root. */
export type PackagedFiles = Readonly<Record<BuiltName, readonly string[]>>

/** What `serverless.yml` takes from the code and the stage, named like its own properties. */
export interface Deployment {
  readonly region: string
  readonly logRetentionInDays: number
  readonly accessLogFormat: string
  readonly cors: false | Readonly<Record<string, unknown>>
  readonly disableDefaultEndpoint: boolean
  readonly stackTags: Readonly<Record<string, string>>
  readonly functions: Readonly<Record<string, unknown>>
  readonly resources: Readonly<Record<string, unknown>>
}

/** Derives the whole deployment from the routes, the limits and one checked stage. */
export function toDeployment(stage: Stage, files: PackagedFiles): Deployment {
  const clients = [...stage.settings.clients.values()]
  const plans = listPlans(stage)
  const resources: Record<string, Resource> = {
    ...toWatching(stage),
    ...toRotationResources(stage),
    ...toDomainResources(stage),
  }
  for (const [name, plan] of plans) resources[toRoleId(name)] = toFunctionRole(name, plan, stage)
  if (stage.evidenceTable) {
    resources[evidenceTableId] = toEvidenceTable(stage.evidenceTableKmsKey)
  }
  return {
    region: stage.region,
    logRetentionInDays: stage.logRetentionDays,
    accessLogFormat,
    cors: toCorsProperty(toCors(clients, stage.corsHeaders)),
    disableDefaultEndpoint: stage.disableExecuteApiEndpoint,
    stackTags: stage.tags,
    functions: Object.fromEntries(
      plans.map(([name, plan]) => [name, toFunction(name, plan, stage, files[name])]),
    ),
    resources: {
      Resources: resources,
      Outputs: toDomainOutputs(stage),
      extensions: { [httpApiStageId]: { Properties: toThrottles() } },
    },
  }
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
    userPoolIds: clients.flatMap((client) => client.userPoolId ?? []),
    describesDomains: plan.asksAws && stage.diagnoseDomain,
    tableId: plan.remembersUses ? evidenceTableId : undefined,
    rotates: plan.rotates === true,
    kmsKey: stage.secretsKmsKey,
    tableKmsKey: stage.evidenceTableKmsKey,
    environment:
      stage.environmentKmsKey === undefined
        ? undefined
        : { kmsKey: stage.environmentKmsKey, functionName: `\${AWS::StackName}-${name}` },
  })
}

function toThrottles() {
  const own = routes.flatMap((route) =>
    route.throttle === undefined
      ? []
      : [[`${route.method} ${route.path}`, toRouteSettings(route.throttle)]],
  )
  return { DefaultRouteSettings: toRouteSettings(throttle), RouteSettings: Object.fromEntries(own) }
}

/** Detailed metrics cost extra for each route and add nothing to the functions' own metrics. */
function toRouteSettings({ ratePerSecond, burst }: Throttle) {
  return {
    DetailedMetricsEnabled: false,
    ThrottlingRateLimit: ratePerSecond,
    ThrottlingBurstLimit: burst,
  }
}

function toFunction(name: BuiltName, plan: FunctionPlan, stage: Stage, files: readonly string[]) {
  const table = plan.remembersUses
    ? { [textSettings.evidenceTable.variable]: { Ref: evidenceTableId } }
    : {}
  return {
    handler: `dist/functions/${name}.handler`,
    timeout: plan.timeoutSeconds,
    memorySize: plan.memoryMb,
    reservedConcurrency: plan.reservedConcurrency,
    role: toRoleId(name),
    environment: { ...stage.environment, ...table },
    package: { patterns: files },
    events: plan.events,
    ...(stage.environmentKmsKey === undefined ? {} : { kmsKeyArn: stage.environmentKmsKey }),
    ...plan.unawaited,
  }
}

/** With native apps only, there is no origin to allow, and the HTTP API has no CORS rules. */
function toCorsProperty(cors: Cors): Deployment['cors'] {
  if (cors.allowOrigins.length === 0) return false
  return {
    allowedOrigins: cors.allowOrigins,
    allowedMethods: cors.allowMethods,
    allowedHeaders: cors.allowHeaders,
    exposedResponseHeaders: cors.exposeHeaders,
    maxAge: cors.maxAgeSeconds,
    ...(cors.allowCredentials ? { allowCredentials: true } : {}),
  }
}
