// What Secrets Manager does to the secret, and what the function makes of it.
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { setTimeout as pass } from 'node:timers/promises'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import { toStored } from '../fixtures/conformance/function-world.ts'
import {
  codeGrant,
  openProxy,
  refreshGrant,
  type TestedProxy,
  webClient,
} from '../fixtures/conformance/proxy.ts'
import { type SecretFault, secretFaults } from '../fixtures/conformance/secret-faults.ts'
import { attemptUntilDone } from '../fixtures/patience.ts'

const tokens = { access_token: 'a', token_type: 'Bearer' }
const success = { status: 200, body: tokens }
const named = (name: string) => ({ name, clientId: name, secretId: `token-proxy/${name}` })
const secretIds = secretFaults.map(({ client }) => `token-proxy/${client}`)

const secretTimeoutMs = 2500

let proxy: TestedProxy
before(async () => {
  proxy = await openProxy({
    env: {
      TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '1',
      TOKEN_PROXY_SECRET_TIMEOUT_MS: String(secretTimeoutMs),
    },
    clients: (web) => [web, ...secretFaults.map(({ client }) => ({ ...web, ...named(client) }))],
  })
})
after(() => proxy.close())

/** A soft age of one second, its tenth more, and a little. */
const passSoftAge = () => pass(1200)

/** The SDK asks twice where asking again may help; silence has used up the time for that. */
const callsOf: Readonly<Record<string, number>> = { throttled: 2, down: 2 }
/** After a first failure nothing is read again for so long. */
const backOffMs = 1000

for (const fault of secretFaults) {
  const { says, client, cause } = fault
  test(`cold, ${says} is ${cause}: nothing is sent, and a second request does not ask again`, async (t) => {
    t.after(() => proxy.secrets.restore())
    const known = proxy.upstream.requests.length
    await attemptUntilDone(async () => {
      const reads = proxy.secretCalls()
      const startedAtMs = performance.now()
      await failTwice(fault)
      const silentMs = client === 'silent' ? secretTimeoutMs : 0
      const isLate = performance.now() - startedAtMs - silentMs >= backOffMs
      const count = proxy.secretCalls() - reads
      const expected = callsOf[client] ?? 1
      // On a busy machine the second request may come after the time in which nothing is read again.
      if (isLate && count === 2 * expected) return undefined
      assert.equal(count, expected)
      return true
    })
    assert.equal(proxy.upstream.requests.length, known)
  })
}

/** Sends both grants to a cold sandbox. */
async function failTwice({ client, cause, evidence, certainty, breakStore }: SecretFault) {
  proxy.gateway.coolDown()
  breakStore(proxy.secrets, `token-proxy/${client}`)
  for (const [body, isCode] of [
    [codeGrant({ client_id: client }), true],
    [refreshGrant({ client_id: client }), false],
  ] as const) {
    const reply = await proxy.send({ body })
    const record = assertFailure(reply, proxy.records().at(-1), { cause, isCode })
    assert.deepEqual([record['evidence'], record['certainty']], [evidence, certainty ?? 'proved'])
    assert.equal(record['attempts'], undefined)
  }
}

test('an answer of Secrets Manager may take most of the time that the settings give it', async () => {
  proxy.upstream.script(success)
  const { reply, reads } = await attemptUntilDone(
    async () => {
      proxy.gateway.coolDown()
      proxy.secrets.delayMs = 1300
      const known = proxy.secretCalls()
      const reply = await proxy.send({ body: codeGrant() })
      proxy.secrets.restore()
      // A busy machine may use up the time that is left; timers may end a little early.
      const tookMs = Number(proxy.records().at(-1)?.['secret_ms'] ?? 0)
      const isLate = reply.status !== 200 && tookMs >= secretTimeoutMs - 100
      return isLate ? undefined : { reply, reads: proxy.secretCalls() - known }
    },
    () => 'it ran out of time at each attempt',
  )
  assert.deepEqual([reply.status, reads], [200, 1])
})

test('a plain text is the secret itself', async () => {
  proxy.gateway.coolDown()
  proxy.secrets.put(webClient.secretId, 'plain-secret-0123456789-abcdef')
  proxy.upstream.script(success)
  assert.equal((await proxy.send({ body: codeGrant() })).status, 200)
  const { authorization = '' } = proxy.upstream.requests.at(-1)?.headers ?? {}
  assert.equal(
    atob(authorization.slice('Basic '.length)),
    `${webClient.clientId}:plain-secret-0123456789-abcdef`,
  )
})

