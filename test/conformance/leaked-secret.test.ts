// Whether a front end leaks its secret is decided by the stored secret alone, wherever the value was sent.
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { openMetricStore } from '../../local/cloudwatch/metric-store.ts'
import { watchAt } from '../../local/cloudwatch/watcher.ts'
import { readDrilledWatch } from '../fixtures/conformance/alarm-drill.ts'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import {
  type Call,
  codeGrant,
  openProxy,
  refreshGrant,
  type TestedProxy,
  webClient,
} from '../fixtures/conformance/proxy.ts'

async function open(t: TestContext): Promise<TestedProxy> {
  const proxy = await openProxy({ concurrency: 1 })
  t.after(() => proxy.close())
  return proxy
}

/** The alarms that are up by what the function wrote; no doctor makes rounds here. */
function toAlarms(proxy: TestedProxy): readonly string[] {
  const { watch } = readDrilledWatch()
  // The minute that is under way counts once it is full.
  const nowMs = Date.now() + 60_000
  const store = openMetricStore(() => nowMs)
  for (const line of proxy.lines()) store.take(line)
  const { statuses } = watchAt(watch, store, nowMs, new Map())
  const isUp = (id: string) => statuses.get(id)?.state === 'ALARM'
  return [...watch.metricAlarms.keys()].filter((id) => isUp(id) && id !== 'AlarmDoctorHeartbeat')
}

const toBasic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

const leaks: readonly (readonly [string, (secret: string) => Call])[] = [
  ['client_secret', (secret) => ({ body: codeGrant({ client_secret: secret }) })],
  [
    'Basic credentials',
    (secret) => ({
      body: codeGrant(),
      headers: { authorization: toBasic(`${webClient.clientId}:${secret}`) },
    }),
  ],
  [
    'Basic credentials alone',
    (secret) => ({
      body: codeGrant({ client_id: undefined }),
      headers: { authorization: toBasic(`:${secret}`) },
    }),
  ],
  [
    'a Bearer token',
    (secret) => ({ body: refreshGrant(), headers: { authorization: `Bearer ${secret}` } }),
  ],
  ['password', (secret) => ({ body: refreshGrant({ password: secret }) })],
  [
    'JSON',
    (secret) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientSecret: secret }),
    }),
  ],
  [
    'a cookie',
    (secret) => ({ body: refreshGrant(), headers: { cookie: `a=b; secret=${secret}` } }),
  ],
  ['a header of its own', (secret) => ({ body: refreshGrant(), headers: { 'x-secret': secret } })],
  [
    'the query of a revocation',
    (secret) => ({ path: `/oauth2/revoke?client_secret=${secret}`, body: { token: 'a' } }),
  ],
]

for (const [says, toCall] of leaks) {
  test(`the stored secret in ${says} is refused, named and paged, and goes nowhere`, async (t) => {
    const proxy = await open(t)
    proxy.upstream.script({ status: 400, body: { error: 'invalid_grant' } })
    // An exchange has brought the secret into memory.
    await proxy.send({ body: refreshGrant() })
    const reply = await proxy.send(toCall(proxy.secret))
    const [, record] = proxy.records()
    const detail = String(Array.isArray(record?.['evidence']) ? record['evidence'][0] : '')
    assertFailure(reply, record, { cause: 'caller_sent_credentials', detail })
    assert.deepEqual(record?.['evidence'], [detail, 'stored_secret'])
    assert.deepEqual([proxy.upstream.requests.length, proxy.secretCalls()], [1, 1])
    assert.deepEqual(toAlarms(proxy), ['AlarmCallerSentCredentials'])
    assert.ok(!proxy.lines().join('').includes(proxy.secret))
  })
}

test('a front end that never sends anything else is found out in a cold sandbox, too', async (t) => {
  const proxy = await open(t)
  await proxy.send({ body: codeGrant({ client_secret: proxy.secret }) })
  assert.deepEqual(proxy.records()[0]?.['evidence'], ['client_secret', 'stored_secret'])
  assert.deepEqual(toAlarms(proxy), ['AlarmCallerSentCredentials'])
})

const harmless: readonly (readonly [string, Call, string])[] = [
  ['an empty pair', { body: codeGrant(), headers: { authorization: 'Basic Og==' } }, 'no_secret'],
  ['x:y', { body: codeGrant(), headers: { authorization: toBasic('x:y') } }, 'no_secret'],
  [
    "an interceptor's token",
    { body: codeGrant(), headers: { authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln' } },
    'no_secret',
  ],
  ['the word undefined', { body: codeGrant({ client_secret: 'undefined' }) }, 'no_secret'],
  ['a placeholder', { body: codeGrant({ client_secret: 'YOUR_CLIENT_SECRET' }) }, 'no_secret'],
  ['an old secret', { body: codeGrant({ client_secret: 'x'.repeat(52) }) }, 'other_value'],
]

test('nothing else that comes as a credential wakes anybody, however often it comes', async (t) => {
  const proxy = await open(t)
  for (const [says, call, evidence] of harmless) {
    for (const _ of [1, 2, 3]) {
      assert.equal((await proxy.send(call)).status, 400, says)
      assert.ok(JSON.stringify(proxy.records().at(-1)?.['evidence']).includes(evidence), says)
    }
  }
  assert.deepEqual(toAlarms(proxy), [])
  assert.equal(proxy.secretCalls(), 1, 'one read, as a made-up code would set off')
})
