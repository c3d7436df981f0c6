import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCanaryResources } from '../../../infra/canary/canary.ts'
import { joinReplica } from '../../../infra/regions/pair.ts'
import { parseStage } from '../../../infra/stage.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'
import { toMetricAlarms, toStage } from '../../fixtures/infra/alarms-of-stage.ts'

const toProperties = (changes: object) => {
  const stage = { ...toStage({ canaryEveryMinutes: 5, ...changes }), canaryScript: 'script' }
  return toCanaryResources(stage)['SmokeCanary']?.Properties ?? {}
}

test('a stage without a canary has none of it, and no alarm of one', () => {
  assert.deepEqual(toCanaryResources(toStage()), {})
  assert.ok(!toMetricAlarms(toStage()).has('AlarmCanary'))
})

test('a canary runs the built script on its schedule, against the address that front ends call', () => {
  const { Code, Schedule, RunConfig } = toProperties({ publicUrl: 'https://auth.example.com' })
  assert.deepEqual(Code, { Handler: 'index.handler', Script: 'script' })
  assert.deepEqual(Schedule, { Expression: 'rate(5 minutes)' })
  const { EnvironmentVariables: variables } = RunConfig as {
    readonly EnvironmentVariables: Readonly<Record<string, string>>
  }
  assert.equal(variables['SMOKE_URL'], 'https://auth.example.com')
  assert.equal(JSON.parse(variables['SMOKE_CLIENTS'] ?? '')[0].clientId, 'client1')
  const { Schedule: often, RunConfig: short } = toProperties({ canaryEveryMinutes: 1 })
  assert.deepEqual(often, { Expression: 'rate(1 minute)' })
  assert.equal((short as { readonly TimeoutInSeconds: number }).TimeoutInSeconds, 60)
})

test('without a public address, and in a second Region, it calls the API itself', () => {
  const own =
    `https://${['HttpApi', 'AWS::Region', 'AWS::URLSuffix'].map((name) => `\${${name}}`).join('.')}`.replace(
      '}.',
      '}.execute-api.',
    )
  const urlOf = (properties: Readonly<Record<string, unknown>>) =>
    (properties['RunConfig'] as { readonly EnvironmentVariables: { readonly SMOKE_URL: unknown } })
      .EnvironmentVariables.SMOKE_URL
  assert.deepEqual(urlOf(toProperties({})), { 'Fn::Sub': own })
  const primary = {
    ...{ region: 'eu-central-1', publicUrl: 'https://auth.example.com' },
    ...{ canaryEveryMinutes: 5, clients: [leastClientFields] },
  }
  const urlOfSecond = (more: object) => {
    const joined = joinReplica({ replicaOf: 'a', region: 'eu-west-1', ...more }, primary, 'a')
    const parsed = joined.ok ? parseStage(joined.value, 'b') : joined
    assert.ok(parsed.ok)
    return urlOf(toCanaryResources(parsed.stage)['SmokeCanary']?.Properties ?? {})
  }
  assert.deepEqual(urlOfSecond({}), { 'Fn::Sub': own })
  assert.equal(urlOfSecond({ disableExecuteApiEndpoint: true }), 'https://auth.example.com')
})

test('two failed runs in a row are the alarm, and a time without runs is none', () => {
  const alarm = toMetricAlarms(toStage({ canaryEveryMinutes: 10 })).get('AlarmCanary')
  assert.deepEqual(
    [alarm?.EvaluationPeriods, alarm?.DatapointsToAlarm, alarm?.ComparisonOperator],
    [2, 2, 'LessThanThreshold'],
  )
  const [judged, passed] = alarm?.Metrics ?? []
  assert.equal(judged?.Expression, 'FILL(passed, 100)')
  assert.deepEqual(passed?.MetricStat?.Period, 600)
})

test('a canary may write its log group, whose name has only the beginning of a long name', () => {
  const resources = toCanaryResources({ ...toStage({ canaryEveryMinutes: 5 }), name: 'production' })
  const [, pattern = ''] =
    /log-group:([^"]+)"/.exec(JSON.stringify(resources['CanaryRole'])) ?? assert.fail()
  assert.match(pattern, /^[^*]+\*$/)
  for (const name of ['token-proxy-productio', 'token-proxy-production-smoke']) {
    assert.ok(`/aws/lambda/cwsyn-${name}-0a1b2c3d`.startsWith(pattern.slice(0, -1)), name)
  }
})
