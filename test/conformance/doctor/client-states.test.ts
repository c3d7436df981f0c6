import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awsError } from '../../../local/aws/protocol.ts'
import { listChecks, runDoctor } from '../../fixtures/conformance/doctor-doors.ts'
import { openDoctorStage, refusedCode } from '../../fixtures/conformance/doctor-stage.ts'
import { webClient } from '../../fixtures/conformance/proxy.ts'

const secret = '1f0a6c2b9d8e7f3a5b4c6d7e8f90a1b2c3d4e5f60718293a4b5c'
const reversed = secret.split('').reverse().join('')

test('an alias of the domain is only a warning, and the probe proves that it works', async (t) => {
  const stage = await openDoctorStage(secret, () => undefined)
  t.after(() => stage.close())
  const { round, table } = await stage.knockAt('round', 'table')
  assert.deepEqual(listChecks(round, 'failed'), [])
  assert.deepEqual(listChecks(round, 'warning'), ['domain_owner'])
  assert.equal(table.code, 0)
  assert.match(table.out, /! domain owner .*alias/)
  assert.match(table.out, /✓ live probe/)
  stage.answerWith({ status: 404, body: 'Not Found' })
  const nowhere = await stage.knockAt('round', 'json')
  assert.deepEqual(listChecks(nowhere.round, 'failed'), ['live_probe: domain_not_found'])
  assert.equal(nowhere.json.code, 1)
})

test('a domain that belongs to another pool is named, and no secret is sent there', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  stage.config.domainPoolId = 'eu-central-1_Another01'
  const { round } = await stage.knockAtAll()
  assert.deepEqual(listChecks(round, 'failed'), ['domain_owner: domain_of_another_pool'])
  assert.deepEqual(stage.probes, [])
})

test('after a rotation that deleted the original secret all is well, and the probe proves it', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  stage.client.secrets = [{ id: 'second', value: secret, createdAtSeconds: 2, isAdded: true }]
  const { round, table } = await stage.knockAt('round', 'table')
  assert.deepEqual([listChecks(round, 'failed'), listChecks(round, 'warning')], [[], []])
  assert.equal(table.code, 0)
  assert.match(table.out, /✓ client has secret .*one secret is active, which Cognito does not show/)
  assert.match(table.out, /✓ client secret .*live probe proves the stored secret; .*shows none/)
  assert.match(table.out, /✓ live probe/)
  assert.doesNotMatch(table.out, /create-user-pool-client/)
})

test('the result is the same if Cognito shows an empty secret or still shows the deleted one', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  stage.client.secrets = [
    { id: 'second', value: secret, createdAtSeconds: 1_710_000_000, isAdded: true },
  ]
  for (const shown of ['', reversed]) {
    stage.client.describedSecret = shown
    stage.answerWith(refusedCode)
    const right = await stage.knockAt('round')
    assert.deepEqual(
      [listChecks(right.round, 'failed'), listChecks(right.round, 'warning')],
      [[], []],
    )
    stage.answerWith({ status: 400, body: { error: 'invalid_client' } })
    const wrong = await stage.knockAt('round', 'table')
    const cause = shown === '' ? 'client_rejected' : 'client_secret_mismatch'
    assert.deepEqual(listChecks(wrong.round, 'failed'), [`live_probe: ${cause}`])
    assert.match(
      wrong.table.out,
      /\$ aws cognito-idp add-user-pool-client-secret .*put-secret-value/,
    )
    assert.doesNotMatch(wrong.table.out, /describe-user-pool-client/)
  }
})

test('during the overlap of a rotation the probe proves whichever secret is stored', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  const [original = assert.fail()] = stage.client.secrets
  const added = { id: 'second', value: reversed, createdAtSeconds: 1_710_000_000, isAdded: true }
  stage.client.secrets = [original, { ...added, isAdded: true }]
  for (const stored of [secret, reversed]) {
    stage.secrets.put(webClient.secretId, stored)
    const { round } = await stage.knockAt('round')
    assert.deepEqual([listChecks(round, 'failed'), listChecks(round, 'warning')], [[], []])
  }
})

test('a list of secrets that may not be read leaves it to the probe, and says so', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  stage.client.secrets = [{ id: 'second', value: secret, createdAtSeconds: 2, isAdded: true }]
  const denied = awsError('AccessDeniedException', 'not authorized')
  const target = 'AWSCognitoIdentityProviderService.ListUserPoolClientSecrets'
  stage.aws.refuse(target, 'error' in denied ? denied.error : assert.fail())
  const right = await stage.knockAt('round', 'table')
  assert.deepEqual(listChecks(right.round, 'failed'), [])
  assert.deepEqual(listChecks(right.round, 'warning'), ['client_has_secret'])
  assert.match(right.table.out, /its list of secrets could not be read; see the live probe/)
  stage.answerWith({ status: 400, body: { error: 'invalid_client' } })
  const wrong = await stage.knockAt('round')
  assert.deepEqual(listChecks(wrong.round, 'failed'), ['live_probe: client_rejected'])
})

