import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { toDashboardUrl, toDeployNames } from '../../../infra/deploy/names.ts'
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

test('a second Region knows its own and, where its file was read, that of its secrets', () => {
  const stage = { ...toStage({ region: 'eu-west-1' }), replicaOf: 'prod' }
  const { region, replica } = toDeployNames('dev', { ...stage, primaryRegion: 'eu-central-1' })
  assert.deepEqual([region, replica], ['eu-west-1', { of: 'prod', from: 'eu-central-1' }])
  assert.deepEqual(toDeployNames('dev', stage).replica, { of: 'prod', from: undefined })
})

test('rotation adds its function and what that reserves', () => {
  const names = toDeployNames('dev', toStage({ rotateSecretsDays: 90, reservedConcurrency: 5 }))
  assert.equal(names.functions.at(-1), 'token-proxy-dev-rotate')
  assert.equal(names.reserved, 13)
})

test('a domain name needs its certificate', () => {
  const named = {
    domainName: 'login.example.com',
    domainCertificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/1',
  }
  assert.deepEqual(
    toDeployNames('dev', toStage(named)).certificates.map(({ hostName }) => hostName),
    ['login.example.com'],
  )
})

test('the dashboard is linked in the console of its partition', () => {
  assert.equal(
    toDashboardUrl('token-proxy-dev', 'eu-central-1'),
    'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/token-proxy-dev-eu-central-1',
  )
  assert.match(toDashboardUrl('x', 'cn-north-1'), /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//)
})

test('the keys of a stage are those that its services use, by the field that names them', () => {
  const arn = 'arn:aws:kms:eu-central-1:123456789012:key/1'
  assert.deepEqual(toDeployNames('dev', toStage({ topicsKmsKey: arn, secretsKmsKey: arn })).keys, [
    { field: 'topicsKmsKey', arn },
  ])
})

test('a gradual deployment looks at alarms by their full names', () => {
  const { stoppingAlarms } = toDeployNames('dev', toStage({ gradualDeployment: true }))
  assert.ok(stoppingAlarms.includes('token-proxy-dev-config-invalid'))
  assert.deepEqual(toDeployNames('dev', toStage({})).stoppingAlarms, [])
})
