import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCertificate } from '../../bench/certificate.ts'
import { openHttpServer, openTcpServer } from '../fixtures/adapters/loopback-servers.ts'
import { loopbackCertificate, openTlsServer, trust } from '../fixtures/adapters/trusted-server.ts'
import { askDomain, toSeen } from '../fixtures/adapters/upstream-call.ts'
import { hangMs } from '../fixtures/patience.ts'
import { stopTimers } from '../fixtures/stopped-timers.ts'

test('a trusted certificate that names the host is accepted', async (t) => {
  trust(t, loopbackCertificate)
  const server = await openTlsServer(t, loopbackCertificate)
  assert.equal(toSeen(await askDomain(t, `https://127.0.0.1:${server.port}`)), '200 {}')
  assert.equal(toSeen(await askDomain(t, `https://localhost:${server.port}`)), '200 {}')
})

const expired = makeCertificate({ ips: ['127.0.0.1'], endsInDays: -1 })
const foreign = makeCertificate({ dns: ['login.example'] })

for (const [says, own, isTrusted] of [
  ['signed by nobody that is trusted', loopbackCertificate, false],
  ['of another host', foreign, true],
  ['that has expired', expired, true],
] as const) {
  test(`a certificate ${says} is refused, and nothing was sent`, async (t) => {
    if (isTrusted) trust(t, own)
    const server = await openTlsServer(t, own)
    const asked = await askDomain(t, `https://127.0.0.1:${server.port}`)
    assert.equal(toSeen(asked), 'cognito_unreachable certificate_rejected unsent')
    assert.equal(asked.isSent, false)
    assert.equal(server.requests(), 0)
  })
}

test('a connection that is ended before the TLS handshake is provably unsent', async (t) => {
  const server = await openTcpServer(t, (socket) => socket.destroy())
  const asked = await askDomain(t, `https://127.0.0.1:${server.port}`)
  assert.equal(toSeen(asked), 'cognito_unreachable connect_reset unsent')
  assert.equal(asked.isSent, false)
})

test('a server that speaks no TLS is provably unsent', async (t) => {
  const server = await openTcpServer(t, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  const asked = await askDomain(t, `https://127.0.0.1:${server.port}`)
  assert.equal(toSeen(asked), 'cognito_unreachable tls_failed unsent')
  assert.equal(asked.isSent, false)
})

for (const limits of [
  { connectTimeoutMs: 50, timeoutMs: hangMs },
  { connectTimeoutMs: hangMs, timeoutMs: 50 },
]) {
  test(`a handshake that is never answered ends by the shorter of ${JSON.stringify(limits)}`, async (t) => {
    const server = await openTcpServer(t, () => {})
    const startedAtMs = performance.now()
    const asked = await askDomain(t, `https://127.0.0.1:${server.port}`, limits)
    assert.equal(toSeen(asked), 'cognito_unreachable connect_timeout unsent')
    assert.equal(asked.isSent, false)
    assert.ok(performance.now() - startedAtMs < hangMs / 2)
  })
}

test('the connect timeout no longer counts once the connection is established', async (t) => {
  const connectTimeoutMs = 700
  const passTime = stopTimers(t)
  const server = await openHttpServer(t, (_request, response) => {
    passTime(2 * connectTimeoutMs)
    response.end('{}')
  })
  const asked = await askDomain(t, `http://127.0.0.1:${server.port}`, { connectTimeoutMs })
  assert.equal(toSeen(asked), '200 {}')
})
