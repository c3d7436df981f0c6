import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { closedPort, openTcpServer } from '../../fixtures/adapters/loopback-servers.ts'
import { openManualClock } from '../../fixtures/adapters/manual-clock.ts'
import {
  loopbackCertificate,
  openTlsServer,
  trust,
} from '../../fixtures/adapters/trusted-server.ts'
import { askDomain, openTestConnections, toSeen } from '../../fixtures/adapters/upstream-call.ts'
import { hangMs } from '../../fixtures/patience.ts'
import { stopTimers } from '../../fixtures/stopped-timers.ts'

/** As `openTestConnections` opens them. */
const idleMs = 4000

/** A server with a connection that was opened before any request. */
async function openPrepared(t: TestContext) {
  trust(t, loopbackCertificate)
  const server = await openTlsServer(t, loopbackCertificate)
  const clock = openManualClock()
  const connections = openTestConnections(t, clock)
  const domain = `https://localhost:${server.port}`
  await connections.prepare(domain, hangMs)
  assert.equal(server.connections(), 1)
  return { server, clock, ask: () => askDomain(t, domain, {}, connections) }
}

test('the first request takes the connection that was prepared, and the next one keeps it', async (t) => {
  const { server, ask } = await openPrepared(t)
  for (const requests of [1, 2]) {
    assert.equal(toSeen(await ask()), '200 {}')
    assert.equal(server.requests(), requests)
  }
  assert.equal(server.connections(), 1)
})

test('of two requests at once one takes the prepared connection, and the other opens its own', async (t) => {
  const { server, ask } = await openPrepared(t)
  const asked = await Promise.all([ask(), ask()])
  assert.deepEqual(asked.map(toSeen), ['200 {}', '200 {}'])
  assert.equal(server.connections(), 2)
})

for (const [says, move, connections] of [
  ['has waited for as long as it may', ({ pass }: Mover) => pass(idleMs), 1],
  ['has waited for too long', ({ pass }: Mover) => pass(idleMs + 1), 2],
  ['is of a time that has not come yet', ({ jump }: Mover) => jump(-1), 2],
] as const) {
  test(`a prepared connection that ${says} is ${connections === 1 ? 'used' : 'replaced'}`, async (t) => {
    const { server, clock, ask } = await openPrepared(t)
    move(clock)
    assert.equal(toSeen(await ask()), '200 {}')
    assert.equal(server.connections(), connections)
  })
}

type Mover = ReturnType<typeof openManualClock>

const unwanted = 'HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n'
for (const [says, disturb] of [
  ['was closed', (socket: Socket, done: () => void) => socket.end(done)],
  ['holds an answer nobody asked for', (socket: Socket, done) => socket.write(unwanted, done)],
] as const satisfies readonly [string, (socket: Socket, done: () => void) => unknown][]) {
  test(`a prepared connection that ${says} after a freeze is replaced`, async (t) => {
    trust(t, loopbackCertificate)
    const server = createServer(loopbackCertificate, (_request, response) => response.end('{}'))
    const secured: Socket[] = []
    server.on('secureConnection', (socket: Socket) => secured.push(socket))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    t.after(() => server.close().closeAllConnections())
    const domain = `https://localhost:${(server.address() as AddressInfo).port}`
    const connections = openTestConnections(t)
    const accepted = once(server, 'secureConnection')
    await connections.prepare(domain, hangMs)
    const [socket]: Socket[] = await accepted
    await new Promise<void>((resolve) => socket && disturb(socket, resolve))
    assert.equal(toSeen(await askDomain(t, domain, {}, connections)), '200 {}')
    assert.equal(secured.length, 2)
  })
}

test('a domain that cannot be connected to is left to the request, which says why', async (t) => {
  const connections = openTestConnections(t)
  const domain = `https://localhost:${closedPort}`
  await connections.prepare(domain, hangMs)
  const asked = await askDomain(t, domain, {}, connections)
  assert.equal(toSeen(asked), 'cognito_unreachable connect_refused unsent')
})

test('no connection is prepared with an untrusted certificate, and the request reports it', async (t) => {
  const server = await openTlsServer(t, loopbackCertificate)
  const connections = openTestConnections(t)
  const domain = `https://localhost:${server.port}`
  await connections.prepare(domain, hangMs)
  const asked = await askDomain(t, domain, {}, connections)
  assert.equal(toSeen(asked), 'cognito_unreachable certificate_rejected unsent')
  assert.equal(server.requests(), 0)
})

test('a handshake that is never answered is given up when its time is over', {
  timeout: hangMs,
}, async (t) => {
  const server = await openTcpServer(t, () => {})
  const url = `https://127.0.0.1:${server.port}`
  const connections = openTestConnections(t)
  const passTime = stopTimers(t)
  const prepared = connections.prepare(url, 50)
  await server.untilConnections(1)
  passTime(50)
  await prepared
  assert.equal(server.connections(), 1)
  assert.equal(connections.hasKept(url), false)
})

test('no connection is prepared for a domain without TLS', async (t) => {
  const server = await openTcpServer(t, () => {})
  await openTestConnections(t).prepare(`http://localhost:${server.port}`, hangMs)
  assert.equal(server.connections(), 0)
})
