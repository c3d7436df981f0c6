import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRotationEvent } from '../../core/rotation/event.ts'
import { type Deployment, toDeployment } from '../../infra/deployment.ts'
import type { Resource } from '../../infra/resource.ts'
import { parseStage } from '../../infra/stage.ts'
import { leastClientFields } from '../fixtures/core/sample-client.ts'

const files = { oauth2: [], metadata: [], doctor: [], rotate: [] }
const web = { ...leastClientFields, userPoolId: 'eu-central-1_Example01' }
const phone = { ...web, name: 'phone', clientId: 'client2', secretId: 'token-proxy/phone' }
const key = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'

function deploy(changes: object): Deployment {
  const parsed = parseStage({ region: 'eu-central-1', clients: [web, phone], ...changes })
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problems.join('; '))
  return toDeployment(parsed.stage, files)
}

function resourcesOf(changes: object): Readonly<Record<string, Resource>> {
  return deploy(changes).resources['Resources'] as Readonly<Record<string, Resource>>
}

const ofType = (resources: Readonly<Record<string, Resource>>, type: string) =>
  Object.values(resources).filter(({ Type }) => Type === type)

interface Statement {
  readonly Action: readonly string[]
  readonly Resource: readonly unknown[]
  readonly Condition?: unknown
}

function statementsOf(changes: object, role: string): readonly Statement[] {
  const [policy] = (resourcesOf(changes)[role]?.Properties['Policies'] ?? []) as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] }
  }[]
  return policy?.PolicyDocument.Statement ?? []
}

test('a stage that says nothing of rotation deploys nothing for it', () => {
  const { functions } = deploy({})
  assert.deepEqual(Object.keys(functions), ['oauth2', 'metadata', 'doctor'])
  const types = new Set(Object.values(resourcesOf({})).map(({ Type }) => Type))
  assert.ok(![...types].some((type) => type.startsWith('AWS::SecretsManager::')))
})

test('one line in the stage rotates the secret of each client', () => {
  const resources = resourcesOf({ rotateSecretsDays: 30 })
  const schedules = ofType(resources, 'AWS::SecretsManager::RotationSchedule')
  assert.deepEqual(
    schedules.map(({ Properties }) => Properties['SecretId']),
    ['token-proxy/shop', 'token-proxy/phone'],
  )
  for (const { Properties, DependsOn } of schedules) {
    assert.deepEqual(Properties['RotationRules'], { AutomaticallyAfterDays: 30, Duration: '3h' })
    assert.equal(Properties['RotateImmediatelyOnUpdate'], false)
    assert.deepEqual(DependsOn, ['RotateLambdaPermissionSecretsManager', 'RotateRole'])
  }
  assert.ok('rotate' in deploy({ rotateSecretsDays: 30 }).functions)
})

test('the key of cookies rotates like the secrets', () => {
  const resources = resourcesOf({
    ...{ rotateSecretsDays: 30, rotationWindowHours: 1 },
    ...{ cookieKeySecret: 'token-proxy/key', publicUrl: 'https://login.example.com' },
    clients: [{ ...web, refreshToken: 'cookie' }],
  })
  const schedules = ofType(resources, 'AWS::SecretsManager::RotationSchedule')
  assert.deepEqual(
    schedules.map(({ Properties }) => Properties['SecretId']),
    ['token-proxy/shop', 'token-proxy/key'],
  )
  const [policy] = ofType(resources, 'AWS::IAM::Role').filter((role) =>
    JSON.stringify(role).includes('PutSecretValue'),
  )
  assert.match(JSON.stringify(policy), /secret:token-proxy\/key-/)
})

test('only Secrets Manager of this account may ask for a step, and its schedule for the hourly look', () => {
  const permissions = ofType(resourcesOf({ rotateSecretsDays: 30 }), 'AWS::Lambda::Permission')
  const ofRotate = permissions.filter(({ Properties }) =>
    JSON.stringify(Properties['FunctionName']).includes('RotateLambdaFunction'),
  )
  assert.deepEqual(
    ofRotate.map(({ Properties }) => [
      Properties['Principal'],
      Properties['SourceAccount'] ?? Properties['SourceArn'],
    ]),
    [
      ['secretsmanager.amazonaws.com', { Ref: 'AWS::AccountId' }],
      ['events.amazonaws.com', { 'Fn::GetAtt': ['RotateEventsRuleSchedule1', 'Arn'] }],
    ],
  )
})

