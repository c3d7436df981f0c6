import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestGateway, send } from '../../fixtures/local/gateway-fixture.ts'

const counting = `let calls = 0
export const handler = async () => { calls += 1; return { calls } }`

test('a sandbox that no call needs for its idle time is ended, and each call begins that time again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { url, sandboxes } = await openTestGateway(t, counting, { idleSeconds: 60 })
  assert.equal((await send(url)).text, '{"calls":1}')
  t.mock.timers.tick(59_000)
  assert.equal((await send(url)).text, '{"calls":2}')
  t.mock.timers.tick(59_000)
  assert.equal(sandboxes(), 1)
  t.mock.timers.tick(1000)
  assert.equal(sandboxes(), 0)
  assert.equal((await send(url)).text, '{"calls":1}')
})
