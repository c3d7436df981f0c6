import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  functionTimeoutSeconds,
  integrationTimeoutSeconds,
  routes,
  throttle,
  toCors,
} from '../../core/http-api.ts'
import { parseSettings } from '../../core/settings.ts'
import { clientFields } from '../../core/settings-table.ts'
import { copyProject, type ProjectCopy, strayCredentials, type Template } from './packaging.ts'
import { readZip } from './zip-file.ts'

let project: ProjectCopy
let template: Template
let packaged: { readonly code: number | null; readonly output: string }

before(async () => {
  project = copyProject()
  packaged = await project.run('package', '--stage', 'dev')
  assert.equal(packaged.code, 0, packaged.output)
  template = project.readTemplate()
})
after(() => project.remove())

const ofType = (type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type)
const propertiesOf = (id: string) => template.Resources[id]?.Properties ?? {}
const stage = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'stages', 'dev.json'), 'utf8'),
)

test('packaging asks nothing of the network and takes nothing from the credentials around it', () => {
  assert.doesNotMatch(packaged.output, /beyond loopback/)
  const written = readFileSync(join(project.folder, '.serverless', 'serverless-state.json'), 'utf8')
  for (const stray of Object.values(strayCredentials)) {
    assert.ok(!written.includes(stray))
    assert.ok(!JSON.stringify(template).includes(stray))
  }
})

test('the stack holds the resources that the deployment page names, and no other type', () => {
  const types = new Set(Object.values(template.Resources).map((resource) => resource.Type))
  assert.deepEqual([...types].sort(), [
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Stage',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
  ])
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
  const [integration, ...others] = ofType('AWS::ApiGatewayV2::Integration')
  assert.equal(others.length, 0)
  const properties = integration?.[1].Properties
  assert.equal(properties?.['PayloadFormatVersion'], '2.0')
  assert.equal(properties?.['TimeoutInMillis'], integrationTimeoutSeconds * 1000)
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

test('the function runs on the runtime that the tests ran on, within its limits', () => {
  const { Code, Environment, ...rest } = propertiesOf('Oauth2LambdaFunction')
  assert.ok(Code !== undefined && Environment !== undefined)
  assert.deepEqual(rest, {
    FunctionName: 'token-proxy-dev-oauth2',
    Handler: 'dist/functions/oauth2.handler',
    Runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
    Architectures: ['arm64'],
    MemorySize: stage.memoryMb,
    Timeout: functionTimeoutSeconds,
    ReservedConcurrentExecutions: stage.reservedConcurrency,
    Role: { 'Fn::GetAtt': ['Oauth2Role', 'Arn'] },
  })
})

test('the package holds the built function, the chunks that it reaches and nothing else', () => {
  const path = join(project.folder, '.serverless', 'oauth2.zip')
  const names = [...readZip(path).keys()]
  assert.ok(names.includes('dist/functions/oauth2.mjs'))
  for (const name of names) {
    assert.match(name, /^dist\/functions\/(?:oauth2|chunks\/[\w-]+)\.mjs$/)
  }
  // Lambda loads the package at every cold start; three times today's size would be felt.
  assert.ok(statSync(path).size < 500_000)
})

test('the environment is one that the function accepts, and holds names of secrets only', () => {
  const environment = propertiesOf('Oauth2LambdaFunction')['Environment'] as {
    readonly Variables: Readonly<Record<string, string>>
  }
  assert.deepEqual(Object.keys(environment.Variables), ['NODE_OPTIONS', 'TOKEN_PROXY_CLIENTS'])
  assert.equal(environment.Variables['NODE_OPTIONS'], '--disable-proto=delete')
  assert.equal(parseSettings(environment.Variables).ok, true)
  const clients = JSON.parse(environment.Variables['TOKEN_PROXY_CLIENTS'] ?? '')
  for (const field of clients.flatMap(Object.keys)) assert.ok(Object.hasOwn(clientFields, field))
  assert.doesNotMatch(JSON.stringify(template), /client_?secret|password|AKIA|BEGIN [A-Z ]*KEY/i)
})

test('the role may write its own log and read the named secrets, and nothing more', () => {
  assert.deepEqual(ofType('AWS::IAM::Role').length, 1)
  const secret = `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:`
  const { AssumeRolePolicyDocument, ...rest } = propertiesOf('Oauth2Role')
  assert.match(JSON.stringify(AssumeRolePolicyDocument), /"Service":"lambda.amazonaws.com"/)
  assert.deepEqual(rest, {
    Policies: [
      {
        PolicyName: 'own-log-and-secrets',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: [{ 'Fn::GetAtt': ['Oauth2LogGroup', 'Arn'] }],
            },
            {
              Effect: 'Allow',
              Action: ['secretsmanager:GetSecretValue'],
              Resource: [
                { 'Fn::Sub': `${secret}token-proxy/dev/phone-??????` },
                { 'Fn::Sub': `${secret}token-proxy/dev/web-??????` },
              ],
            },
          ],
        },
      },
    ],
  })
})

test('every log group forgets, and the function has one of its own', () => {
  const groups = ofType('AWS::Logs::LogGroup')
  assert.deepEqual(groups.map(([id]) => id).sort(), ['HttpApiLogGroup', 'Oauth2LogGroup'])
  for (const [, { Properties }] of groups) {
    assert.equal(Properties['RetentionInDays'], stage.logRetentionDays)
  }
  assert.equal(propertiesOf('Oauth2LogGroup')['LogGroupName'], '/aws/lambda/token-proxy-dev-oauth2')
})

test('the access log is JSON without path, query, header or body', () => {
  const settings = propertiesOf('HttpApiStage')['AccessLogSettings'] as { readonly Format: string }
  const fields: Readonly<Record<string, string>> = JSON.parse(settings.Format)
  assert.deepEqual(Object.values(fields).sort(), [
    '$context.error.message',
    '$context.error.responseType',
    '$context.httpMethod',
    '$context.identity.sourceIp',
    '$context.integrationLatency',
    '$context.integrationStatus',
    '$context.protocol',
    '$context.requestId',
    '$context.requestTime',
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
  assert.equal(properties['RouteSettings'], undefined)
  assert.doesNotMatch(JSON.stringify(template), /DataTrace|TracingConfig/)
})

test('the outputs say where the API and its packages are, and nothing else', () => {
  assert.deepEqual(Object.keys(template.Outputs).sort(), [
    'HttpApiId',
    'HttpApiUrl',
    'ServerlessDeploymentBucketName',
  ])
})
