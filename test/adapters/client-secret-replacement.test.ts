import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../core/secret.ts'
import {
  client,
  down,
  longMs,
  openManualSecrets,
  stored,
  toSeen,
} from '../fixtures/adapters/manual-secrets.ts'

/** A cache that holds `s1`, and the wish for another secret than the one that was refused. */
async function openHolding() {
  const opened = openManualSecrets()
  await opened.ask()
  const replace = async (refused: string, leftMs = longMs) => {
    const { found, asked } = await opened.metered(leftMs, (meter) =>
      opened.secrets.replace(client, new Secret(refused), meter),
    )
    return asked === undefined ? found : `${found}: ${toSeen({ ok: true, value: asked })}`
  }
  return { ...opened, replace }
}

test('a refused secret is read again, and the changed one is kept', async () => {
  const { ask, reads, replace, told, vault } = await openHolding()
  vault.next = stored('s2')
  assert.equal(await replace('s1'), 'secret_changed: fetched s2 0')
  assert.equal(await ask(), 'cache s2 0')
  assert.equal(reads.length, 2)
  assert.deepEqual(told, ['ok', 'ok'])
})

test('an unchanged secret is named so, and read once within the cool-down', async () => {
  const { clock, reads, replace } = await openHolding()
  assert.equal(await replace('s1'), 'secret_unchanged')
  assert.equal(await replace('s1'), 'cooling_down')
  clock.pass(29_999)
  assert.equal(await replace('s1'), 'cooling_down')
  assert.equal(reads.length, 2)
  clock.pass(1)
  assert.equal(await replace('s1'), 'secret_unchanged')
  assert.equal(reads.length, 3)
})

test('a secret that another request has brought meanwhile costs no read', async () => {
  const { reads, replace, vault } = await openHolding()
  vault.next = stored('s2')
  await replace('s1')
  assert.equal(await replace('s1'), 'secret_changed: cache s2 0')
  assert.equal(reads.length, 2)
})

test('requests that are refused together share one read', async () => {
  const { reads, replace, vault } = await openHolding()
  vault.next = stored('s2')
  const found = await Promise.all(Array.from({ length: 20 }, () => replace('s1')))
  assert.deepEqual(new Set(found), new Set(['secret_changed: fetched s2 0']))
  assert.equal(reads.length, 2)
})

test('a refetch that fails keeps the held secret and says so', async () => {
  const { ask, replace, told, vault } = await openHolding()
  vault.next = down
  assert.equal(await replace('s1'), 'refetch_failed')
  assert.equal(await ask(), 'cache s1 0')
  assert.deepEqual(told, ['ok', 'failed'])
})

test('a malformed new secret is a failed refetch', async () => {
  const { ask, replace, vault } = await openHolding()
  vault.next = { ok: true, value: '{' }
  assert.equal(await replace('s1'), 'refetch_failed')
  assert.equal(await ask(), 'cache s1 0')
})

test('neither a refetch nor a request that joins it waits longer than its own time', async () => {
  const { reads, replace, vault } = await openHolding()
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof stored>>()
  vault.next = promise
  const found = await Promise.all([replace('s1', 1), replace('s1', 2)])
  assert.deepEqual(found, ['refetch_failed', 'refetch_failed'])
  assert.deepEqual(
    reads.map(({ timeoutMs }) => timeoutMs),
    // Half of what is left, so that a value that is found can still be sent.
    [3000, 0.5],
  )
  resolve(stored('s2'))
})

test('a wall clock set back does not stretch the cool-down', async () => {
  const { clock, reads, replace } = await openHolding()
  await replace('s1')
  clock.jump(-3_600_000)
  assert.equal(await replace('s1'), 'secret_unchanged')
  assert.equal(await replace('s1'), 'cooling_down')
  assert.equal(reads.length, 3)
})
