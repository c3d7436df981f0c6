import { functionTimeoutSeconds, type Route, routes, throttle, toCors } from '../core/http-api.ts'
import { accessLogFormat } from './access-log.ts'
import { type Resource, toRole } from './role.ts'
import type { Stage } from './stage.ts'

/** A deployed function, as in `functions/NAME.ts`. */
export type FunctionName = Route['function']

/** Every deployed function, once. */
export const functionNames: readonly FunctionName[] = [
  ...new Set(routes.map((route) => route.function)),
]

/** Every file of a function's package, by function, from the project's root. */
export type PackagedFiles = Readonly<Record<FunctionName, readonly string[]>>

/** What `serverless.yml` takes from the code and the stage, in the terms of its own properties. */
export interface Deployment {
  readonly region: string
  readonly logRetentionInDays: number
  readonly accessLogFormat: string
  readonly cors: false | Readonly<Record<string, unknown>>
  readonly functions: Readonly<Record<string, unknown>>
  readonly resources: Readonly<Record<string, unknown>>
}

/** Derives the whole deployment from the routes, the limits and one checked stage. */
export function toDeployment(stage: Stage, files: PackagedFiles): Deployment {
  const clients = [...stage.settings.clients.values()]
  const secretIds = clients.map((client) => client.secretId)
  const roles = functionNames.map((name): readonly [string, Resource] => [
    toRoleId(name),
    toRole(`${toLogicalName(name)}LogGroup`, secretIds),
  ])
  return {
    region: stage.region,
    logRetentionInDays: stage.logRetentionDays,
    accessLogFormat,
    cors: toCorsProperty(clients),
    functions: Object.fromEntries(
      functionNames.map((name) => [name, toFunction(name, stage, files[name])]),
    ),
    resources: {
      Resources: Object.fromEntries(roles),
      extensions: { HttpApiStage: { Properties: { DefaultRouteSettings: routeSettings } } },
    },
  }
}

/** Detailed metrics are billed for each route and tell nothing that the functions' own do not. */
const routeSettings = {
  DetailedMetricsEnabled: false,
  ThrottlingRateLimit: throttle.ratePerSecond,
  ThrottlingBurstLimit: throttle.burst,
}

function toFunction(name: FunctionName, stage: Stage, files: readonly string[]) {
  return {
    handler: `dist/functions/${name}.handler`,
    timeout: functionTimeoutSeconds,
    memorySize: stage.memoryMb,
    reservedConcurrency: stage.reservedConcurrency,
    role: toRoleId(name),
    environment: stage.environment,
    package: { patterns: files },
    events: routes
      .filter((route) => route.function === name)
      .map(({ method, path }) => ({ httpApi: { method, path } })),
  }
}

/** With native apps alone there is no origin to allow, and the HTTP API has no CORS rules at all. */
function toCorsProperty(clients: Parameters<typeof toCors>[0]): Deployment['cors'] {
  const cors = toCors(clients)
  if (cors.allowOrigins.length === 0) return false
  return {
    allowedOrigins: cors.allowOrigins,
    allowedMethods: cors.allowMethods,
    allowedHeaders: cors.allowHeaders,
    exposedResponseHeaders: cors.exposeHeaders,
    maxAge: cors.maxAgeSeconds,
  }
}

/** How osls begins the names of a function's resources in the template. */
function toLogicalName(name: FunctionName): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

function toRoleId(name: FunctionName): string {
  return `${toLogicalName(name)}Role`
}
