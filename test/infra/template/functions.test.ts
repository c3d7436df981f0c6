import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { functionTimeoutSeconds } from '../../../core/http-api.ts'
import { clientFields } from '../../../core/settings/client-fields.ts'
import { parseSettings } from '../../../core/settings/settings.ts'
import { functionNames } from '../../../infra/functions.ts'
import {
  type PackagedExample,
  packageExample,
  type Template,
} from '../../fixtures/infra/packaging.ts'
import { readZip } from '../../fixtures/infra/zip-file.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const stage = JSON.parse(readFileSync(join(root, 'stages', 'dev.json'), 'utf8'))
let packaged: PackagedExample
let template: Template

before(async () => {
  packaged = await packageExample()
  template = packaged.template
})

const ofType = (type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type)
const propertiesOf = (id: string) => template.Resources[id]?.Properties ?? {}

const lambdaAlone = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
}
const ownLimits = {
  Oauth2: {
    MemorySize: stage.memoryMb,
    Timeout: functionTimeoutSeconds,
    ReservedConcurrentExecutions: stage.reservedConcurrency,
  },
  Metadata: {
    MemorySize: 256,
    Timeout: functionTimeoutSeconds,
    ReservedConcurrentExecutions: stage.reservedConcurrency,
  },
  Doctor: { MemorySize: 256, Timeout: 120, ReservedConcurrentExecutions: 1 },
} as const
const ids = Object.keys(ownLimits) as readonly (keyof typeof ownLimits)[]

test('the functions are those that are built, and each is planned', () => {
  const sources = readdirSync(join(root, 'functions')).map((file) => file.replace(/\.ts$/, ''))
  // Rotation is not in the template of this stage.
  assert.deepEqual([...functionNames, 'rotate'].sort(), sources.sort())
  const found = ofType('AWS::Lambda::Function').map(([id]) => id)
  assert.deepEqual(found.sort(), ids.map((id) => `${id}LambdaFunction`).sort())
})

test('every function runs on the runtime that the tests ran on, within its own limits', () => {
  for (const id of ids) {
    const { Code, Environment, ...rest } = propertiesOf(`${id}LambdaFunction`)
    assert.ok(Code !== undefined && Environment !== undefined)
    assert.deepEqual(rest, {
      FunctionName: `token-proxy-dev-${id.toLowerCase()}`,
      Handler: `dist/functions/${id.toLowerCase()}.handler`,
      Runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
      Architectures: ['arm64'],
      Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
      ...ownLimits[id],
    })
  }
})

test('the doctor makes a round every five minutes, and a missed round is never repeated', () => {
  const [[ruleId, rule] = [], ...others] = ofType('AWS::Events::Rule')
  assert.equal(others.length, 0)
  assert.deepEqual(rule?.Properties, {
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
    Targets: [{ Arn: { 'Fn::GetAtt': ['DoctorLambdaFunction', 'Arn'] }, Id: 'doctorSchedule' }],
  })
  const [[, asynchronous] = [], ...more] = ofType('AWS::Lambda::EventInvokeConfig')
  assert.equal(more.length, 0)
  assert.deepEqual(asynchronous?.Properties, {
    FunctionName: { Ref: 'DoctorLambdaFunction' },
    Qualifier: '$LATEST',
    DestinationConfig: {},
    MaximumEventAgeInSeconds: 300,
    MaximumRetryAttempts: 0,
  })
  assert.equal(ruleId, 'DoctorEventsRuleSchedule1')
})

test('only the HTTP API may call the routes, and only its schedule the doctor', () => {
  const callers = ofType('AWS::Lambda::Permission').map(([, { Properties }]) => [
    JSON.stringify(Properties['FunctionName']).match(/(\w+)LambdaFunction/)?.[1],
    Properties['Principal'],
    JSON.stringify(Properties['SourceArn']).match(/DoctorEventsRuleSchedule1|"HttpApi"/)?.[0],
  ])
  assert.deepEqual(callers.sort(), [
    ['Doctor', 'events.amazonaws.com', 'DoctorEventsRuleSchedule1'],
    ['Metadata', 'apigateway.amazonaws.com', '"HttpApi"'],
    ['Oauth2', 'apigateway.amazonaws.com', '"HttpApi"'],
  ])
})

