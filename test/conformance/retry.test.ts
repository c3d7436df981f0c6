// When a second attempt is safe: every cell of the table, counted at the server.
import assert from 'node:assert/strict'
import test, { after, before, beforeEach } from 'node:test'
import type { CauseName } from '../../core/causes/catalogue.ts'
import {
  closedPort,
  type LoopbackServer,
  openTcpServer,
} from '../fixtures/adapters/loopback-servers.ts'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import { toStored } from '../fixtures/conformance/function-world.ts'
import {
  codeGrant,
  openProxy,
  refreshGrant,
  type TestedProxy,
} from '../fixtures/conformance/proxy.ts'
import type { Behaviour } from '../fixtures/conformance/scripted-upstream.ts'

/** The columns: at what a second attempt is asked for. */
const columns = {
  code: { refreshTokenRotation: 'off' },
  off: { refreshTokenRotation: 'off' },
  grace: { refreshTokenRotation: 'on', retryGracePeriodSeconds: 10 },
  strict: { refreshTokenRotation: 'on', retryGracePeriodSeconds: 0 },
  unknown: {},
} as const
type Column = keyof typeof columns
const columnNames = Object.keys(columns) as Column[]

/** Second attempts where it is unknown whether the request was processed. */
const unknownFate: Readonly<Record<Column, number>> = {
  code: 0,
  off: 1,
  grace: 1,
  strict: 0,
  unknown: 0,
}

const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 3600 }
const invalidClient = { status: 400, body: { error: 'invalid_client' } }
const success = { status: 200, body: tokens }

const closers: (() => Promise<void>)[] = []
const ending = { after: (close: () => Promise<void>) => closers.push(close) }
let proxy: TestedProxy
let deaf: LoopbackServer
before(async () => {
  deaf = await openTcpServer(ending, (socket) => socket.destroy())
  proxy = await openColumns()
})
after(async () => {
  for (const close of closers) await close()
  await proxy.close()
})
/** A proxy with a client for each column, at the scripted upstream and where no connection ever stands. */
function openColumns(env: Readonly<Record<string, string>> = {}): Promise<TestedProxy> {
  const named = (name: string) => ({
    name: `as-${name}`,
    clientId: name,
    secretId: `token-proxy/${name}`,
  })
  return openProxy({
    env,
    clients: (web) =>
      columnNames.flatMap((column) => {
        const client = { ...web, ...columns[column] }
        const domain = `https://127.0.0.1:${deaf.port}`
        return [
          { ...client, ...named(column) },
          { ...client, ...named(`closed${column}`), domain: `http://127.0.0.1:${closedPort}` },
          { ...client, ...named(`deaf${column}`), domain },
        ]
      }),
  })
}

// A cold sandbox for each test: what it remembers of others would hold second attempts back.
beforeEach(() => proxy.gateway.coolDown())

const toBody = (column: Column, client_id: string = column) =>
  column === 'code' ? codeGrant({ client_id }) : refreshGrant({ client_id })

/** Sends one request; gives the answer, its record, and what the server saw. */
async function ask(column: Column, behaviours: readonly Behaviour[], client?: string) {
  proxy.upstream.script(...behaviours)
  const known = proxy.upstream.requests.length
  const reply = await proxy.send({ body: toBody(column, client) })
  const record = proxy.records().at(-1)
  return { reply, record, requests: proxy.upstream.requests.slice(known) }
}

function assertCell(
  { reply, record, requests }: Awaited<ReturnType<typeof ask>>,
  expected: { readonly cause: CauseName; readonly attempts: number; readonly column: Column },
) {
  const { cause, attempts, column } = expected
  assertFailure(reply, record, { cause, isCode: column === 'code' })
  assert.deepEqual([requests.length, record?.['attempts']], [attempts, attempts])
}

