import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoClients } from '../../../local/world-config.ts'
import { findCanaries } from '../../fixtures/browser/canaries.ts'
import {
  type DoctorDoors,
  listChecks,
  openDoctorDoors,
} from '../../fixtures/conformance/doctor-doors.ts'

let doors: DoctorDoors

before(async () => {
  doors = await openDoctorDoors()
})

after(() => doors.close())

test('checks every client on a schedule, and writes one record for each that is well', async () => {
  const before = doors.world.records.lines().length
  const round = await doors.invoke({ source: 'aws.events', 'detail-type': 'Scheduled Event' })
  assert.ok(round.isWell)
  const names = demoClients.map(({ name }) => name)
  assert.deepEqual(
    round.reports.map(({ client }) => client),
    names,
  )
  for (const { checks } of round.reports) assert.ok(checks.every(({ status }) => status === 'ok'))
  const lines = doors.world.records
    .lines()
    .slice(before)
    .map((line) => JSON.parse(line))
  const [records, metrics] = [false, true].map((isMetric) =>
    lines.filter((line) => '_aws' in line === isMetric),
  )
  // Each is written as soon as it is known, in whichever order that is.
  assert.deepEqual(
    records
      ?.map(({ message, client, check, check_result }) => [message, client, check, check_result])
      .sort(),
    names.map((name) => ['check', name, 'all', 'ok']).sort(),
  )
  // Silence must mean that the doctor is not there, so that a round that finds nothing counts it.
  assert.deepEqual(
    metrics?.map(({ service, client, CheckFailures }) => [service, client, CheckFailures]).sort(),
    names.map((name) => ['token-proxy', name, 0]).sort(),
  )
})

test('writes a record and a metric for each failed check, with the causes of requests', async () => {
  doors.world.switchboard.breakWith('oauth_flows_off')
  const before = doors.world.records.lines().length
  await doors.invoke({ client: 'web' })
  doors.world.switchboard.restore()
  const [record, metric, ...others] = doors.world.records
    .lines()
    .slice(before)
    .map((line) => JSON.parse(line))
  assert.deepEqual(others, [])
  const { message, check, check_result, cause, client, fault, outcome } = record
  assert.deepEqual(
    { message, check, check_result, cause, client, fault, outcome },
    {
      message: 'check',
      check: 'oauth_enabled',
      check_result: 'failed',
      cause: 'oauth_flows_disabled',
      client: 'web',
      fault: 'operator',
      // A check is no request, and must not be counted as one.
      outcome: undefined,
    },
  )
  const { _aws, ...values } = metric
  assert.deepEqual(values, {
    service: 'token-proxy',
    cause: 'oauth_flows_disabled',
    kind: 'setup',
    client: 'web',
    CheckFailures: 1,
  })
  assert.deepEqual(_aws.CloudWatchMetrics, [
    {
      Namespace: 'TokenProxy',
      Dimensions: [['service'], ['service', 'cause'], ['service', 'kind'], ['service', 'client']],
      Metrics: [{ Name: 'CheckFailures', Unit: 'Count' }],
    },
  ])
})

test('prints the call that fixes it: one change to the whole configuration, and no secret in the answer', async () => {
  doors.world.switchboard.breakWith('code_grant_not_allowed')
  const { code, out } = await doors.run(['--client', 'web'])
  doors.world.switchboard.restore()
  assert.equal(code, 1)
  assert.match(out, /✗ code flow +AllowedOAuthFlows: none/)
  const [call, ...others] = out.split('\n').filter((line) => line.trim().startsWith('$ '))
  assert.deepEqual(others, [])
  assert.match(
    call ?? '',
    / update-user-pool-client .* --query UserPoolClient.ClientId --output text /,
  )
  assert.match(call ?? '', /describe-user-pool-client .*'del\(.ClientSecret, .* \+ \["code"\]'\)"$/)
})

test('names a user pool that does not exist, though the domain is that of another one', async () => {
  const { round } = await doors.invokeWith(
    doors.withClients({ userPoolId: 'eu-central-1_Another1' }),
  )
  assert.deepEqual(listChecks(round, 'failed'), ['client_exists: user_pool_not_found'])
})

test('finds a port where nothing listens, and sends no secret there', async () => {
  const { round } = await doors.invokeWith(doors.withClients({ domain: 'http://127.0.0.1:1' }))
  assert.deepEqual(listChecks(round, 'failed'), ['domain_answers: cognito_unreachable'])
})

test('compares the rotation settings with the pool', async () => {
  const rotation = { refreshTokenRotation: 'on', retryGracePeriodSeconds: 10 }
  const { round } = await doors.invokeWith(doors.withClients(rotation))
  assert.deepEqual(listChecks(round, 'failed'), ['refresh_rotation: refresh_settings_differ'])
})

