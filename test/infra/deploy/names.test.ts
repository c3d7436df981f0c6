import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { toDashboardUrl, toDeployNames } from '../../../infra/deploy/names.ts'
import { listRights } from '../../../infra/deploy/rights.ts'
import { parseStage, type Stage } from '../../../infra/stage.ts'

const dev = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'stages', 'dev.json'), 'utf8'),
)

function toStage(fields: object): Stage {
  const parsed = parseStage({ ...dev, ...fields }, 'dev')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.stage
}

test('the names of a stage are those that its stack and functions get', () => {
  const names = toDeployNames('dev', toStage({}))
  assert.equal(names.stack, 'token-proxy-dev')
  assert.deepEqual(names.functions, [
    ...['token-proxy-dev-oauth2', 'token-proxy-dev-metadata', 'token-proxy-dev-doctor'],
  ])
  assert.equal(names.logGroups.at(-1), '/aws/http-api/token-proxy-dev')
  assert.equal(names.reserved, 41)
  assert.ok(names.secretIds.length > 0)
})

test('rotation adds its function and what that reserves', () => {
  const names = toDeployNames('dev', toStage({ rotateSecretsDays: 90, reservedConcurrency: 5 }))
  assert.equal(names.functions.at(-1), 'token-proxy-dev-rotate')
  assert.equal(names.reserved, 13)
})

test('only the rights that the options of the stage need are asked for', () => {
  const caller = { account: '123456789012', partition: 'aws' }
  const toServices = (fields: object) => {
    const stage = toStage(fields)
    const rights = listRights(toDeployNames('dev', stage), stage, caller)
    for (const { resource } of rights) assert.match(resource, /^arn:aws:[a-z0-9]+:/)
    return new Set(rights.flatMap(({ actions }) => actions.map((one) => one.split(':')[0])))
  }
  assert.ok(toServices({ evidenceTable: true }).has('dynamodb'))
  const without = toServices({ doctorSchedule: false })
  assert.ok(!without.has('dynamodb') && !without.has('events'))
})

test('a domain name needs its rights, its certificate, and those of its hosted zone where it has one', () => {
  const caller = { account: '123456789012', partition: 'aws' }
  const named = {
    domainName: 'login.example.com',
    domainCertificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/1',
  }
  const toResources = (fields: object) => {
    const stage = toStage(fields)
    const names = toDeployNames('dev', stage)
    assert.deepEqual(
      names.certificates.map(({ hostName }) => hostName),
      ['login.example.com'],
    )
    return listRights(names, stage, caller).map(({ resource }) => resource)
  }
  const domain = 'arn:aws:apigateway:eu-central-1::/domainnames'
  const zone = 'arn:aws:route53:::hostedzone/Z1'
  const withZone = toResources({ ...named, domainHostedZone: 'Z1' })
  assert.ok(withZone.includes(domain) && withZone.includes(zone))
  assert.ok(!toResources(named).some((one) => one.includes('route53')))
})

test('the dashboard is linked in the console of its partition', () => {
  assert.equal(
    toDashboardUrl('token-proxy-dev', 'eu-central-1'),
    'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/token-proxy-dev-eu-central-1',
  )
  assert.match(toDashboardUrl('x', 'cn-north-1'), /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//)
})

test('the rights of a role are asked for at its path, and tags need rights of their own', () => {
  const stage = toStage({ rolePath: '/team/', tags: { team: 'sign-in' } })
  const caller = { account: '123456789012', partition: 'aws' }
  const rights = listRights(toDeployNames('dev', stage), stage, caller)
  assert.ok(rights.some(({ resource }) => resource.includes(':role/team/token-proxy-dev-')))
  const plain = listRights(toDeployNames('dev', toStage({})), toStage({}), caller)
  const tagging = rights.flatMap(({ actions }) => actions).filter((one) => /Tag/.test(one))
  assert.equal(tagging.length, rights.length - plain.length)
  assert.ok(tagging.length > 0)
})

test('the keys of a stage are those that its services use, by the field that names them', () => {
  const arn = 'arn:aws:kms:eu-central-1:123456789012:key/1'
  assert.deepEqual(toDeployNames('dev', toStage({ topicsKmsKey: arn, secretsKmsKey: arn })).keys, [
    { field: 'topicsKmsKey', arn },
  ])
})

test('a gradual deployment needs rights of CodeDeploy, and looks at alarms by their full names', () => {
  const gradual = toStage({ gradualDeployment: true })
  const names = toDeployNames('dev', gradual)
  assert.ok(names.stoppingAlarms.includes('token-proxy-dev-config-invalid'))
  assert.deepEqual(toDeployNames('dev', toStage({})).stoppingAlarms, [])
  const caller = { account: '123456789012', partition: 'aws' }
  const actions = listRights(names, gradual, caller).flatMap((right) => right.actions)
  assert.ok(actions.includes('codedeploy:CreateDeployment'))
  assert.ok(actions.includes('lambda:PublishVersion'))
})
