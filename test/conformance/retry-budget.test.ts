// How many second attempts a sandbox makes, counted at the server.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { openProxy, refreshGrant } from '../fixtures/conformance/proxy.ts'

test('300 refreshes that fail in one sandbox make at most a tenth and one second attempts', async (t) => {
  let requests = 0
  const server = await openHttpServer(t, (_request, response) => {
    requests += 1
    response.writeHead(500).end()
  })
  const domain = `http://127.0.0.1:${server.port}`
  const failing = await openProxy({
    clients: (web) => [{ ...web, refreshTokenRotation: 'off', domain }],
    concurrency: 1,
  })
  t.after(() => failing.close())
  for (let index = 0; index < 300; index += 1) await failing.send({ body: refreshGrant() })
  const second = requests - 300
  assert.ok(second >= 29 && second <= 31, `${second} second attempts`)
  const recorded = failing.records().map((record) => Number(record['attempts']))
  assert.equal(
    recorded.reduce((sum, one) => sum + one, 0),
    requests,
  )
})
