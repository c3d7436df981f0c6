import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { ClientSecrets } from '../../adapters/client-secret.ts'
import { systemClock } from '../../adapters/clock.ts'
import { openConnections } from '../../adapters/http/connections.ts'
import { openTokenExchange } from '../../adapters/token-exchange.ts'
import { makeCertificate } from '../../bench/certificate.ts'
import { Secret } from '../../core/secret.ts'
import { closedPort, openHttpServer, openTcpServer } from '../fixtures/adapters/loopback-servers.ts'
import {
  noExplanations,
  toCodeRequest,
  toRefreshRequest,
} from '../fixtures/adapters/sample-request.ts'
import { openTestMeter } from '../fixtures/adapters/test-meter.ts'

const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 3600 }
const requests = { 'a code': toCodeRequest, 'a refresh of unknown rotation': toRefreshRequest }

/** An exchange with a domain, over a secret that is at hand. */
async function exchangeAt(
  t: TestContext,
  domain: string,
  toRequest: typeof toCodeRequest,
  replace: ClientSecrets['replace'] = async () => ({ found: 'cooling_down' }),
  connectTimeoutMs = 10_000,
) {
  const clock = { ...systemClock, random: () => 0 }
  const connections = openConnections(clock, { idleConnectionMs: 4000, mostInFlight: 200 })
  t.after(() => connections.close())
  const secret = { secret: new Secret('s1'), source: 'cache', ageSeconds: 0 } as const
  const exchange = openTokenExchange({
    secrets: {
      ask: async () => ({ ok: true, value: secret }),
      replace,
      standIn: async () => undefined,
    },
    connections,
    explanations: noExplanations,
    clock,
    connectTimeoutMs,
  })
  const meter = openTestMeter(30_000, clock)
  return { result: await exchange(toRequest({ domain }), meter), facts: meter.facts }
}

/** An https server whose first connection is lost before TLS begins; all later ones are well. */
async function openLateServer(t: TestContext, goodSecret = 's1') {
  const certificate = makeCertificate({ ips: ['127.0.0.1'] })
  const usual = getCACertificates('default')
  setDefaultCACertificates([...usual, certificate.cert])
  t.after(() => setDefaultCACertificates(usual))
  let served = 0
  const listener: RequestListener = (request, response) => {
    served += 1
    const basic = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64').toString()
    if (basic.endsWith(`:${goodSecret}`)) return void response.end(JSON.stringify(tokens))
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end('{"error":"invalid_client"}')
  }
  const inner = await openHttpServer(t, listener, certificate)
  const outer = await openTcpServer(t, (socket, index) => {
    if (index === 0) socket.destroy()
    else socket.pipe(connect(inner.port, '127.0.0.1').on('error', () => {})).pipe(socket)
  })
  return { outer, served: () => served }
}

for (const [says, toRequest] of Object.entries(requests)) {
  test(`${says} whose first connection never stood is sent once and succeeds`, async (t) => {
    const { outer, served } = await openLateServer(t)
    const { result, facts } = await exchangeAt(t, `https://127.0.0.1:${outer.port}`, toRequest)
    assert.deepEqual(result, { ok: true, value: tokens })
    assert.equal(facts.attempts, 2)
    assert.equal(outer.connections(), 2)
    assert.equal(served(), 1)
  })

  test(`${says} is tried twice, and no more, at a closed port`, async (t) => {
    const domain = `http://127.0.0.1:${closedPort}`
    const { result, facts } = await exchangeAt(t, domain, toRequest)
    assert.ok(!result.ok)
    assert.deepEqual([result.cause, facts.attempts], ['cognito_unreachable', 2])
  })

  test(`${says} is tried twice, and no more, where TLS is never answered`, async (t) => {
    const server = await openTcpServer(t, () => {})
    const domain = `https://127.0.0.1:${server.port}`
    const { result, facts } = await exchangeAt(t, domain, toRequest, undefined, 300)
    assert.ok(!result.ok)
    assert.deepEqual([result.cause, result.evidence], ['cognito_unreachable', ['connect_timeout']])
    assert.equal(facts.attempts, 2)
    await server.untilConnections(2)
    assert.equal(server.connections(), 2)
  })
}

for (const [says, toRequest] of Object.entries(requests)) {
  test(`${says} that never left at first is tried with the newer secret once the old one is refused`, async (t) => {
    const { outer, served } = await openLateServer(t, 's2')
    const refused: string[] = []
    const replace: ClientSecrets['replace'] = async (_client, secret) => {
      refused.push(secret.reveal())
      const asked = { secret: new Secret('s2'), source: 'fetched', ageSeconds: 0 } as const
      return { found: 'secret_changed', asked }
    }
    const domain = `https://127.0.0.1:${outer.port}`
    const { result, facts } = await exchangeAt(t, domain, toRequest, replace)
    assert.deepEqual(result, { ok: true, value: tokens })
    assert.deepEqual([facts.attempts, served(), refused], [3, 2, ['s1']])
  })
}
