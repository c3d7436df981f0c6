import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type TestContext, test } from 'node:test'
import { askDomain } from '../../../adapters/doctor/domain-answer.ts'
import { makeCertificate } from '../../../bench/certificate.ts'
import { openManualClock } from '../../fixtures/adapters/manual-clock.ts'
import { hangMs } from '../../fixtures/patience.ts'
import { stopTimers } from '../../fixtures/stopped-timers.ts'

async function listen(t: TestContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

const clock = openManualClock()
const ask = (domain: string, timeoutMs = hangMs) => askDomain(domain, timeoutMs, clock)
const askServer = async (t: TestContext, answer: RequestListener, timeoutMs?: number) =>
  ask(`http://${await listen(t, createServer(answer))}`, timeoutMs)

/** How far ahead the domain's clock is found to be, in seconds. */
async function measure(t: TestContext, headers: Readonly<Record<string, string>>) {
  const domainAnswer = await askServer(t, (_request, response) => {
    response.sendDate = false
    response.writeHead(404, headers).end()
  })
  return domainAnswer.ok ? domainAnswer.value.aheadSeconds : Number.NaN
}

const toDate = (aheadSeconds: number) => new Date(clock.nowMs() + aheadSeconds * 1000).toUTCString()

test('takes any answer for one, and sends no credentials to get it', async (t) => {
  let seen = ''
  const domainAnswer = await askServer(t, (request, response) => {
    seen = `${request.method} ${request.url} ${JSON.stringify(request.headers)}`
    response.writeHead(405).end()
  })
  assert.ok(domainAnswer.ok)
  assert.match(seen, /^HEAD \/ /)
  assert.doesNotMatch(seen, /authorization|cookie/)
})

test('reads the clock of the domain, in either direction', async (t) => {
  for (const ahead of [0, 120, -120]) {
    // Half a second more: a date is cut to whole seconds.
    assert.equal(await measure(t, { date: toDate(ahead) }), ahead + 0.5)
  }
})

test('adds the age of an answer from a cache to its date (RFC 9111 §5.1)', async (t) => {
  assert.equal(await measure(t, { date: toDate(-300), age: '300' }), 0.5)
})

test('knows no time where none was told', async (t) => {
  assert.equal(await measure(t, {}), undefined)
  assert.equal(await measure(t, { date: 'soon' }), undefined)
})

async function assertFails(domainAnswer: ReturnType<typeof ask>, cause: string, evidence: string) {
  const found = await domainAnswer
  assert.ok(!found.ok)
  assert.deepEqual([found.cause, found.evidence[0] ?? ''], [cause, evidence])
}

test('distinguishes a name that does not resolve from a port without a listener', async () => {
  await assertFails(ask('https://nobody.invalid'), 'domain_not_found', 'name_unresolved')
  await assertFails(ask('http://127.0.0.1:1'), 'cognito_unreachable', 'connect_refused')
})

test('refuses an untrusted certificate', async (t) => {
  const server = createTlsServer(makeCertificate({ ips: ['127.0.0.1'] }), (_request, response) =>
    response.end(),
  )
  const place = await listen(t, server)
  await assertFails(ask(`https://${place}`), 'cognito_unreachable', 'certificate_rejected')
})

test('waits no longer than its limit', { timeout: hangMs }, async (t) => {
  const passTime = stopTimers(t)
  await assertFails(
    askServer(t, () => passTime(50), 50),
    'cognito_timeout',
    '',
  )
})

test('reports a connection that breaks', async (t) => {
  const broken = askServer(t, (request) => request.socket.destroy())
  await assertFails(broken, 'cognito_connection_lost', 'before_answer')
})
