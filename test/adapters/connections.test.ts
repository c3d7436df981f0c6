import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { openConnections } from '../../adapters/connections.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'

const idleMs = 4000
const settings = { idleConnectionMs: idleMs, mostInFlight: 20 }

/** Connections moved by a clock, and a call that says whether it took a kept one. */
async function openKept(t: TestContext) {
  const server = await openHttpServer(t, (_request, response) => response.end('{}'))
  const clock = openManualClock()
  const connections = openConnections(clock, settings)
  t.after(() => connections.close())
  const call = async () => {
    const agent = connections.toAgent(false)
    const asked = request({ port: server.port, host: '127.0.0.1', agent })
    const freed = new Promise<void>((resolve) => {
      agent.on('free', (socket: Socket) => {
        if (socket === asked.socket) resolve()
      })
    })
    const [response] = await once(asked.end(), 'response')
    response.resume()
    await freed
    return asked.reusedSocket ? 'kept' : 'fresh'
  }
  return { call, clock, connections, server }
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

test('every connection that is too old is closed, not only the one that was wanted', async (t) => {
  const { call, clock, connections } = await openKept(t)
  await Promise.all([call(), call(), call()])
  const kept: Socket[] = []
  const agent = connections.toAgent(false)
  for (const sockets of Object.values(agent.freeSockets)) kept.push(...(sockets ?? []))
  assert.equal(kept.length, 3)
  clock.pass(idleMs + 1)
  connections.toAgent(false)
  assert.ok(kept.every((socket) => socket.destroyed))
})

test('as many calls at once as may be in flight open that many connections, however often', async (t) => {
  const { call, server } = await openKept(t)
  for (let round = 0; round < 50; round += 1) {
    await Promise.all(Array.from({ length: settings.mostInFlight }, call))
  }
  assert.equal(server.connections(), settings.mostInFlight)
})

test('https has an agent of its own', (t) => {
  const connections = openConnections(openManualClock(), settings)
  t.after(() => connections.close())
  assert.notEqual(connections.toAgent(true), connections.toAgent(false))
  assert.equal(connections.toAgent(true), connections.toAgent(true))
})

test('an idle connection does not keep the process alive', async (t) => {
  const { call, connections } = await openKept(t)
  await call()
  const [sockets] = Object.values(connections.toAgent(false).freeSockets)
  assert.equal(sockets?.length, 1)
  assert.ok(!process.getActiveResourcesInfo().includes('Timeout'))
})
