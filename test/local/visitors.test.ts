import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openVisitors } from '../../local/visitors.ts'
import { openWorld } from '../../local/world.ts'

test('visitors sign in, refresh and sign out at every client, and only they are known as such', async (t) => {
  const world = await openWorld({ port: 0 })
  t.after(() => world.close())
  const seen = new Set<string>()
  const all = Promise.withResolvers<void>()
  const ids: string[] = []
  world.records.onRecord((record) => {
    const { outcome, client, grant_type: grant = 'revoked', request_id: id } = Object(record)
    assert.equal(outcome, 'ok')
    ids.push(id)
    seen.add(`${client}: ${grant}`)
    if (seen.size === 6) all.resolve()
  })
  assert.equal(world.visitors.isRunning, false)
  world.visitors.start()
  await all.promise
  world.visitors.stop()
  assert.equal(world.visitors.isRunning, false)
  for (const id of ids) assert.equal(await world.visitors.isOwn(id), true)
  assert.equal(await world.visitors.isOwn('of-somebody-else'), false)
  assert.deepEqual([...seen].sort(), [
    'web-rotating: authorization_code',
    'web-rotating: refresh_token',
    'web-rotating: revoked',
    'web: authorization_code',
    'web: refresh_token',
    'web: revoked',
  ])
})

test('while nothing answers only a few visitors wait, and closing sends them away', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const waiting: ServerResponse[] = []
  const server = createServer((_request, response) => waiting.push(response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const visitors = openVisitors(() => ({
    tokenEndpoint: `${origin}/oauth2/token`,
    authorizationEndpoint: `${origin}/oauth2/authorize`,
    origin,
    clients: [{ clientId: 'one' }],
    users: [],
  }))
  visitors.start()
  visitors.start()
  t.mock.timers.tick(60_000)
  while (waiting.length < 3) await once(server, 'request')
  await visitors.close()
  assert.equal(waiting.length, 3)
  assert.equal(visitors.isRunning, false)
})
