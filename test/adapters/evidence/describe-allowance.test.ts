import assert from 'node:assert/strict'
import test from 'node:test'
import {
  describedClient as client,
  openCounted,
  describedParts as parts,
} from '../../fixtures/adapters/counted-describer.ts'

test('the failures of callers make two calls in five minutes, and take none from the fault of an operator', async () => {
  const { asked, clock, config } = openCounted()
  for (const _ of Array.from({ length: 28 })) {
    await config.ask(client, ['client', 'pool'], 1000, 'caller')
    await config.ask({ ...client, clientId: 'another' }, ['client'], 1000, 'caller')
    clock.pass(10_000)
  }
  assert.deepEqual(asked, ['client', 'pool'])
  const found = await config.ask(client, parts, 1000, 'operator')
  assert.deepEqual(asked, ['client', 'pool', ...parts])
  for (const part of parts) assert.equal(found[part]?.isFresh, true, part)
})

test('what anyone can bring about makes four calls in five minutes, and takes none from the fault of an operator', async () => {
  const { asked, clock, config } = openCounted()
  for (const _ of Array.from({ length: 28 })) {
    await config.ask(client, ['client'], 1000, 'anyone')
    clock.pass(10_000)
  }
  assert.deepEqual(asked, ['client', 'client', 'client', 'client'])
  const found = await config.ask(client, parts, 1000, 'operator')
  for (const part of parts) assert.equal(found[part]?.isFresh, true, part)
})

test("a request with a made-up code in progress does not weaken the proof of an operator's fault", async () => {
  const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  let calls = 0
  const { asked, clock, config } = openCounted(() => answers[calls++ === 0 ? 0 : 1].promise)
  const ofCaller = config.ask(client, ['client'], 1000, 'caller')
  clock.pass(1)
  const ofOperator = config.ask(client, ['client'], 1000, 'operator')
  answers[1].resolve()
  assert.deepEqual((await ofOperator).client, { value: 'absent', isFresh: true })
  answers[0].resolve()
  assert.equal((await ofCaller).client?.isFresh, true)
  assert.deepEqual(asked, ['client', 'client'])
})
