// A read has no more time than its request, so its result then says little to the others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { down, limits, openManualSecrets, stored } from '../fixtures/adapters/manual-secrets.ts'

type Opened = ReturnType<typeof openManualSecrets>

/** What a read gives that was ended before its answer came. */
const late = fail('secret_unavailable', { evidence: ['no_answer'] })
const hastyMs = limits.secretTimeoutMs - 1

/** One hasty read with others joined to it: it is cut short, and what follows gives `s1`. */
async function cutShort({ ask, vault }: Opened, othersLeftMs: readonly number[]) {
  const { promise, resolve } = Promise.withResolvers<typeof late>()
  vault.next = promise
  const hasty = ask(hastyMs)
  const others = othersLeftMs.map((leftMs) => ask(leftMs))
  vault.next = stored('s1')
  resolve(late)
  return { hasty: await hasty, others: await Promise.all(others) }
}

test('requests that joined an interrupted read share one new read', async () => {
  const opened = openManualSecrets()
  const { hasty, others } = await cutShort(opened, [5000, 5000, 5000])
  assert.equal(hasty, 'secret_unavailable no_answer')
  assert.deepEqual(new Set(others), new Set(['fetched s1 0']))
  assert.equal(opened.reads.length, 2)
  assert.deepEqual(opened.told, ['failed', 'ok'])
})

test('an old failure does not affect requests that joined an interrupted read', async () => {
  const opened = openManualSecrets()
  opened.vault.next = down
  await opened.ask()
  opened.clock.pass(1000)
  const { others } = await cutShort(opened, [5000])
  assert.deepEqual(others, ['fetched s1 0'])
})

test('a request that joined with less than a tenth of a second left starts no further read', async () => {
  const opened = openManualSecrets()
  const { others } = await cutShort(opened, [99])
  assert.deepEqual(others, ['secret_unavailable no_answer'])
  assert.equal(opened.reads.length, 1)
})

test('a read that was cut short does not start the back-off', async () => {
  const opened = openManualSecrets()
  await cutShort(opened, [])
  assert.equal(await opened.ask(), 'fetched s1 0')
})

for (const [what, leftMs, next] of [
  ['had its whole time', limits.secretTimeoutMs, late],
  ['was answered with an error in little time', hastyMs, down],
] as const) {
  test(`a failed read that ${what} starts the back-off, and is the failure of all who joined`, async () => {
    const { ask, reads, vault } = openManualSecrets()
    vault.next = next
    const seen = `secret_unavailable ${next.ok ? '' : next.evidence.join()}`
    assert.deepEqual(await Promise.all([ask(leftMs), ask(), ask()]), [seen, seen, seen])
    vault.next = stored('s1')
    assert.equal(await ask(), seen)
    assert.equal(reads.length, 1)
  })
}

/** A deadline that leaves no time beside a whole read. */
const narrow = { deadlineMs: limits.secretTimeoutMs }

test('a request with an older value gives up a read halfway, and has the other half to use it', async () => {
  const { ask, clock, reads, vault } = openManualSecrets(0.5, narrow)
  await ask(narrow.deadlineMs)
  clock.pass(limits.secretSoftAgeSeconds * 1000)
  vault.next = late
  assert.equal(await ask(narrow.deadlineMs), 'stale s1 100')
  assert.deepEqual(
    reads.map(({ timeoutMs }) => timeoutMs),
    [limits.secretTimeoutMs, limits.secretTimeoutMs / 2],
  )
})

test('a silence starts the back-off although no request lasts longer than a read may', async () => {
  const { ask, reads, vault } = openManualSecrets(0.5, narrow)
  vault.next = late
  // Some of its time is gone before it asks.
  for (const _ of [1, 2, 3]) {
    assert.equal(await ask(narrow.deadlineMs - 5), 'secret_unavailable no_answer')
  }
  assert.equal(reads.length, 1)
})

test('two secrets that are read one after the other leave time for the exchange', async () => {
  const key = openManualSecrets(0.5, narrow)
  const secret = openManualSecrets(0.5, narrow)
  for (const { ask, clock, vault } of [key, secret]) {
    await ask(narrow.deadlineMs)
    clock.pass(limits.secretSoftAgeSeconds * 1000)
    vault.next = late
  }
  assert.equal(await key.ask(narrow.deadlineMs), 'stale s1 100')
  const leftMs = narrow.deadlineMs - (key.reads[1]?.timeoutMs ?? 0)
  assert.equal(await secret.ask(leftMs), 'stale s1 100')
  assert.equal(secret.reads[1]?.timeoutMs, narrow.deadlineMs / 4)
})

test('a silence starts the back-off where Lambda leaves a request less than its deadline', async () => {
  const { ask, clock, reads, vault } = openManualSecrets(0.5, {
    ...{ deadlineMs: 14_000, secretTimeoutMs: 10_000 },
  })
  await ask(10_000)
  clock.pass(limits.secretSoftAgeSeconds * 1000)
  vault.next = late
  for (const _ of [1, 2, 3]) assert.equal(await ask(10_000), 'stale s1 100')
  assert.equal(reads.length, 2)
})
