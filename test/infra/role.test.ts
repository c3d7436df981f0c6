import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPoolRegion } from '../../core/user-pool.ts'
import { type Needs, toRole } from '../../infra/role.ts'

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-proxy/web'
const none: Needs = {
  logGroupId: 'OwnLogGroup',
  secretIds: [arn],
  userPools: [],
  describesDomains: false,
  tableId: undefined,
}

interface Statement {
  readonly Action: readonly string[]
  readonly Resource: readonly unknown[]
  readonly Condition?: unknown
}

function toStatements(needs: Partial<Needs>): readonly Statement[] {
  const [policy] = toRole({ ...none, ...needs }).Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] }
  }[]
  return policy?.PolicyDocument.Statement ?? []
}

function toResources(action: string, needs: Partial<Needs>): readonly unknown[] {
  const statements = toStatements(needs).filter(({ Action }) => Action.includes(action))
  assert.equal(statements.length, 1)
  return statements.flatMap(({ Resource }) => Resource)
}

const toSecretResources = (secretIds: readonly string[]) =>
  toResources('secretsmanager:GetSecretValue', { secretIds })
const toPool = (region: string, id: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:cognito-idp:${region}:\${AWS::AccountId}:userpool/${id}`,
})

/** User pools that are read in the Regions of their ids. */
const toPools = (...ids: readonly string[]) =>
  ids.map((userPoolId) => ({ userPoolId, region: toPoolRegion(userPoolId) }))

test('an ARN that ends like a complete one is granted unchanged, and as that of a name that ends so', () => {
  const whole = `${arn}-a1B2c3`
  assert.deepEqual(toSecretResources([whole]), [whole, `${whole}-??????`])
  assert.deepEqual(toSecretResources([`${arn}-secret`]), [`${arn}-secret`, `${arn}-secret-??????`])
})

test('a name that ends like a random end is granted with a random end of its own', () => {
  assert.match(JSON.stringify(toSecretResources(['shop-secret'])), /:secret:shop-secret-\?{6}"/)
})

test('a secret named by an ARN without its random end is granted with any such end', () => {
  assert.deepEqual(toSecretResources([arn]), [`${arn}-??????`])
})

test('a secret that two clients share is granted once', () => {
  assert.deepEqual(toSecretResources([arn, arn]), [`${arn}-??????`])
})

test('a user pool is granted in the Region of its own id, and once however many clients name it', () => {
  const userPools = toPools('us-gov-west-1_Second', 'eu-central-1_First', 'us-gov-west-1_Second')
  for (const action of [
    'DescribeUserPool',
    'DescribeUserPoolClient',
    'ListUserPoolClientSecrets',
  ]) {
    assert.deepEqual(toResources(`cognito-idp:${action}`, { userPools }), [
      toPool('eu-central-1', 'eu-central-1_First'),
      toPool('us-gov-west-1', 'us-gov-west-1_Second'),
    ])
  }
})

test('a replica is granted in its own Region, under the id of its pool', () => {
  const userPools = [{ userPoolId: 'eu-central-1_First', region: 'eu-west-1' }]
  assert.deepEqual(toResources('cognito-idp:DescribeUserPool', { userPools }), [
    toPool('eu-west-1', 'eu-central-1_First'),
  ])
})

test('a role without user pools, domains and table has its log and its secrets alone', () => {
  for (const needs of [{}, { describesDomains: true }]) {
    assert.deepEqual(
      toStatements(needs).flatMap(({ Action }) => Action),
      ['logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue'],
    )
  }
})

test('domains are looked up in the Regions of the user pools only', () => {
  const userPools = toPools('eu-west-1_A', 'eu-central-1_B', 'eu-west-1_C')
  const [statement, ...others] = toStatements({ userPools, describesDomains: true }).filter(
    ({ Resource }) => Resource.includes('*'),
  )
  assert.equal(others.length, 0)
  assert.deepEqual(statement?.Action, ['cognito-idp:DescribeUserPoolDomain'])
  assert.deepEqual(statement?.Condition, {
    StringEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] },
  })
})

test('the table is granted for one item at a time, never for a scan or a deletion', () => {
  const statements = toStatements({ tableId: 'Table' })
  assert.deepEqual(statements.at(-1), {
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    Resource: [{ 'Fn::GetAtt': ['Table', 'Arn'] }],
  })
})

test('keys are granted through the service that uses them, and that of the environment for the own function', () => {
  const key = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd'
  const ofKeys = (needs: Partial<Needs>) =>
    toStatements(needs).filter(({ Action }) => Action.some((one) => one.startsWith('kms:')))
  const [table, ...others] = ofKeys({ tableId: 'Table', tableKmsKey: key })
  assert.deepEqual(others, [])
  assert.deepEqual(table, {
    ...{ Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [key] },
    Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } },
  })
  assert.deepEqual(ofKeys({ tableKmsKey: key }), [])
  const [environment] = ofKeys({ environment: { kmsKey: key, functionName: 'proxy-oauth2' } })
  assert.deepEqual(environment?.Resource, [key])
  assert.match(JSON.stringify(environment), /FunctionArn":\{"Fn::Sub":"[^"]+:function:proxy-oauth2/)
})