test('a stored secret that is not the only one, which Cognito does not show, is for the probe to find', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  stage.client.secrets = [{ id: 'second', value: reversed, createdAtSeconds: 2, isAdded: true }]
  stage.answerWith({ status: 400, body: { error: 'invalid_client' } })
  const { round, table } = await stage.knockAt('round', 'table')
  assert.deepEqual(listChecks(round, 'failed'), ['live_probe: client_rejected'])
  assert.match(table.out, /\$ aws cognito-idp add-user-pool-client-secret .*put-secret-value/)
  assert.doesNotMatch(table.out, /create-user-pool-client|describe-user-pool-client/)
})

test('secrets that somebody changed in the console are named, and the commands that heal it', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  const createdAtSeconds = Math.floor(Date.now() / 1000) + 3600
  stage.client.secrets = [{ id: 'second', value: reversed, createdAtSeconds, isAdded: true }]
  stage.answerWith({ status: 400, body: { error: 'invalid_client' } })
  const { round, table } = await stage.knockAtAll()
  assert.deepEqual(listChecks(round, 'failed'), ['live_probe: client_secret_mismatch'])
  assert.match(table.out, /likely client_secret_mismatch \(.*changed_at_cognito\)/)
  assert.match(table.out, /npm run secret -- rotate/)
  assert.match(table.out, /npm run secret -- import --client web /)
})

test('device tracking is a warning where refresh tokens are used, and nothing where they are not', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  stage.config.deviceConfiguration = { challengeRequiredOnNewDevice: true }
  const warnings = async (change: object) => {
    const { code, out } = await runDoctor(['--json'], { ...stage.env, ...stage.withClient(change) })
    assert.equal(code, 0)
    return listChecks(JSON.parse(out), 'warning')
  }
  assert.deepEqual(await warnings({}), ['device_tracking'])
  assert.deepEqual(await warnings({ grants: ['authorization_code'] }), [])
})

test('one call fixes all that is wrong with an app client, and the table shows it once', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  const { client } = stage
  client.secrets = [{ id: 'other', value: reversed, createdAtSeconds: 1_700_000_000 }]
  client.allowedOAuthFlowsUserPoolClient = false
  client.enableTokenRevocation = false
  const { table, round } = await stage.knockAt('round', 'table')
  assert.deepEqual(listChecks(round, 'failed'), [
    'client_secret: client_secret_mismatch',
    'oauth_enabled: oauth_flows_disabled',
    'revocation: revocation_disabled',
  ])
  const calls = table.out.split('\n').filter((line) => line.trim().startsWith('$ '))
  assert.equal(calls.length, 2, 'one for the secret, and one for the app client')
  assert.match(
    calls[0] ?? '',
    /describe-user-pool-client .* \| aws secretsmanager put-secret-value --region eu-central-1 /,
  )
  assert.match(calls[1] ?? '', /UserPoolClient = true \| .EnableTokenRevocation = true'\)"$/)
  assert.match(table.out, /\(the same call as above\)/)
})

test('an app client made for client credentials is left alone: another one is advised', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  stage.client.allowedOAuthFlows = ['client_credentials']
  stage.client.callbackUrls = []
  stage.client.supportedIdentityProviders = []
  const { round, table } = await stage.knockAtAll()
  assert.deepEqual(listChecks(round, 'failed'), ['code_flow: grant_not_allowed'])
  assert.match(table.out, /→ Create a separate app client/)
  assert.doesNotMatch(table.out, /update-user-pool-client/)
  assert.deepEqual(stage.probes, [])
  assert.equal(table.code, 1)
})

const hostile = '\u001b[2J\u009b1m\u202egnp.exe\u2066\u2028\u2029\r\n\u0007\u007f'
const unsafe = /[^\P{Other}\n]|[\u2028\u2029]/u

test('what others wrote into the user pool reaches a terminal only as escapes', async (t) => {
  const stage = await openDoctorStage(secret)
  t.after(() => stage.close())
  const { client } = stage
  client.clientName = `Größe ${hostile}`
  client.allowedOAuthScopes = [`scope${hostile}`]
  client.supportedIdentityProviders = [`Übung${hostile}`]
  client.callbackUrls.push(`https://app.example/${hostile}`)
  client.allowedOAuthFlowsUserPoolClient = false
  const { round, table, json } = await stage.knockAt('round', 'table', 'json')
  for (const { out } of [table, json]) assert.doesNotMatch(out, unsafe)
  assert.doesNotMatch(JSON.stringify(round), unsafe)
  const shown = '\\u001b[2J\\u009b1m\\u202egnp.exe'
  for (const start of ['scope', 'Übung', 'https://app.example/']) {
    assert.ok(table.out.includes(`${start}${shown}`), start)
  }
  const call = table.out.split('\n').find((line) => line.trim().startsWith('$ ')) ?? ''
  assert.match(call, /^[\x20-\x7e]+$/)
})
