import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import {
  functionTimeoutSeconds,
  integrationTimeoutSeconds,
  type Route,
  routes,
  throttle,
  toCors,
} from '../../../core/http-api.ts'
import { readPackagedApi } from '../../../local/gateway/packaged-api.ts'
import {
  type PackagedExample,
  packageExample,
  strayCredentials,
  type Template,
} from '../../fixtures/infra/packaging.ts'

let packaged: PackagedExample
let template: Template

before(async () => {
  packaged = await packageExample()
  template = packaged.template
})

const ofType = (type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type)
const propertiesOf = (id: string) => template.Resources[id]?.Properties ?? {}
const stage = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'stages', 'dev.json'), 'utf8'),
)

test('packaging asks nothing of the network and takes nothing from the credentials around it', () => {
  assert.doesNotMatch(packaged.output, /beyond loopback/)
  const written = readFileSync(
    join(packaged.folder, '.serverless', 'serverless-state.json'),
    'utf8',
  )
  for (const stray of Object.values(strayCredentials)) {
    assert.ok(!written.includes(stray))
    assert.ok(!JSON.stringify(template).includes(stray))
  }
})

test('the local gateway serves exactly the routes, CORS, throttles and environments of the template', () => {
  const api = readPackagedApi(template)
  const byKey = (list: readonly Route[]) =>
    list.toSorted((one, other) =>
      `${one.path} ${one.method}`.localeCompare(`${other.path} ${other.method}`),
    )
  const shown = ({ throttle: own = undefined, ...route }: Route) => ({ ...route, throttle: own })
  assert.deepEqual(byKey(api.routes).map(shown), byKey(routes).map(shown))
  assert.deepEqual([api.cors, api.throttle], [toCors(stage.clients), throttle])
  assert.deepEqual(Object.keys(api.environments).sort(), ['metadata', 'oauth2'])
  for (const environment of Object.values(api.environments)) {
    assert.deepEqual(JSON.parse(environment['TOKEN_PROXY_CLIENTS'] ?? ''), stage.clients)
  }
  assert.deepEqual(api.unknownVariables, [])
  assert.throws(() => readPackagedApi({ Resources: {} }), /no HTTP API/)
})

test('the stack contains the resources that the deployment page names, and no other type', () => {
  const types = new Set(Object.values(template.Resources).map((resource) => resource.Type))
  assert.deepEqual([...types].sort(), [
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Stage',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::Events::Rule',
    'AWS::IAM::Role',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::Logs::QueryDefinition',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
  ])
})

test("the stack stays far within CloudFormation's limits of 500 resources and 1 MB", () => {
  assert.ok(Object.keys(template.Resources).length < 250)
  assert.ok(Buffer.byteLength(JSON.stringify(template, null, 2)) < 500_000)
})

test('the routes are exactly those of the code, each to its own function', () => {
  const found = ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
    Properties['RouteKey'],
    JSON.stringify(Properties['Target'])
      .match(/HttpApiIntegration(\w+)/)?.[1]
      ?.toLowerCase(),
  ])
  const wanted = routes.map((route) => [`${route.method} ${route.path}`, route.function])
  assert.deepEqual(found.sort(), wanted.sort())
})

test('the functions get payload format 2.0 within the fixed limit of the HTTP API', () => {
  const integrations = ofType('AWS::ApiGatewayV2::Integration')
  assert.equal(integrations.length, new Set(routes.map((route) => route.function)).size)
  for (const [, { Properties }] of integrations) {
    assert.equal(Properties['PayloadFormatVersion'], '2.0')
    assert.equal(Properties['TimeoutInMillis'], integrationTimeoutSeconds * 1000)
  }
  assert.ok(functionTimeoutSeconds < integrationTimeoutSeconds)
})

test("CORS allows exactly the origins of the stage's clients and never all of them", () => {
  const cors = toCors(stage.clients)
  assert.deepEqual(propertiesOf('HttpApi')['CorsConfiguration'], {
    AllowOrigins: cors.allowOrigins,
    AllowMethods: cors.allowMethods,
    AllowHeaders: cors.allowHeaders,
    ExposeHeaders: cors.exposeHeaders,
    MaxAge: cors.maxAgeSeconds,
  })
  assert.ok(cors.allowOrigins.length > 0)
  assert.doesNotMatch(JSON.stringify(propertiesOf('HttpApi')), /\*/)
})

test('the access log is JSON without path, query, header or body', () => {
  const settings = propertiesOf('HttpApiStage')['AccessLogSettings'] as { readonly Format: string }
  const fields: Readonly<Record<string, string>> = JSON.parse(settings.Format)
  assert.deepEqual(Object.values(fields).sort(), [
    '$context.error.message',
    '$context.error.responseType',
    '$context.identity.sourceIp',
    '$context.integrationLatency',
    '$context.integrationStatus',
    '$context.requestId',
    '$context.responseLatency',
    '$context.responseLength',
    '$context.routeKey',
    '$context.status',
  ])
})

test('every route is throttled and none is traced', () => {
  const properties = propertiesOf('HttpApiStage')
  assert.deepEqual(properties['DefaultRouteSettings'], {
    DetailedMetricsEnabled: false,
    ThrottlingRateLimit: throttle.ratePerSecond,
    ThrottlingBurstLimit: throttle.burst,
  })
  const own = routes.flatMap((route) => (route.throttle === undefined ? [] : [route]))
  assert.deepEqual(
    properties['RouteSettings'],
    Object.fromEntries(
      own.map(({ method, path, throttle }) => [
        `${method} ${path}`,
        {
          DetailedMetricsEnabled: false,
          ThrottlingRateLimit: throttle?.ratePerSecond,
          ThrottlingBurstLimit: throttle?.burst,
        },
      ]),
    ),
  )
  const before = [template.Resources['HttpApiStage']?.DependsOn ?? []].flat()
  const keys = before.map((id) => template.Resources[id]?.Properties['RouteKey'])
  assert.deepEqual(keys.sort(), own.map(({ method, path }) => `${method} ${path}`).sort())
  assert.doesNotMatch(JSON.stringify(template), /DataTrace|TracingConfig/)
})

test('the outputs say where the API and its packages are, and nothing else', () => {
  assert.deepEqual(Object.keys(template.Outputs).sort(), [
    'HttpApiId',
    'HttpApiUrl',
    'ServerlessDeploymentBucketName',
  ])
})
