import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toDeployNames } from '../../../infra/deploy/names.ts'
import { needsOfTypes } from '../../../infra/deploy/resource-rights.ts'
import { listRights } from '../../../infra/deploy/rights.ts'
import { toEdgeTemplate } from '../../../infra/edge/template.ts'
import { leastFields, optionFields } from '../../../pages/stack/example-stages.ts'
import { exampleStages } from '../../fixtures/infra/packaged-stages.ts'
import { exampleStage, toStage, toTemplateOf } from '../../fixtures/infra/template-of-stage.ts'
import { findSpec } from '../../fixtures/infra/template-schema.ts'

const caller = { account: '123456789012', partition: 'aws' }
const everything = { ...leastFields, ...optionFields }

const list = (fields: object) => {
  const stage = toStage('dev', { ...exampleStage, ...fields })
  return listRights(toDeployNames('dev', stage), stage, caller)
}
const toActions = (fields: object) => list(fields).flatMap(({ actions }) => actions)
const toResources = (fields: object) => list(fields).map(({ resource }) => resource)

test('every type of resource that a stage can have says which rights it needs, and no other does', () => {
  const types = [...Object.values(exampleStages), everything].flatMap((fields) => {
    const stage = toStage('dev', fields)
    const resources = { ...toTemplateOf(stage).Resources, ...toEdgeTemplate(stage).Resources }
    return Object.values(resources).map(({ Type }) => Type)
  })
  assert.deepEqual([...new Set(types)].sort(), Object.keys(needsOfTypes).sort())
})

test('what only a property needs is said of a property that the type has', () => {
  for (const [type, needs] of Object.entries(needsOfTypes)) {
    const known = findSpec(type)?.properties ?? {}
    for (const [, actions, property] of needs) {
      assert.ok(property === undefined || property in known, `${type}.${property}`)
      assert.match(actions, /^[A-Z]\w+(?: [A-Z]\w+)*$/, type)
    }
  }
})

test('IAM is asked once for each resource, which has an ARN where IAM knows one', () => {
  for (const fields of [{}, everything]) {
    const rights = list(fields)
    assert.equal(new Set(rights.map(({ resource }) => resource)).size, rights.length)
    for (const { resource, actions } of rights) {
      assert.match(resource, /^(?:\*|arn:aws:[a-z0-9]+:[a-z0-9-]*:(?:123456789012)?:.+)$/)
      assert.doesNotMatch(resource, /undefined|\[object/)
      for (const action of actions) assert.match(action, /^[a-z0-9]+:[A-Z]\w+$/)
    }
  }
})

/** What fails half way where a right is missing that only this asks for. */
const needed: readonly [fields: object, ...actions: string[]][] = [
  [{}, 's3:PutBucketPublicAccessBlock', 's3:PutEncryptionConfiguration', 's3:GetBucketPolicy'],
  [{}, 'logs:CreateLogDelivery', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'],
  [{}, 'cloudwatch:PutDashboard', 'logs:PutQueryDefinition', 'lambda:PutFunctionEventInvokeConfig'],
  [{}, 'sns:SetTopicAttributes', 'events:PutTargets', 'cloudformation:ValidateTemplate'],
  [{ alarmEmails: ['ops@example.com'] }, 'sns:Subscribe'],
  [
    { rotateSecretsDays: 90 },
    ...['secretsmanager:RotateSecret', 'secretsmanager:PutResourcePolicy', 'lambda:InvokeFunction'],
  ],
  [{ evidenceTable: true }, 'dynamodb:CreateTable', 'dynamodb:UpdateTimeToLive'],
  [{ gradualDeployment: true }, 'codedeploy:CreateDeployment', 'lambda:PublishVersion'],
  [
    { provisionedConcurrency: 2 },
    ...['lambda:PutProvisionedConcurrencyConfig', 'lambda:DeleteFunction'],
  ],
  [{ canaryEveryMinutes: 5 }, 's3:PutLifecycleConfiguration', 'synthetics:StartCanary'],
  [
    { site: true },
    ...['cloudfront:CreateInvalidation', 's3:PutBucketVersioning', 's3:DeleteObjectVersion'],
  ],
  [
    { tags: { team: 'sign-in' } },
    ...['lambda:TagResource', 'iam:TagRole', 's3:PutBucketTagging', 'cloudwatch:TagResource'],
  ],
]
for (const [fields, ...actions] of needed) {
  test(`${JSON.stringify(fields)} needs ${actions.join(', ')}`, () => {
    const found = toActions(fields)
    assert.deepEqual(
      actions.filter((one) => !found.includes(one)),
      [],
    )
    if (Object.keys(fields).length === 0) return
    const plain = toActions({})
    assert.deepEqual(
      actions.filter((one) => plain.includes(one)),
      [],
    )
  })
}

test('a stage without a schedule for its doctor needs no right for events', () => {
  assert.ok(toActions({ doctorSchedule: false }).every((one) => !one.startsWith('events:')))
})

test('a domain name needs its rights, and those of its hosted zone and health check where it has them', () => {
  const named = {
    domainName: 'login.example.com',
    domainCertificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/1',
  }
  const domain = 'arn:aws:apigateway:eu-central-1::/domainnames'
  const zone = 'arn:aws:route53:::hostedzone/Z1'
  const withZone = toResources({ ...named, domainHostedZone: 'Z1' })
  assert.ok(withZone.includes(domain) && withZone.includes(zone))
  assert.ok(!toResources(named).some((one) => one.includes('route53')))
  const failover = { ...named, domainHostedZone: 'Z1', domainFailover: true }
  assert.ok(toActions(failover).includes('route53:CreateHealthCheck'))
})

test('each secret that rotates is asked for by itself, by its name or its ARN', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:own-AbCdEf'
  const [first, ...others] = exampleStage.clients
  const clients = [{ ...first, secretId: arn }, ...others]
  const secrets = toResources({ rotateSecretsDays: 90, clients }).filter((one) =>
    one.includes(':secretsmanager:'),
  )
  assert.ok(secrets.includes(arn))
  assert.equal(secrets.length, new Set([first, ...others].map(({ secretId }) => secretId)).size)
  for (const one of secrets) assert.match(one, /:secret:[^:]+-AbCdEf$/)
})

test('the rights of a role are asked for at its path', () => {
  const resources = toResources({ rolePath: '/team/' })
  assert.ok(resources.some((one) => one.includes(':role/team/token-proxy-dev-')))
})
