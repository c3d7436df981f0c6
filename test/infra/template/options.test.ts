import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Template } from '../../fixtures/infra/packaging.ts'
import { exampleStage, toStage, toTemplateOf } from '../../fixtures/infra/template-of-stage.ts'

const pack = (name: string, fields: object) =>
  toTemplateOf(toStage(name, { ...exampleStage, ...fields }))

const full = pack('full', {
  ...{ evidenceTable: true, diagnoseDomain: true },
  ...{ disableExecuteApiEndpoint: true, publicUrl: 'https://login.example.com' },
})

const clients = exampleStage.clients.map(
  ({ userPoolId, ...client }: { readonly userPoolId: string }) => {
    assert.ok(userPoolId)
    return client
  },
)
const least = pack('least', { clients, diagnoseDomain: true, doctorSchedule: false })

interface Statement {
  readonly Action: readonly string[]
  readonly Resource: readonly unknown[]
}

function statementsOf(template: Template, role: string): readonly Statement[] {
  const [policy, ...others] = (template.Resources[role]?.Properties['Policies'] ?? []) as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] }
  }[]
  assert.ok(policy !== undefined && others.length === 0)
  return policy.PolicyDocument.Statement
}

function variablesOf(template: Template, id: string): Readonly<Record<string, unknown>> {
  const environment = template.Resources[id]?.Properties['Environment']
  return (environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables
}

const toActions = (statements: readonly Statement[]) => statements.map(({ Action }) => Action)
const logs = ['logs:CreateLogStream', 'logs:PutLogEvents']
const secrets = ['secretsmanager:GetSecretValue']
const pools = [
  'cognito-idp:DescribeUserPool',
  'cognito-idp:DescribeUserPoolClient',
  'cognito-idp:ListUserPoolClientSecrets',
]
const domainStatement = {
  Effect: 'Allow',
  Action: ['cognito-idp:DescribeUserPoolDomain'],
  Resource: ['*'],
  Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-central-1'] } },
}
const tableStatement = {
  Effect: 'Allow',
  Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  Resource: [{ 'Fn::GetAtt': ['EvidenceTable', 'Arn'] }],
}

test('with every option oauth2 may also read and write its table and look up domains', () => {
  const statements = statementsOf(full, 'Oauth2Role')
  assert.deepEqual(toActions(statements.slice(0, 3)), [logs, secrets, pools])
  assert.deepEqual(statements.slice(3), [domainStatement, tableStatement])
})

test('with every option the doctor may also look up domains, and the table is not its own', () => {
  const statements = statementsOf(full, 'DoctorRole')
  assert.deepEqual(toActions(statements.slice(0, 3)), [logs, secrets, pools])
  assert.deepEqual(statements.slice(3), [domainStatement])
})

test('nothing is granted on all resources except the one action that requires it', () => {
  const open = ['Oauth2Role', 'DoctorRole'].flatMap((role) =>
    statementsOf(full, role).filter(({ Resource }) => JSON.stringify(Resource).includes('*')),
  )
  assert.deepEqual(open, [domainStatement, domainStatement])
})

test('the table is billed by use, encrypted, expires its rows, and is deleted with the stack', () => {
  assert.deepEqual(full.Resources['EvidenceTable'], {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'forgetAt', Enabled: true },
      SSESpecification: { SSEEnabled: true },
    },
  })
})

test('oauth2 gets the name of the table, and the doctor does not', () => {
  const own = variablesOf(full, 'Oauth2LambdaFunction')
  assert.deepEqual(own['TOKEN_PROXY_EVIDENCE_TABLE'], { Ref: 'EvidenceTable' })
  const { TOKEN_PROXY_EVIDENCE_TABLE: _, ...rest } = own
  assert.deepEqual(variablesOf(full, 'DoctorLambdaFunction'), rest)
})

test('without a user pool in the settings, nothing is granted on any pool or domain', () => {
  for (const role of ['Oauth2Role', 'DoctorRole']) {
    assert.deepEqual(toActions(statementsOf(least, role)), [logs, secrets])
  }
})

test('without a schedule, the doctor is deployed and nothing starts it', () => {
  const types = Object.values(least.Resources).map(({ Type }) => Type)
  assert.ok(least.Resources['DoctorLambdaFunction'])
  assert.ok(!types.includes('AWS::Events::Rule'))
  assert.ok(!JSON.stringify(least).includes('events.amazonaws.com'))
})

test('without the option there is no table, and no function has its name', () => {
  assert.doesNotMatch(JSON.stringify(least), /dynamodb|DynamoDB|EVIDENCE_TABLE/)
})

test('the address that AWS makes for the API is switched off on demand alone', () => {
  const isDisabled = ({ Resources }: Template) =>
    Resources['HttpApi']?.Properties['DisableExecuteApiEndpoint'] ?? false
  assert.deepEqual([full, least].map(isDisabled), [true, false])
})
