import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, beforeEach, test } from 'node:test'
import type { ClientReport } from '../../../core/doctor/report.ts'
import { listen } from '../../../local/listening.ts'
import { closedPort } from '../../fixtures/adapters/loopback-servers.ts'
import { type Environment, listChecks, runDoctor } from '../../fixtures/conformance/doctor-doors.ts'
import {
  type DoctorStage,
  openDoctorStage,
  refusedCode,
} from '../../fixtures/conformance/doctor-stage.ts'

const secret = '1f0a6c2b9d8e7f3a5b4c6d7e8f90a1b2c3d4e5f60718293a4b5c'
const keySecretId = 'token-proxy/cookie-key'

let stage: DoctorStage

before(async () => {
  stage = await openDoctorStage(secret)
})

after(() => stage.close())

beforeEach(() => stage.answerWith(refusedCode))

/** What the command says of the one client, under changed settings. */
async function check(change: object, env: Environment = {}) {
  const all = { ...stage.env, ...stage.withClient(change), ...env }
  const { out } = await runDoctor(['--json'], all)
  const round = JSON.parse(out)
  const checks: ClientReport['checks'] = round.reports[0].checks
  return {
    failed: listChecks(round, 'failed'),
    warnings: listChecks(round, 'warning'),
    checks,
    pick: (name: string) => checks.find((one) => one.name === name),
  }
}

test('a secretId of another app client is reported, without advice to overwrite it', async () => {
  const admin = { client_id: 'the-admin-client', client_secret: 'x'.repeat(40) }
  stage.secrets.put('token-proxy/admin', JSON.stringify(admin))
  const { failed, checks, pick } = await check({ secretId: 'token-proxy/admin' })
  assert.deepEqual(failed, ['secret_well_formed: secret_malformed'])
  assert.match(pick('secret_well_formed')?.fix ?? '', /^secretId may be wrong/)
  assert.ok(checks.every(({ command }) => command === undefined))
})

test('a secret that is missing under an ARN is not said to be made under it', async () => {
  const secretId = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:gone-a1b2c3'
  const { failed, checks } = await check({ secretId })
  assert.deepEqual(failed, ['secret_readable: secret_not_found'])
  assert.ok(checks.every(({ command }) => command === undefined))
})

test('the call that stores a secret goes to the Region in which the doctor has read it', async () => {
  const env = { ...stage.withClient({ secretId: 'token-proxy/none' }), AWS_REGION: 'us-west-2' }
  const { round, table } = await stage.knockWith(env, 'round', 'table')
  assert.deepEqual(listChecks(round, 'failed'), ['secret_readable: secret_not_found'])
  const call = / create-secret --region us-west-2 --name token-proxy\/none /
  assert.match(table.out, call)
  assert.match(JSON.stringify(round), call)
})

test('a user pool id that no pool has is named, whoever has the domain', async () => {
  const { failed, pick } = await check({ userPoolId: 'eu-central-1_Nope' })
  assert.deepEqual(failed, ['client_exists: user_pool_not_found'])
  assert.match(pick('client_exists')?.found ?? '', /the domain belongs to eu-central-1_Staged001$/)
})

test('a client that only refreshes is in order without the code grant, by an invented refresh token', async () => {
  const { allowedOAuthFlows, callbackUrls } = stage.client
  Object.assign(stage.client, { allowedOAuthFlows: [], callbackUrls: [] })
  const sentBefore = stage.probes.length
  const { failed, warnings, pick } = await check({ grants: ['refresh_token'], redirectUris: [] })
  Object.assign(stage.client, { allowedOAuthFlows, callbackUrls })
  assert.deepEqual([failed, warnings], [[], []])
  assert.match(stage.probes[sentBefore] ?? '', /grant_type=refresh_token/)
  assert.match(
    pick('live_probe')?.found ?? '',
    /^an invented refresh token was refused as expected/,
  )
})

test('a client that keeps a refresh token in a cookie has its key looked at', async () => {
  const checkKey = () =>
    check(
      { refreshToken: 'cookie' },
      {
        TOKEN_PROXY_PUBLIC_URL: 'https://login.app.example',
        TOKEN_PROXY_COOKIE_KEY_SECRET: keySecretId,
      },
    )
  const none = await checkKey()
  assert.deepEqual(none.failed, ['cookie_key: secret_not_found'])
  assert.match(
    none.pick('cookie_key')?.command ?? '',
    /create-secret --region eu-central-1 --name token-proxy\/cookie-key /,
  )
  stage.secrets.put(keySecretId, randomBytes(32).toString('base64'))
  const sound = await checkKey()
  assert.deepEqual(sound.failed, [])
  assert.match(sound.pick('cookie_key')?.found ?? '', /there is no previous one$/)
  stage.secrets.put(keySecretId, 'no key')
  const broken = await checkKey()
  assert.deepEqual(broken.failed, ['cookie_key: secret_malformed'])
  assert.match(broken.pick('cookie_key')?.fix ?? '', /AWSPREVIOUS/)
  assert.match(broken.pick('cookie_key')?.command ?? '', /update-secret-version-stage/)
})

test('a deployment behind a CDN is asked through it whether its key is accepted', async (t) => {
  const answer = { status: 200, body: '{}' }
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(answer.status).end(answer.body)
  })
  t.after(() => server.close())
  const front = await listen(server, 0)
  const checkEdge = (url = front.url) =>
    check(
      {},
      {
        TOKEN_PROXY_PUBLIC_URL: url,
        TOKEN_PROXY_EDGE_KEY_DIGESTS: 'a1'.repeat(32),
      },
    )
  assert.deepEqual((await checkEdge()).failed, [])
  Object.assign(answer, { status: 503, body: '{"error":"temporarily_unavailable"}' })
  assert.deepEqual((await checkEdge()).failed, ['edge: edge_key_mismatch'])
  assert.deepEqual(asked, ['GET /health', 'GET /health'])
  const silent = await checkEdge(`http://127.0.0.1:${closedPort}`)
  assert.deepEqual([silent.failed, silent.pick('edge')?.status], [[], 'warning'])
})