test('a package holds the built function, the chunks that it reaches, the licences and nothing else', () => {
  const notices = 'dist/functions/THIRD-PARTY-NOTICES.txt'
  for (const name of functionNames) {
    const path = join(packaged.folder, '.serverless', `${name}.zip`)
    const names = [...readZip(path).keys()]
    assert.ok(names.includes(`dist/functions/${name}.mjs`))
    assert.ok(names.includes(notices))
    for (const file of names.filter((one) => one !== notices)) {
      assert.match(file, RegExp(`^dist/functions/(?:${name}\\.mjs|chunks/[\\w-]+\\.(?:mjs|json))$`))
    }
    // Lambda loads the package at every cold start; twice today's size would be felt.
    assert.ok(statSync(path).size < 500_000)
  }
})

test('the functions accept every environment, which holds only the names of secrets', () => {
  for (const id of ids) {
    const { Variables: variables } = propertiesOf(`${id}LambdaFunction`)['Environment'] as {
      readonly Variables: Readonly<Record<string, string>>
    }
    assert.deepEqual(Object.keys(variables), [
      'NODE_OPTIONS',
      'TOKEN_PROXY_CLIENTS',
      'TOKEN_PROXY_SERVICE',
    ])
    assert.equal(variables['TOKEN_PROXY_SERVICE'], 'token-proxy-dev')
    assert.equal(variables['NODE_OPTIONS'], '--disable-proto=delete')
    assert.equal(parseSettings(variables).ok, true)
    const clients = JSON.parse(variables['TOKEN_PROXY_CLIENTS'] ?? '')
    for (const field of clients.flatMap(Object.keys)) assert.ok(Object.hasOwn(clientFields, field))
  }
  assert.doesNotMatch(JSON.stringify(template), /client_?secret"|password|AKIA|BEGIN [A-Z ]*KEY/i)
})

test('each function has a role of its own, which may do exactly this and nothing more', () => {
  assert.deepEqual(
    ofType('AWS::IAM::Role').map(([id]) => id),
    ids.map((id) => `${id}Role`),
  )
  const secret = `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:`
  const pool = `arn:\${AWS::Partition}:cognito-idp:eu-central-1:\${AWS::AccountId}:userpool/`
  for (const id of ids) {
    const { AssumeRolePolicyDocument, ...rest } = propertiesOf(`${id}Role`)
    assert.deepEqual(AssumeRolePolicyDocument, lambdaAlone)
    const ownLog = {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [{ 'Fn::GetAtt': [`${id}LogGroup`, 'Arn'] }],
    }
    const forAws = [
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: [
          { 'Fn::Sub': `${secret}token-proxy/dev/phone-??????` },
          { 'Fn::Sub': `${secret}token-proxy/dev/web-??????` },
        ],
      },
      {
        Effect: 'Allow',
        Action: [
          'cognito-idp:DescribeUserPool',
          'cognito-idp:DescribeUserPoolClient',
          'cognito-idp:ListUserPoolClientSecrets',
        ],
        Resource: [{ 'Fn::Sub': `${pool}eu-central-1_Qm4Zt7RkB` }],
      },
    ]
    // What only says where things are has no call of AWS to make.
    const statements = id === 'Metadata' ? [ownLog] : [ownLog, ...forAws]
    const document = { Version: '2012-10-17', Statement: statements }
    assert.deepEqual(rest, { Policies: [{ PolicyName: 'own-needs', PolicyDocument: document }] })
  }
})

test('every log group forgets, and each function has one of its own', () => {
  const groups = ofType('AWS::Logs::LogGroup')
  assert.deepEqual(groups.map(([id]) => id).sort(), [
    'DoctorLogGroup',
    'HttpApiLogGroup',
    'MetadataLogGroup',
    'Oauth2LogGroup',
  ])
  for (const [, { Properties }] of groups) {
    assert.equal(Properties['RetentionInDays'], stage.logRetentionDays)
  }
  for (const id of ids) {
    const name = `/aws/lambda/token-proxy-dev-${id.toLowerCase()}`
    assert.equal(propertiesOf(`${id}LogGroup`)['LogGroupName'], name)
  }
})
