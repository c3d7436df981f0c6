import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { openDiscoveryDocuments } from '../../adapters/discovery.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { openTestMeter } from '../fixtures/adapters/test-meter.ts'
import { openTestConnections } from '../fixtures/adapters/upstream-call.ts'
import { hangMs } from '../fixtures/patience.ts'
import { stopTimers } from '../fixtures/stopped-timers.ts'

type Answer = (response: ServerResponse, issuer: string) => void

const well =
  (cacheControl: string): Answer =>
  (response, issuer) => {
    const document = { issuer, authorization_endpoint: `${issuer}/a`, jwks_uri: `${issuer}/k` }
    response.setHeader('cache-control', cacheControl).end(JSON.stringify(document))
  }
const broken: Answer = (response) => response.writeHead(500).end()

/** The documents of an issuer that answers as it is told, at a path of its own. */
async function open(t: TestContext, answer: Answer) {
  const issuerSide = { answer, paths: [] as (string | undefined)[] }
  const server = await openHttpServer(t, (request, response) => {
    issuerSide.paths.push(`${request.method} ${request.url}`)
    issuerSide.answer(response, issuer)
  })
  const issuer = `http://127.0.0.1:${server.port}/pool1`
  const clock = openManualClock()
  const passTime = stopTimers(t)
  const connections = openTestConnections(t, clock)
  const documents = openDiscoveryDocuments(connections, { connectTimeoutMs: hangMs }, clock)
  const ask = async (leftMs?: number) => {
    const meter = openTestMeter(leftMs, clock)
    const result = await documents.ask(issuer, meter)
    return `${result.ok ? 'ok' : result.cause} ${meter.facts.attempts ?? 0}`
  }
  return { issuerSide, passTime, clock, ask }
}

test('simultaneous requests fetch a document once, count it once, and keep it as long as its issuer says', async (t) => {
  const { issuerSide, clock, ask } = await open(t, well('public, max-age=120'))
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), ['ok 1', 'ok 0', 'ok 0'])
  assert.deepEqual(issuerSide.paths, ['GET /pool1/.well-known/openid-configuration'])
  clock.pass(119_999)
  assert.equal(await ask(), 'ok 0')
  clock.pass(1)
  assert.equal(await ask(), 'ok 1')
  assert.equal(issuerSide.paths.length, 2)
})

for (const [cacheControl, keptMs] of [
  ['public', 3_600_000],
  ['max-age=0', 60_000],
  ['max-age=999999999', 86_400_000],
] as const) {
  test(`an issuer that says ${cacheControl} is believed for ${keptMs} ms`, async (t) => {
    const { clock, ask } = await open(t, well(cacheControl))
    await ask()
    clock.pass(keptMs - 1)
    assert.equal(await ask(), 'ok 0')
    clock.pass(1)
    assert.equal(await ask(), 'ok 1')
  })
}

test('while the issuer fails the last document is used, and it is asked every five seconds', async (t) => {
  const { issuerSide, clock, ask } = await open(t, well('max-age=60'))
  await ask()
  issuerSide.answer = broken
  clock.pass(60_000)
  assert.equal(await ask(), 'ok 1')
  assert.equal(await ask(), 'ok 0')
  clock.pass(5000)
  assert.equal(await ask(), 'ok 1')
  assert.equal(issuerSide.paths.length, 3)
})

test('an issuer that has never answered well is a failure of its own cause', async (t) => {
  const { issuerSide, clock, ask } = await open(t, broken)
  assert.equal(await ask(), 'cognito_error 1')
  assert.equal(await ask(), 'cognito_error 0')
  issuerSide.answer = well('')
  clock.pass(5000)
  assert.equal(await ask(), 'ok 1')
})

test('an issuer that hangs is waited for within the deadline', { timeout: hangMs }, async (t) => {
  const { issuerSide, passTime, ask } = await open(t, broken)
  issuerSide.answer = () => passTime(100)
  assert.equal(await ask(100), 'cognito_timeout 1')
})

test('an issuer that hangs delays no one for long while its last document is known', {
  timeout: hangMs,
}, async (t) => {
  const { issuerSide, passTime, clock, ask } = await open(t, well('max-age=60'))
  await ask()
  issuerSide.answer = () => passTime(500)
  clock.pass(60_000)
  assert.equal(await ask(), 'ok 1')
  assert.equal(issuerSide.paths.length, 2)
})

test('a clock that was set back makes a document old', async (t) => {
  const { clock, ask } = await open(t, well('max-age=60'))
  await ask()
  clock.jump(-3_600_000)
  assert.equal(await ask(), 'ok 1')
})