test('without a user pool id the probe alone still tells that all is well, or that it cannot tell', async () => {
  const env = doors.withClients({ userPoolId: undefined })
  const sound = await doors.invokeWith(env)
  assert.ok(sound.round.isWell)
  assert.deepEqual(listChecks(sound.round, 'warning'), [])
  const unseen = sound.round.reports[0]?.checks.filter(({ status }) => status === 'skipped')
  assert.ok(
    unseen?.some(({ name, fix }) => name === 'client_exists' && fix?.includes('userPoolId')),
  )
  doors.world.switchboard.breakWith('secret_mismatch')
  const { round } = await doors.invokeWith(env)
  doors.world.switchboard.restore()
  assert.deepEqual(listChecks(round, 'failed'), ['live_probe: client_rejected'])
})

test('if describing is denied, it says so, and the probe decides', async () => {
  doors.world.aws.denyCognito(true)
  const { round } = await doors.invokeWith({})
  doors.world.aws.denyCognito(false)
  assert.ok(round.isWell)
  const found = round.reports[0]?.checks.find(({ name }) => name === 'client_exists')
  assert.match(found?.found ?? '', /no permission/)
})

test('gives a probe less than the deadline while Cognito describes nothing and the token endpoint is silent', async () => {
  doors.world.aws.silenceCognito(true)
  doors.world.switchboard.breakWith('silence')
  const { round, tookMs } = await doors.invokeWith({ TOKEN_PROXY_DEADLINE_MS: '14000' })
  doors.world.switchboard.restore()
  doors.world.aws.silenceCognito(false)
  assert.deepEqual(listChecks(round, 'failed'), ['live_probe: cognito_timeout'])
  assert.ok(tookMs < 14_000, `${tookMs} ms`)
})

test('a round that runs out of time for 40 hanging clients ends with a record and a count for each', async () => {
  const [web] = JSON.parse(doors.world.env['TOKEN_PROXY_CLIENTS'] ?? '')
  const names = Array.from({ length: 40 }, (_, index) => `web-${index}`)
  const clients = names.map((name) => ({ ...web, name, clientId: name.replace('-', '') }))
  doors.world.aws.silenceCognito(true)
  // Each hangs for three seconds, after which fewer than ten are left.
  const env = { TOKEN_PROXY_CLIENTS: JSON.stringify(clients) }
  const { round, lines } = await doors.invokeWith(env, {}, 12.9)
  doors.world.aws.silenceCognito(false)
  assert.deepEqual(
    round.reports.map(({ client }) => client),
    names,
  )
  const records = lines.filter(({ message }) => message === 'check')
  assert.deepEqual(new Set(records.map(({ client }) => client)), new Set(names))
  const unchecked = records.filter(({ cause }) => cause === 'client_not_checked')
  assert.ok(unchecked.length >= 36, `${unchecked.length}`)
  assert.ok(unchecked.every(({ check, fault }) => check === 'all' && fault === 'operator'))
  const counted = lines.filter(
    ({ cause, CheckFailures }) => cause === 'client_not_checked' && CheckFailures === 1,
  )
  assert.equal(counted.length, unchecked.length)
})

test('reports every problem of refused settings at once, by function and command', async () => {
  const env = { TOKEN_PROXY_CLIENTS: '[{}]', TOKEN_PROXY_DEADLINE_MS: 'soon' }
  const { round, lines } = await doors.invokeWith(env)
  assert.deepEqual(listChecks(round, 'failed'), ['settings: config_invalid'])
  assert.ok(lines.some(({ message }) => message === 'settings refused'))
  assert.ok(lines.some(({ message, cause }) => message === 'check' && cause === 'config_invalid'))
  const { code, out } = await doors.run(['--json'], { ...doors.world.env, ...env })
  assert.equal(code, 1)
  const settings: string = JSON.parse(out).reports[0].checks[0].found
  for (const place of ['clientId is missing', 'TOKEN_PROXY_DEADLINE_MS']) {
    assert.ok(settings.includes(place), place)
  }
})

test('could not check: bad arguments, no such client and missing settings exit with 2', async () => {
  const runs = await Promise.all([
    doors.run(['--client']),
    doors.run(['web']),
    doors.run(['--client', 'nobody']),
    doors.run(['--client', 'web'], {}),
  ])
  for (const { code, out, err } of runs) {
    assert.equal(code, 2)
    assert.equal(out, '')
    assert.equal(err.split('\n').length, 2)
  }
})

test('the command checks all clients, and writes no colour where there is no terminal', async () => {
  const { code, out } = await doors.run([])
  assert.equal(code, 0)
  for (const { name } of demoClients) assert.ok(out.includes(`${name}: everything is correct`))
  assert.ok(!out.includes('\u001b'))
})

test('through all of this the secret appears nowhere', () => {
  assert.ok(doors.said().length > 1000)
  assert.deepEqual(findCanaries(doors.said()), [])
})
