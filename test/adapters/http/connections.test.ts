import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { callHttp } from '../../../adapters/http/call.ts'
import { openConnections } from '../../../adapters/http/connections.ts'
import { openHttpServer, openTcpServer } from '../../fixtures/adapters/loopback-servers.ts'
import { openManualClock } from '../../fixtures/adapters/manual-clock.ts'
import { hangMs } from '../../fixtures/patience.ts'

const idleMs = 4000
const settings = { idleConnectionMs: idleMs, mostInFlight: 20 }
const get = { method: 'GET', path: '/', headers: '', body: '', longestBodyBytes: 100 } as const

type Listener = Parameters<typeof openHttpServer>[1]

/** Connections moved by a clock, and a call that says whether it took a kept one. */
async function openKept(
  t: TestContext,
  listener: Listener = (_request, response) => response.end('{}'),
) {
  const sockets: Socket[] = []
  const server = await openHttpServer(t, (request, response) => {
    sockets.push(request.socket)
    listener(request, response)
  })
  const clock = openManualClock()
  const connections = openConnections(clock, settings)
  t.after(() => connections.close())
  const url = `http://127.0.0.1:${server.port}`
  const call = async () => {
    const limits = { timeoutMs: hangMs, connectTimeoutMs: hangMs }
    const before = server.connections()
    const { ended } = await callHttp({ ...get, ...limits, url }, connections)
    assert.equal(ended, 'response')
    return server.connections() === before ? 'kept' : 'fresh'
  }
  return { call, clock, connections, server, sockets, url }
}

for (const [says, move, seen] of [
  ['no time', () => {}, 'kept'],
  ['exactly the limit', ({ pass }: Mover) => pass(idleMs), 'kept'],
  ['a millisecond more than the limit', ({ pass }: Mover) => pass(idleMs + 1), 'fresh'],
  ['a wall clock set forward', ({ jump }: Mover) => jump(86_400_000), 'fresh'],
  ['a wall clock set back', ({ jump }: Mover) => jump(-1), 'fresh'],
] as const) {
  test(`after ${says} a call takes a ${seen} connection`, async (t) => {
    const { call, clock, server } = await openKept(t)
    assert.equal(await call(), 'fresh')
    move(clock)
    assert.equal(await call(), seen)
    assert.equal(server.connections(), seen === 'kept' ? 1 : 2)
  })
}

type Mover = ReturnType<typeof openManualClock>

test('the age counts from when the connection became idle, not from when it was opened', async (t) => {
  const { call, clock } = await openKept(t)
  await call()
  clock.pass(idleMs)
  assert.equal(await call(), 'kept')
  clock.pass(idleMs)
  assert.equal(await call(), 'kept')
})

for (const [header, passed, seen] of [
  ['timeout=3', 1999, 'kept'],
  ['timeout=3', 2001, 'fresh'],
  ['timeout=1', 0, 'fresh'],
  ['timeout=600', idleMs + 1, 'fresh'],
] as const) {
  test(`${passed} ms after an answer with Keep-Alive ${header} a call takes a ${seen} connection`, async (t) => {
    const { call, clock } = await openKept(t, (_request, response) => {
      response.writeHead(200, { connection: 'keep-alive', 'keep-alive': header }).end()
    })
    await call()
    clock.pass(passed)
    assert.equal(await call(), seen)
  })
}

test('a connection that the server will close is not kept', async (t) => {
  const { call } = await openKept(t, (_request, response) => {
    response.writeHead(200, { connection: 'close' }).end()
  })
  assert.deepEqual([await call(), await call()], ['fresh', 'fresh'])
})

test('every connection that is too old is closed, not only the one that was wanted', async (t) => {
  const { call, clock, connections, sockets } = await openKept(t)
  await Promise.all([call(), call(), call()])
  assert.equal(new Set(sockets).size, 3)
  const closed = sockets.map((socket) => once(socket, 'close'))
  clock.pass(idleMs + 1)
  const other = await openTcpServer(t, () => {})
  connections.take(`http://127.0.0.1:${other.port}`).connection.destroy()
  await Promise.all(closed)
})

test('the connection that was used last is taken first', async (t) => {
  const { call, sockets } = await openKept(t)
  await Promise.all([call(), call()])
  await call()
  assert.equal(sockets[2], sockets[1])
})

test('as many calls at once as may be in flight open that many connections, however often', async (t) => {
  const { call, server } = await openKept(t)
  for (let round = 0; round < 50; round += 1) {
    await Promise.all(Array.from({ length: settings.mostInFlight }, call))
  }
  assert.equal(server.connections(), settings.mostInFlight)
})

test('of more connections than that, those that are idle for longest are closed', async (t) => {
  const { call, server, sockets } = await openKept(t)
  await Promise.all(Array.from({ length: settings.mostInFlight + 2 }, call))
  await Promise.all(
    sockets
      .filter((socket) => !socket.destroyed)
      .slice(0, 2)
      .map((socket) => once(socket, 'close')),
  )
  await Promise.all(Array.from({ length: settings.mostInFlight }, call))
  assert.equal(server.connections(), settings.mostInFlight + 2)
})

for (const [says, disturb] of [
  ['was closed', (socket: Socket, done: () => void) => socket.end(done)],
  ['was reset', (socket: Socket, done) => done(socket.resetAndDestroy())],
  ['holds bytes that nobody asked for', (socket: Socket, done) => socket.write('HTTP/1.1 ', done)],
] as const satisfies readonly [
  string,
  (socket: Socket, done: (_?: unknown) => void) => unknown,
][]) {
  test(`a kept connection that ${says} is replaced`, async (t) => {
    const { call, server, sockets } = await openKept(t)
    await call()
    await new Promise<unknown>((resolve) => sockets[0] && disturb(sockets[0], resolve))
    assert.equal(await call(), 'fresh')
    assert.equal(server.connections(), 2)
  })
}

test('a connection that is given back after the end is closed', async (t) => {
  const { connections, url } = await openKept(t)
  const { connection, release } = connections.take(url)
  connections.close()
  release(idleMs)
  assert.equal(connection.isAlive(), false)
})

/** A process that makes one call, says so, and has nothing else to do. */
const oneCall = `
  import { callHttp } from './adapters/http/call.ts'
  import { openConnections } from './adapters/http/connections.ts'
  const clock = { nowMs: () => Date.now() }
  const connections = openConnections(clock, { idleConnectionMs: ${hangMs}, mostInFlight: 1 })
  const call = ${JSON.stringify({ ...get, timeoutMs: hangMs, connectTimeoutMs: hangMs })}
  const { ended } = await callHttp({ ...call, url: process.argv[1] }, connections)
  console.log(ended)
`

test('an idle connection does not keep the process alive', async (t) => {
  const { server, url, sockets } = await openKept(t)
  const args = ['--input-type=module', '--eval', oneCall, url]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  assert.deepEqual([said, code, server.connections(), sockets.length], ['response\n', 0, 1, 1])
})
