import assert from 'node:assert/strict'
import test from 'node:test'
import type { PoolDescriber } from '../../../adapters/evidence/pool-describer.ts'
import { openUserPoolConfig } from '../../../adapters/evidence/user-pool-config.ts'
import { choosePoolParts } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolPart } from '../../../core/diagnosis/pool-evidence.ts'
import {
  describedClient as client,
  openCounted,
  describedParts as parts,
  toDescriber,
  describedValues as values,
} from '../../fixtures/adapters/counted-describer.ts'
import { type ManualClock, openManualClock } from '../../fixtures/adapters/manual-clock.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

test('a description is proof for requests before it, and only a hint for five minutes after it', async () => {
  const { asked, clock, config } = openCounted()
  const value = values.activeSecrets
  const ask = async () => (await config.ask(client, parts, 1000, 'operator')).activeSecrets
  assert.deepEqual(await ask(), { value, isFresh: true })
  clock.pass(1)
  assert.deepEqual(await ask(), { value, isFresh: false }, 'it may have changed since')
  clock.pass(9_998)
  assert.deepEqual(await ask(), { value, isFresh: false })
  assert.equal(asked.length, 4)
  clock.pass(1)
  assert.deepEqual(await ask(), { value, isFresh: false })
  clock.pass(289_999)
  assert.deepEqual(await ask(), { value, isFresh: false })
  assert.equal(asked.length, 4)
  clock.pass(1)
  assert.deepEqual(await ask(), { value, isFresh: true })
  assert.equal(asked.length, 8)
})

test('a description older than ten seconds is read again, and proves something again', async () => {
  const { asked, clock, config } = openCounted()
  const ask = async () => (await config.ask(client, ['client'], 1000, 'operator')).client
  assert.deepEqual(await ask(), { value: 'absent', isFresh: true })
  clock.pass(9_999)
  assert.deepEqual(await ask(), { value: 'absent', isFresh: false })
  assert.equal(asked.length, 1)
  clock.pass(1)
  assert.deepEqual(await ask(), { value: 'absent', isFresh: true })
  assert.equal(asked.length, 2)
})

test('an answer to a call that started before the failure only suggests something', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { asked, clock, config } = openCounted(() => promise)
  const first = config.ask(client, ['client'], 1000, 'operator')
  clock.pass(1)
  const second = config.ask(client, ['client'], 1000, 'operator')
  resolve()
  assert.deepEqual((await first).client, { value: 'absent', isFresh: true })
  assert.deepEqual((await second).client, { value: 'absent', isFresh: false })
  assert.deepEqual(asked, ['client'])
})

test('clients of one pool at two domains do not share what the pool says of its domain', async () => {
  const { asked, config } = openCounted()
  await config.ask(client, ['pool'], 1000, 'operator')
  await config.ask({ ...client, clientId: 'another' }, ['pool'], 1000, 'operator')
  assert.equal(asked.length, 1, 'at one domain they do')
  await config.ask({ ...client, domain: 'https://other.example' }, ['pool'], 1000, 'operator')
  assert.equal(asked.length, 2)
})

test('the fault of an operator has four calls in five minutes, whoever asks', async () => {
  const { asked, clock, config } = openCounted()
  const clients = ['a', 'b', 'c'].map((clientId) => ({ ...client, clientId }))
  for (const _ of Array.from({ length: 29 })) {
    for (const one of clients) await config.ask(one, parts, 1000, 'operator')
    clock.pass(10_000)
  }
  assert.equal(asked.length, 4)
  await config.ask({ ...client, userPoolId: 'eu-central-1_Another01' }, parts, 1000, 'operator')
  assert.equal(asked.length, 8, 'another pool has its own')
})

test('simultaneous requests share one call', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { asked, config, loads } = openCounted(() => promise)
  const asking = Array.from({ length: 50 }, () => config.ask(client, ['client'], 1000, 'operator'))
  resolve()
  const found = await Promise.all(asking)
  assert.deepEqual(asked, ['client'])
  assert.equal(loads(), 1)
  for (const one of found) assert.deepEqual(one, { client: { value: 'absent', isFresh: true } })
})

test('what stays away is left out in time, and the rest is given', async () => {
  const clock = openManualClock()
  const aborted: PoolPart[] = []
  const describe: PoolDescriber['describe'] = (part, _client, signal) => {
    if (part === 'pool') return Promise.resolve(values[part])
    const { promise, resolve } = Promise.withResolvers<undefined>()
    signal.addEventListener('abort', () => {
      aborted.push(part)
      resolve(undefined)
    })
    return promise
  }
  const config = openUserPoolConfig(async () => toDescriber(describe), clock)
  assert.deepEqual(await config.ask(client, ['client', 'pool'], 30, 'operator'), {
    pool: { value: { hasDeviceTracking: false, hasDomain: true }, isFresh: true },
  })
  assert.deepEqual(aborted, ['client'], 'nothing runs on')
})