test('warm, no fault of Secrets Manager fails a request: the last good secret carries on', async () => {
  proxy.gateway.coolDown()
  const refresh = async (client_id: string) => {
    proxy.upstream.script(success)
    const reply = await proxy.send({ body: refreshGrant({ client_id }) })
    assert.equal(reply.status, 200, client_id)
    return proxy.records().at(-1)
  }
  for (const [index, { client }] of secretFaults.entries()) {
    const secretId = secretIds[index] ?? ''
    // Another record of the same name: the earlier one may be marked for deletion.
    const stored = proxy.secrets.secrets.get(secretId)
    if (stored) stored.deletedAtSeconds = undefined
    proxy.secrets.put(secretId, toStored(client, proxy.secret))
    assert.equal((await refresh(client))?.['secret_source'], 'fetched')
  }
  await passSoftAge()
  for (const { client, breakStore } of secretFaults) {
    breakStore(proxy.secrets, `token-proxy/${client}`)
    const record = await refresh(client)
    assert.equal(record?.['secret_source'], 'stale', client)
    assert.ok(Number(record?.['secret_age_s']) >= 1)
    proxy.secrets.restore()
  }
})

/** A server that takes only the given secrets; what it refused is counted. */
async function openGuarded(t: Parameters<typeof openHttpServer>[0]) {
  const seen = { taken: new Set<string>(), refused: 0, requests: 0 }
  const server = await openHttpServer(t, (request, response) => {
    seen.requests += 1
    const pair = atob((request.headers.authorization ?? '').slice('Basic '.length))
    const isTaken = seen.taken.has(pair.slice(pair.indexOf(':') + 1))
    if (!isTaken) seen.refused += 1
    response.writeHead(isTaken ? 200 : 400)
    response.end(JSON.stringify(isTaken ? tokens : { error: 'invalid_client' }))
  })
  return { seen, domain: `http://127.0.0.1:${server.port}` }
}

const newSecret = 'second-secret-0123456789-abcdef'

/** Requests under way at once: as many as there are sandboxes, so that a slow machine only sends slower. */
const lanes = 4

test('50 requests a second through a rotation of the secret: none fails', async (t) => {
  const { seen, domain } = await openGuarded(t)
  const rotating = await openProxy({
    env: { TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '1' },
    clients: (web) => [{ ...web, domain }],
    concurrency: lanes,
  })
  t.after(() => rotating.close())
  seen.taken.add(rotating.secret)
  // The user pool takes both, then the store has the new one, then the old one is gone.
  const steps: Readonly<Record<number, () => void>> = {
    50: () => seen.taken.add(newSecret),
    60: () => rotating.secrets.put(webClient.secretId, toStored(webClient.clientId, newSecret)),
    150: () => seen.taken.delete(rotating.secret),
  }
  const replies: string[] = []
  let count = 0
  const sendInTurn = async () => {
    while (count < 200) {
      steps[count]?.()
      count += 1
      const body = count % 2 === 0 ? codeGrant() : refreshGrant()
      const [{ status, raw }] = await Promise.all([rotating.send({ body }), pass(20 * lanes)])
      replies.push(`${status} ${raw}`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, sendInTurn))
  assert.deepEqual(new Set(replies), new Set([`200 ${JSON.stringify(tokens)}`]))
  assert.deepEqual([seen.requests, seen.refused], [200, 0])
})

test('a secret that changes at once costs each sandbox one read and one more try, and fails nothing', async (t) => {
  const { seen, domain } = await openGuarded(t)
  const changing = await openProxy({ clients: (web) => [{ ...web, domain }], concurrency: 4 })
  t.after(() => changing.close())
  seen.taken.add(changing.secret)
  const ask = async (count: number) => {
    const bodies = Array.from({ length: count }, (_, index) =>
      index % 2 === 0 ? refreshGrant() : codeGrant(),
    )
    const replies = await Promise.all(bodies.map((body) => changing.send({ body })))
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]))
  }
  await ask(4)
  const sandboxes = changing.gateway.sandboxes()
  assert.equal(changing.secretCalls(), sandboxes)
  seen.taken.clear()
  seen.taken.add(newSecret)
  changing.secrets.put(webClient.secretId, toStored(webClient.clientId, newSecret))
  for (let round = 0; round < 5; round += 1) await ask(4)
  assert.equal(sandboxes, 4)
  assert.equal(seen.refused, sandboxes)
  assert.equal(changing.secretCalls(), 2 * sandboxes)
})