for (const column of columnNames) {
  for (const [where, evidence] of [
    ['closed', 'connect_refused'],
    ['deaf', 'connect_reset'],
  ] as const) {
    test(`${column}: a connection that never stands (${where}) is tried twice`, async () => {
      const known = deaf.connections()
      const { reply, record } = await ask(column, [], `${where}${column}`)
      assertFailure(reply, record, { cause: 'cognito_unreachable', isCode: column === 'code' })
      assert.deepEqual([record?.['evidence'], record?.['attempts']], [[evidence], 2])
      assert.equal(deaf.connections() - known, where === 'deaf' ? 2 : 0)
    })
  }

  const refusals: readonly (readonly [Behaviour, CauseName])[] = [
    [
      { status: 400, body: { error: 'invalid_grant' } },
      column === 'code' ? 'code_rejected' : 'refresh_token_rejected',
    ],
    [{ status: 400, body: { error: 'unauthorized_client' } }, 'client_unauthorized'],
    [{ status: 400, body: { error: 'invalid_request' } }, 'cognito_request_rejected'],
    [{ status: 403, body: '<html>' }, 'waf_blocked'],
    [{ status: 404 }, 'domain_not_found'],
    [{ status: 405 }, 'cognito_request_rejected'],
    [{ status: 302 }, 'cognito_redirected'],
    [{ status: 429 }, 'cognito_throttled'],
  ]
  test(`${column}: what was refused or throttled is never sent again`, async () => {
    for (const [behaviour, cause] of refusals) {
      assertCell(await ask(column, [behaviour]), { cause, attempts: 1, column })
    }
  })

  const fates: Readonly<Record<string, readonly [Behaviour, CauseName]>> = {
    'a 500 in JSON': [{ status: 500, body: { error: 'invalid_grant' } }, 'cognito_error'],
    'a 503 in HTML': [{ status: 503, body: '<html>' }, 'cognito_error'],
    'a reset': ['reset', 'cognito_connection_lost'],
    'a cut body': [{ cut: '{"acc' }, 'cognito_connection_lost'],
    'a 200 that is no JSON': [{ status: 200, body: '<html>' }, 'cognito_answer_unusable'],
    'a 200 without tokens': [{ status: 200, body: {} }, 'cognito_answer_unusable'],
  }
  for (const [says, [behaviour, cause]] of Object.entries(fates)) {
    const attempts = 1 + unknownFate[column]
    test(`${column}: ${says} is sent ${attempts === 1 ? 'once' : 'twice'}`, async () => {
      if (attempts === 2) {
        const { reply, record, requests } = await ask(column, [behaviour, success])
        assert.deepEqual([reply.status, reply.body], [200, tokens])
        assert.deepEqual([record?.['outcome'], record?.['attempts']], ['ok', 2])
        assert.equal(requests.length, 2)
        assert.equal(requests[0]?.body, requests[1]?.body)
        // A sandbox is lent a single second attempt; the next one has its own.
        proxy.gateway.coolDown()
      }
      const behaviours = Array.from({ length: attempts }, () => behaviour)
      assertCell(await ask(column, behaviours), { cause, attempts, column })
    })
  }

  test(`${column}: a refused secret without another is sent once, and another looked for once in the cool-down`, async () => {
    const reads = proxy.secretCalls()
    const first = await ask(column, [invalidClient])
    assertCell(first, { cause: 'client_rejected', attempts: 1, column })
    assert.deepEqual(first.record?.['evidence'], ['secret_unchanged'])
    proxy.upstream.script(invalidClient)
    const reply = await proxy.send({ body: toBody(column) })
    const record = proxy.records().at(-1)
    assertFailure(reply, record, { cause: 'client_rejected', isCode: column === 'code' })
    assert.deepEqual([record?.['evidence'], record?.['attempts']], [['cooling_down'], 1])
    // The secret, the same once more, and the three labels that a version may have.
    assert.equal(proxy.secretCalls() - reads, 5)
  })

  test(`${column}: a refused secret is replaced once by a different one, and sent again`, async () => {
    await ask(column, [success])
    const [requests, reads] = [proxy.upstream.requests.length, proxy.secretCalls()]
    const changed = `changed-${column}-0123456789-abcdef`
    proxy.secrets.put(`token-proxy/${column}`, toStored(column, changed))
    proxy.upstream.script(invalidClient, success)
    const reply = await proxy.send({ body: toBody(column) })
    assert.deepEqual([reply.status, reply.body], [200, tokens])
    const sent = proxy.upstream.requests.slice(requests).map(({ headers }) => headers.authorization)
    const toBasic = (secret: string) => `Basic ${btoa(`${column}:${secret}`)}`
    assert.deepEqual(sent, [toBasic(proxy.secret), toBasic(changed)])
    assert.equal(proxy.secretCalls() - reads, 1)
    assert.equal(proxy.records().at(-1)?.['attempts'], 2)
  })
}

const deadlineMs = 4000
test('silence leaves time for a second attempt only where one is safe', async (t) => {
  const hasty = await openColumns({ TOKEN_PROXY_DEADLINE_MS: String(deadlineMs) })
  t.after(() => hasty.close())
  for (const column of columnNames) {
    hasty.gateway.coolDown()
    const attempts = 1 + unknownFate[column]
    hasty.upstream.script('silence', ...(attempts === 2 ? [success] : []))
    const startedAtMs = performance.now()
    const reply = await hasty.send({ body: toBody(column) })
    const tookMs = performance.now() - startedAtMs
    const record = hasty.records().at(-1)
    if (attempts === 2) assert.deepEqual([reply.status, reply.body], [200, tokens])
    else assertFailure(reply, record, { cause: 'cognito_timeout', isCode: column === 'code' })
    assert.equal(record?.['attempts'], attempts)
    // Where nothing can be repeated, the one attempt has the whole deadline.
    if (attempts === 1) assert.ok(tookMs > deadlineMs * 0.9, `${column}: ${tookMs} ms`)
  }
})

test('two silences in a row are a timeout within the deadline', async (t) => {
  const hasty = await openColumns({ TOKEN_PROXY_DEADLINE_MS: String(deadlineMs) })
  t.after(() => hasty.close())
  hasty.upstream.script('silence', 'silence')
  const reply = await hasty.send({ body: toBody('off') })
  const record = hasty.records().at(-1)
  assertFailure(reply, record, { cause: 'cognito_timeout' })
  assert.equal(record?.['attempts'], 2)
  // Two attempts that each had all of it would take twice as long.
  assert.ok(Number(record?.['total_ms']) < 2 * deadlineMs)
})

for (const [value, attempts] of [
  ['0', 2],
  ['1', 1],
  ['30', 1],
] as const) {
  test(`a 503 with Retry-After: ${value} is sent ${attempts === 1 ? 'once' : 'twice'}`, async () => {
    const failure = { status: 503, headers: { 'retry-after': value } }
    const { requests } = await ask('off', attempts === 2 ? [failure, success] : [failure])
    assert.equal(requests.length, attempts)
  })
}

test('after a 429 nothing is sent twice to that domain, by any client or grant', async () => {
  await ask('off', [{ status: 429 }])
  proxy.upstream.script({ status: 500 }, { status: 500 }, 'reset')
  for (const column of ['off', 'grace', 'code'] as const) {
    await proxy.send({ body: toBody(column) })
    assert.equal(proxy.records().at(-1)?.['attempts'], 1)
  }
})