test('every secret keeps other accounts out', () => {
  const policies = ofType(
    resourcesOf({ rotateSecretsDays: 30 }),
    'AWS::SecretsManager::ResourcePolicy',
  )
  assert.equal(policies.length, 2)
  for (const { Properties } of policies) {
    assert.equal(Properties['BlockPublicPolicy'], true)
    assert.match(JSON.stringify(Properties['ResourcePolicy']), /"Effect":"Deny"/)
  }
})

test('only the rotating function may write, and what it may is named', () => {
  const changes = { rotateSecretsDays: 30 }
  const actions = statementsOf(changes, 'RotateRole').flatMap(({ Action }) => Action)
  assert.deepEqual(actions, [
    ...['logs:CreateLogStream', 'logs:PutLogEvents'],
    ...['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    ...['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
    ...['cognito-idp:DescribeUserPoolClient', 'cognito-idp:ListUserPoolClientSecrets'],
    ...['cognito-idp:AddUserPoolClientSecret', 'cognito-idp:DeleteUserPoolClientSecret'],
  ])
  for (const role of ['Oauth2Role', 'MetadataRole', 'DoctorRole']) {
    const others = statementsOf(changes, role).flatMap(({ Action }) => Action)
    assert.ok(!others.some((action) => /:(?:Put|Update|Add|Delete)\w*Secret/.test(action)), role)
  }
})

test('a key of one’s own is used through Secrets Manager alone', () => {
  const changes = { rotateSecretsDays: 30, secretsKmsKey: key }
  const [reads] = statementsOf(changes, 'Oauth2Role').filter(({ Resource: [one] }) => one === key)
  assert.deepEqual(reads, {
    Effect: 'Allow',
    Action: ['kms:Decrypt'],
    Resource: [key],
    Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' } },
  })
  const [writes] = statementsOf(changes, 'RotateRole').filter(({ Resource: [one] }) => one === key)
  assert.deepEqual(writes?.Action, ['kms:Decrypt', 'kms:GenerateDataKey'])
  const china = key.replace('arn:aws:kms:eu-central-1', 'arn:aws-cn:kms:cn-north-1')
  assert.match(
    JSON.stringify(statementsOf({ secretsKmsKey: china }, 'DoctorRole')),
    /secretsmanager\.cn-north-1\.amazonaws\.com\.cn/,
  )
  assert.ok(!JSON.stringify(statementsOf(changes, 'MetadataRole')).includes(key))
})

test('the function checks hourly for lateness, and ends overlaps then or only with the next rotation', () => {
  const scheduleOf = (changes: object) =>
    resourcesOf({ rotateSecretsDays: 30, ...changes })['RotateEventsRuleSchedule1']?.Properties
  const Arn = { 'Fn::GetAtt': ['RotateLambdaFunction', 'Arn'] }
  const target = { Arn, Id: 'rotateSchedule' }
  const hourly = { ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' }
  assert.deepEqual(scheduleOf({}), { ...hourly, Targets: [target] })
  const input = { source: 'aws.events', endOverlap: 'next-rotation' }
  assert.deepEqual(scheduleOf({ endOverlap: 'next-rotation' }), {
    ...hourly,
    Targets: [{ Input: JSON.stringify(input), ...target }],
  })
  const asked = parseRotationEvent(input, [])
  assert.deepEqual(asked, { ok: true, asks: 'lateness' })
})

test('a client without a user pool cannot rotate', () => {
  const { userPoolId: _, ...unnamed } = web
  const parsed = parseStage({ region: 'eu-central-1', clients: [unnamed], rotateSecretsDays: 1 })
  assert.deepEqual(parsed.ok ? [] : parsed.problems, [
    'rotateSecretsDays needs userPoolId of the client shop',
  ])
})

test('a secret that two clients have cannot rotate', () => {
  const clients = [web, { ...phone, secretId: web.secretId }]
  const parsed = parseStage({ region: 'eu-central-1', clients, rotateSecretsDays: 1 })
  assert.deepEqual(parsed.ok ? [] : parsed.problems, [
    'rotateSecretsDays needs a secret of its own for shop',
    'rotateSecretsDays needs a secret of its own for phone',
  ])
  assert.ok(parseStage({ region: 'eu-central-1', clients }).ok)
})
