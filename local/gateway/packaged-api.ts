import type { Cors, Route, Throttle } from '../../core/http-api.ts'

/** What a packaged CloudFormation template makes of the HTTP API and the functions behind it. */
export interface PackagedApi {
  readonly routes: readonly Route[]
  readonly cors: Cors | undefined
  readonly throttle: Throttle
  /** The base path of the custom domain name, without slashes around it. */
  readonly basePath: string | undefined
  /** The environment of each function with a route, as far as the template itself determines it. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Variables whose values only a deployment knows, such as the name of a table. */
  readonly unknownVariables: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/**
 * Reads a packaged template as API Gateway would: routes with their functions, CORS, throttles, and what the
 * functions have in their environment.
 *
 * @throws Error that names what the template lacks
 */
export function readPackagedApi(template: unknown): PackagedApi {
  const resources = toObject(toObject(template)['Resources'])
  const listOf = (type: string) =>
    Object.values(resources)
      .map(toObject)
      .filter((resource) => resource['Type'] === type)
      .map((resource) => toObject(resource['Properties']))
  const [api] = listOf('AWS::ApiGatewayV2::Api')
  const [stage] = listOf('AWS::ApiGatewayV2::Stage')
  if (api === undefined || stage === undefined) throw new Error('the template has no HTTP API')
  const [mapping] = listOf('AWS::ApiGatewayV2::ApiMapping')
  const own = toObject(stage['RouteSettings'])
  const variables = new Map<string, Json>()
  const routes = listOf('AWS::ApiGatewayV2::Route').map((properties): Route => {
    const key = toText(properties['RouteKey'])
    const [method = '', path = ''] = key.split(' ')
    const { name, environment } = findFunction(resources, properties)
    variables.set(name, environment)
    return {
      ...{ method: method as Route['method'], path, function: name as Route['function'] },
      ...(key in own ? { throttle: toThrottle(own[key]) } : {}),
    }
  })
  return {
    routes,
    cors: toCors(api['CorsConfiguration']),
    throttle: toThrottle(stage['DefaultRouteSettings']),
    basePath: mapping && (toText(mapping['ApiMappingKey']) || undefined),
    environments: Object.fromEntries(
      [...variables].map(([name, all]) => [name, toEntries(all, isText)]),
    ) as PackagedApi['environments'],
    unknownVariables: [...new Set([...variables.values()].flatMap(listUnknown))],
  }
}

/** Follows a route over its integration, and an alias where there is one, to the function. */
function findFunction(resources: Json, route: Json): { name: string; environment: Json } {
  const [, parts] = toList(toObject(route['Target'])['Fn::Join'])
  const integration = follow(resources, toList(parts)[1])
  const uri = integration['IntegrationUri']
  const target = follow(resources, uri)
  const properties = 'Handler' in target ? target : follow(resources, target['FunctionName'])
  const [, name] = /\/(\w+)\.handler$/.exec(toText(properties['Handler'])) ?? []
  if (name === undefined) throw new Error('a route of the template leads to no function')
  return { name, environment: toObject(toObject(properties['Environment'])['Variables']) }
}

/** The properties of the resource that a `Ref` or `Fn::GetAtt` names. */
function follow(resources: Json, reference: unknown): Json {
  const { Ref: ref, 'Fn::GetAtt': attribute } = toObject(reference)
  const id = typeof ref === 'string' ? ref : toText(toList(attribute)[0])
  return toObject(toObject(resources[id])['Properties'])
}

function toCors(value: unknown): Cors | undefined {
  if (value === undefined) return undefined
  const cors = toObject(value)
  return {
    allowOrigins: toList(cors['AllowOrigins']).map(toText),
    allowMethods: toList(cors['AllowMethods']).map(toText),
    allowHeaders: toList(cors['AllowHeaders']).map(toText),
    exposeHeaders: toList(cors['ExposeHeaders']).map(toText),
    maxAgeSeconds: Number(cors['MaxAge']),
    allowCredentials: cors['AllowCredentials'] === true,
  }
}

function toThrottle(value: unknown): Throttle {
  const settings = toObject(value)
  return {
    ratePerSecond: Number(settings['ThrottlingRateLimit']),
    burst: Number(settings['ThrottlingBurstLimit']),
  }
}

function listUnknown(variables: Json): readonly string[] {
  return Object.keys(toEntries(variables, (value) => !isText(value)))
}

function toEntries(values: Json, isWanted: (value: unknown) => boolean): Json {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isWanted(value)))
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function toText(value: unknown): string {
  return isText(value) ? value : ''
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function toObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
