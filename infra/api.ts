import {
  type Cors,
  integrationTimeoutSeconds,
  type Route,
  routes,
  type Throttle,
  throttle,
  toCors,
} from '../core/http-api.ts'
import { accessLogFormat } from './access-log.ts'
import { listAliased } from './gradual/versions.ts'
import {
  accessLogGroupId,
  httpApiId,
  httpApiStageId,
  toAliasId,
  toFunctionId,
  toLogicalName,
} from './logical-ids.ts'
import { serviceName, toAccessLogGroupName, toStackName } from './physical-names.ts'
import type { Resource } from './resource.ts'
import type { Stage } from './stage.ts'

type Resources = Readonly<Record<string, Resource>>

/** Makes the HTTP API of a stage: its routes, what they call, its CORS rules, throttles and access log. */
export function toApi(stage: Stage): Resources {
  const callees = [...new Set(routes.map((route) => route.function))]
  return {
    [httpApiId]: toHttpApi(stage),
    [accessLogGroupId]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        LogGroupName: toAccessLogGroupName(stage.name),
        RetentionInDays: stage.logRetentionDays,
      },
    },
    [httpApiStageId]: toApiStage(),
    ...Object.fromEntries(callees.flatMap((name) => toIntegration(name, stage))),
    ...Object.fromEntries(routes.map((route) => [toRouteId(route), toRoute(route)])),
  }
}

/** Makes what the stack says of the API to whoever reads its outputs. */
export function toApiOutputs(stage: Stage): Readonly<Record<string, unknown>> {
  // Stacks may import these names, which were once given by osls.
  const toExport = (id: string) => ({ Name: `sls-${toStackName(stage.name)}-${id}` })
  const url = ['https://', { Ref: httpApiId }, '.execute-api.', { Ref: 'AWS::Region' }]
  return {
    HttpApiId: {
      Description: 'Id of the HTTP API',
      Value: { Ref: httpApiId },
      Export: toExport('HttpApiId'),
    },
    HttpApiUrl: {
      Description: 'URL of the HTTP API',
      Value: { 'Fn::Join': ['', [...url, '.', { Ref: 'AWS::URLSuffix' }]] },
      Export: toExport('HttpApiUrl'),
    },
  }
}

function toHttpApi(stage: Stage): Resource {
  const cors = toCors([...stage.settings.clients.values()], stage.corsHeaders)
  return {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: {
      Name: `${stage.name}-${serviceName}`,
      ProtocolType: 'HTTP',
      DisableExecuteApiEndpoint: stage.disableExecuteApiEndpoint,
      // With native apps only, there is no origin to allow.
      ...(cors.allowOrigins.length === 0 ? {} : { CorsConfiguration: toCorsProperty(cors) }),
    },
  }
}

function toCorsProperty(cors: Cors) {
  return {
    AllowHeaders: cors.allowHeaders,
    AllowMethods: cors.allowMethods,
    AllowOrigins: cors.allowOrigins,
    ExposeHeaders: cors.exposeHeaders,
    MaxAge: cors.maxAgeSeconds,
    ...(cors.allowCredentials ? { AllowCredentials: true } : {}),
  }
}

/** The API refuses settings of a route that does not exist yet, so its stage waits for those that it names. */
function toApiStage(): Resource {
  const own = routes.flatMap((route) =>
    route.throttle === undefined ? [] : [{ route, settings: toRouteSettings(route.throttle) }],
  )
  return {
    DependsOn: own.map(({ route }) => toRouteId(route)),
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: { Ref: httpApiId },
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: toRouteSettings(throttle),
      AccessLogSettings: {
        DestinationArn: { 'Fn::GetAtt': [accessLogGroupId, 'Arn'] },
        Format: accessLogFormat,
      },
      RouteSettings: Object.fromEntries(
        own.map(({ route, settings }) => [toRouteKey(route), settings]),
      ),
    },
  }
}

/** Detailed metrics cost extra for each route and add nothing to the functions' own metrics. */
function toRouteSettings({ ratePerSecond, burst }: Throttle) {
  return {
    DetailedMetricsEnabled: false,
    ThrottlingRateLimit: ratePerSecond,
    ThrottlingBurstLimit: burst,
  }
}

/**
 * Makes the integration of a function, and lets this API call what it leads to. Without the permission first, requests
 * would fail for as long as CloudFormation takes from one to the other.
 */
function toIntegration(
  name: Route['function'],
  stage: Stage,
): readonly (readonly [string, Resource])[] {
  const permissionId = `${toLogicalName(name)}LambdaPermissionHttpApi`
  const functionArn = { 'Fn::GetAtt': [toFunctionId(name), 'Arn'] }
  const isAliased = listAliased(stage).includes(name)
  const alias = { Ref: toAliasId(name) }
  const aliasPermissionId = `${toLogicalName(name)}AliasPermissionHttpApi`
  return [
    // It stays where an alias is called, so that no request is lost while the alias takes over.
    [permissionId, toPermission(functionArn)],
    ...(isAliased ? [[aliasPermissionId, toPermission(alias)] as const] : []),
    [
      toIntegrationId(name),
      {
        DependsOn: [isAliased ? aliasPermissionId : permissionId],
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: httpApiId },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: isAliased ? alias : functionArn,
          PayloadFormatVersion: '2.0',
          TimeoutInMillis: integrationTimeoutSeconds * 1000,
        },
      },
    ],
  ]
}

function toPermission(callee: Readonly<Record<string, unknown>>): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: callee,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', [...apiArn, '/*']] },
    },
  }
}

const apiArn = [
  ...['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':'],
  ...[{ Ref: 'AWS::AccountId' }, ':', { Ref: httpApiId }],
]

function toRoute(route: Route): Resource {
  return {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: httpApiId },
      RouteKey: toRouteKey(route),
      Target: {
        'Fn::Join': ['/', ['integrations', { Ref: toIntegrationId(route.function) }]],
      },
    },
  }
}

function toRouteKey({ method, path }: Route): string {
  return `${method} ${path}`
}

function toIntegrationId(name: Route['function']): string {
  return `HttpApiIntegration${toLogicalName(name)}`
}

/** Another id would replace the route of a stack that is there already, so it is made as osls once made it. */
function toRouteId({ method, path }: Route): string {
  const words = [method, ...path.split('/')].map((part) => {
    const plain = part
      .toLowerCase()
      .replaceAll('-', 'Dash')
      .replace(/\{(.*)\}/, '$1Var')
    const word = plain.replace(/[^0-9A-Za-z]/g, '')
    return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
  })
  return `HttpApiRoute${words.join('')}`
}
