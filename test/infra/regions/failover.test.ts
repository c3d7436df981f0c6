import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toDomainResources } from '../../../infra/domain/domain.ts'
import { joinReplica } from '../../../infra/regions/pair.ts'
import { parseStage, type Stage } from '../../../infra/stage.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'

const toCertificate = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/1234abcd`
const primary = {
  ...{ region: 'eu-central-1', clients: [leastClientFields], domainName: 'auth.example.com' },
  domainCertificate: toCertificate('eu-central-1'),
  ...{ domainHostedZone: 'Z123ABC', domainFailover: true },
}

function toStage(fields: object): Stage {
  const parsed = parseStage(fields, 'a')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.stage
}

function toSecond(): Stage {
  const own = { replicaOf: 'a', region: 'eu-west-1', domainCertificate: toCertificate('eu-west-1') }
  const joined = joinReplica(own, primary, 'a')
  assert.ok(joined.ok, JSON.stringify(joined))
  return toStage(joined.value)
}

test('the record is one of two, each with the health of its own deployment', () => {
  for (const [stage, role] of [
    [toStage(primary), 'PRIMARY'],
    [toSecond(), 'SECONDARY'],
  ] as const) {
    const { CustomDomainRecord: record, DomainHealthCheck: check } = toDomainResources(stage)
    const { SetIdentifier, Failover, HealthCheckId, Name } = record?.Properties ?? {}
    assert.deepEqual(
      [SetIdentifier, Failover, HealthCheckId, Name],
      [stage.region, role, { Ref: 'DomainHealthCheck' }, 'auth.example.com'],
    )
    const { ResourcePath, FullyQualifiedDomainName: host } = Object(
      check?.Properties['HealthCheckConfig'],
    )
    assert.equal(ResourcePath, '/health')
    assert.match(JSON.stringify(host), /HttpApi\}\.execute-api\./)
  }
})

test('without it, there is one record and no health check', () => {
  const { domainFailover: _, ...plain } = primary
  const resources = toDomainResources(toStage(plain))
  assert.ok(!('DomainHealthCheck' in resources))
  assert.ok(!('Failover' in (resources['CustomDomainRecord']?.Properties ?? {})))
})

test('it needs a record of the stack, and an address of this Region alone', () => {
  const { domainHostedZone: _, ...recordless } = primary
  for (const [fields, problem] of [
    [recordless, /^domainFailover needs domainHostedZone$/],
    [{ ...primary, disableExecuteApiEndpoint: true }, /^domainFailover needs the address that AWS/],
  ] as const) {
    const parsed = parseStage(fields, 'a')
    assert.match(parsed.ok ? '' : parsed.problems.join(), problem)
  }
})