test('without a pool in the settings, or without need, nothing is even loaded', async () => {
  const { config, loads } = openCounted()
  assert.deepEqual(await config.ask(toClient(), parts, 1000, 'operator'), {})
  assert.deepEqual(await config.ask(client, [], 1000, 'operator'), {})
  assert.equal(loads(), 0)
})

test('a describer that cannot be loaded is no evidence and no failure, and is tried again later', async () => {
  const { clock, asked, config: _, ...counted } = openCounted()
  let loads = 0
  const load = () => {
    loads += 1
    return loads === 1 ? Promise.reject(new Error('gone')) : counted.load()
  }
  const config = openUserPoolConfig(load, clock)
  assert.deepEqual(await config.ask(client, ['client'], 1000, 'operator'), {})
  clock.pass(10_000)
  const found = await config.ask(client, ['client'], 1000, 'operator')
  assert.deepEqual(found, { client: { value: 'absent', isFresh: true } })
  clock.pass(10_000)
  await config.ask(client, ['client'], 1000, 'operator')
  assert.deepEqual([loads, asked.length], [2, 2], 'what was loaded is kept')
})

test('failed reads have a cool-down, too, so that a pool that hangs delays one failure', async () => {
  const { clock, asked, config } = openCounted(() => Promise.reject(new Error('no answer')))
  for (const _ of [1, 2, 3]) await config.ask(client, ['client'], 1000, 'operator')
  assert.deepEqual(asked, ['client'])
  clock.pass(10_000)
  await config.ask(client, ['client'], 1000, 'operator')
  assert.deepEqual(asked, ['client', 'client'])
})

test('a junk code every 61 seconds leaves enough calls to prove an operator’s fault', async () => {
  const { clock, config } = openCounted()
  for (const _ of Array.from({ length: 30 })) {
    await config.ask(client, choosePoolParts('code_rejected'), 1000, 'caller')
    clock.pass(61_000)
  }
  const found = await config.ask(client, choosePoolParts('client_rejected'), 1000, 'operator')
  const fresh = Object.values(found).map((part) => part.isFresh)
  assert.deepEqual(fresh, [true, true, true])
})

test('the fault of one client leaves a call for another of the pool', async () => {
  const { clock, config } = openCounted()
  await config.ask(client, choosePoolParts('client_rejected'), 1000, 'operator')
  clock.pass(1000)
  const another = { ...client, clientId: 'another' }
  const found = await config.ask(another, choosePoolParts('client_rejected'), 1000, 'operator')
  assert.equal(found.client?.isFresh, true)
  assert.equal(found.pool?.isFresh, false, 'what the pool says is shared')
})

/** What the two clocks may do to each other, with the time that really passed between. */
const clockFaults: readonly (readonly [string, (clock: ManualClock) => void])[] = [
  ['the wall clock is set back', (clock) => clock.jump(-3_600_000)],
  [
    'the wall clock is set back and catches up',
    (clock) => {
      clock.jump(-30_000)
      clock.pass(30_000)
    },
  ],
]

for (const [says, disturb] of clockFaults) {
  test(`where ${says}, what was read before a failure is not of after it, and calls do not begin again`, async () => {
    const { asked, clock, config } = openCounted()
    await config.ask(client, ['client'], 1000, 'caller')
    clock.pass(1)
    disturb(clock)
    const found = await config.ask(client, ['client'], 1000, 'caller')
    assert.equal(found.client?.isFresh, false)
    for (const _ of [1, 2, 3]) await config.ask(client, parts, 1000, 'operator')
    assert.equal(asked.length, 1 + 4, 'one of the allowance for callers, four of the other')
  })
}

test('a description ages by either clock: one may be set back, the other stops in a frozen sandbox', async () => {
  for (const age of [
    (clock: ManualClock) => clock.jump(300_000),
    (clock: ManualClock) => {
      clock.jump(-300_000)
      clock.pass(300_000)
    },
  ]) {
    const { clock, config, asked } = openCounted()
    await config.ask(client, ['client'], 1000, 'operator')
    age(clock)
    const found = await config.ask(client, ['client', 'activeSecrets'], 1000, 'operator')
    assert.equal(found.client?.isFresh, true)
    assert.deepEqual(asked, ['client', 'client', 'activeSecrets'])
  }
})
