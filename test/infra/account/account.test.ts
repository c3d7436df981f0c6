import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toKeyUse } from '../../../infra/account/keys.ts'
import { applyOrganisation } from '../../../infra/account/organisation.ts'
import { parseStage } from '../../../infra/stage.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'
import { toStage } from '../../fixtures/infra/alarms-of-stage.ts'

const key = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd'
const role = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }

function problemsOf(fields: object): readonly string[] {
  const parsed = parseStage({ region: 'eu-central-1', clients: [leastClientFields], ...fields })
  return parsed.ok ? [] : parsed.problems
}

test('a stage without rules of an organisation changes no resource', () => {
  const resources = { Role: role, Topic: { Type: 'AWS::SNS::Topic' } }
  assert.deepEqual(applyOrganisation(resources, toStage()), resources)
})

test('every role gets the boundary and the path, whoever made it', () => {
  const permissionsBoundary = 'arn:aws:iam::123456789012:policy/edge'
  const { Role } = applyOrganisation(
    { Role: role },
    toStage({ permissionsBoundary, rolePath: '/team/' }),
  )
  assert.deepEqual(Role?.Properties, {
    PermissionsBoundary: permissionsBoundary,
    Path: '/team/',
    Policies: [],
  })
})

test('tags are a list or an object, as the type of the resource wants them', () => {
  const tagged = applyOrganisation(
    {
      Role: role,
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
      Policy: { Type: 'AWS::SNS::TopicPolicy' },
    },
    toStage({ tags: { team: 'sign-in' } }),
  )
  assert.deepEqual(tagged['Role']?.Properties?.['Tags'], [{ Key: 'team', Value: 'sign-in' }])
  assert.deepEqual(tagged['Api']?.Properties, { Tags: { team: 'sign-in' } })
  assert.deepEqual(tagged['Policy'], { Type: 'AWS::SNS::TopicPolicy' })
})

test('what a resource says of itself stays', () => {
  const Properties = { KmsKeyId: 'own' }
  const { Logs } = applyOrganisation(
    { Logs: { Type: 'AWS::Logs::LogGroup', Properties } },
    toStage({ logsKmsKey: key }),
  )
  assert.deepEqual(Logs?.Properties, Properties)
})

test('a key of another Region is refused, because no service of the stack can reach it', () => {
  const foreign = key.replace('eu-central-1', 'us-east-1')
  for (const field of [
    ...['logsKmsKey', 'evidenceTableKmsKey', 'topicsKmsKey', 'environmentKmsKey'],
  ]) {
    assert.deepEqual(problemsOf({ [field]: key }), [])
    assert.deepEqual(problemsOf({ [field]: foreign }), [
      `${field} must be a key in the Region of the stack`,
    ])
    assert.deepEqual(problemsOf({ [field]: 'alias/own' }), [
      `${field} must be the ARN of a KMS key`,
    ])
  }
})

test('unusable tags, boundaries and paths are refused with the tag that is meant', () => {
  const table: readonly [fields: object, problem: string][] = [
    [{ tags: ['team'] }, 'tags must be an object of names and values'],
    [{ tags: { 'aws:team': 'x' } }, 'tags.aws:team must have a name that AWS takes for tags'],
    [{ tags: { team: 7 } }, 'tags.team must be a text that AWS takes for tags'],
    [{ tags: { team: 'a\nb' } }, 'tags.team must be a text that AWS takes for tags'],
    [{ tags: { team: 'x'.repeat(257) } }, 'tags.team must be a text that AWS takes for tags'],
    [{ rolePath: 'team' }, 'rolePath must be a path such as "/team/"'],
    [{ permissionsBoundary: 'edge' }, 'permissionsBoundary must be the ARN of an IAM policy'],
  ]
  for (const [fields, problem] of table) assert.deepEqual(problemsOf(fields), [problem])
  const many = Object.fromEntries(Array.from({ length: 46 }, (_, index) => [`t${index}`, '']))
  assert.deepEqual(problemsOf({ tags: many }), ['tags must not have more than 45 tags'])
})

test('only log groups and topics are encrypted by a service that needs the policy of the key', () => {
  assert.equal(toKeyUse('logsKmsKey', key)?.principal, 'logs.eu-central-1.amazonaws.com')
  const inChina = 'arn:aws-cn:kms:cn-north-1:123456789012:key/1'
  assert.equal(toKeyUse('logsKmsKey', inChina)?.principal, 'logs.cn-north-1.amazonaws.com.cn')
  assert.equal(toKeyUse('topicsKmsKey', key)?.principal, 'cloudwatch.amazonaws.com')
  assert.equal(toKeyUse('evidenceTableKmsKey', key), undefined)
  assert.equal(toKeyUse('environmentKmsKey', key), undefined)
})
