import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openTestGateway, send } from '../../fixtures/local/gateway-fixture.ts'
import { attemptUntilDone } from '../../fixtures/patience.ts'
import { stopTimers } from '../../fixtures/stopped-timers.ts'

const counting = `let calls = 0
export const handler = async () => { calls += 1; return { calls } }`

test('a sandbox that no call needs for its idle time is ended, and each call begins that time again', async (t) => {
  const passTime = stopTimers(t)
  const { url, sandboxes } = await openTestGateway(t, counting, { idleSeconds: 60 })
  assert.equal((await send(url)).text, '{"calls":1}')
  passTime(59_000)
  assert.equal((await send(url)).text, '{"calls":2}')
  passTime(59_000)
  assert.equal(sandboxes(), 1)
  passTime(1000)
  assert.equal(sandboxes(), 0)
  assert.equal((await send(url)).text, '{"calls":1}')
})

test('an idle sandbox is frozen: its timers wait for the next call', async (t) => {
  const { url } = await openTestGateway(
    t,
    `const ticks = new Int32Array(new SharedArrayBuffer(4))
     new BroadcastChannel('ticks').postMessage(ticks)
     setInterval(() => Atomics.add(ticks, 0, 1), 1)
     export const handler = async () => {
       const before = Atomics.load(ticks, 0)
       await new Promise((resolve) => setTimeout(resolve, 20))
       return Atomics.load(ticks, 0) - before
     }`,
  )
  const channel = new BroadcastChannel('ticks')
  t.after(() => channel.close())
  const shared = once(channel, 'message')
  assert.notEqual((await send(url)).text, '0')
  const [{ data: ticks }] = await shared
  // Its answer may arrive before it is frozen; and a machine may be so busy that it has no turn for a moment.
  await attemptUntilDone(async () => {
    const before = Atomics.load(ticks, 0)
    await setTimeout(1000)
    return Atomics.load(ticks, 0) === before || undefined
  })
  assert.notEqual((await send(url)).text, '0')
})
