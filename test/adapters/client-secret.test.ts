import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../core/secret.ts'
import {
  client,
  down,
  longMs,
  openManualSecrets,
  stored,
} from '../fixtures/adapters/manual-secrets.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

test('a secret is read once and then kept, with its age', async () => {
  const { ask, clock, reads, told } = openManualSecrets()
  assert.equal(await ask(), 'fetched s1 0')
  clock.pass(7000)
  assert.equal(await ask(), 'cache s1 7')
  assert.deepEqual(reads, [{ secretId: client.secretId, timeoutMs: 3000 }])
  assert.deepEqual(told, ['ok'])
})

test('the date of the stored version is kept beside the secret, where there is one', async () => {
  const { ask, clock, vault, secrets, metered } = openManualSecrets()
  await ask()
  const dated = async () => {
    const asked = await metered(longMs, (meter) => secrets.ask(client, meter))
    return asked.ok && secrets.storedAtMs(asked.value.secret)
  }
  assert.equal(await dated(), undefined)
  vault.createdAtMs = 1_700_000_000_000
  clock.pass(200_000)
  assert.equal(await dated(), 1_700_000_000_000)
  assert.equal(await dated(), 1_700_000_000_000)
  assert.equal(secrets.storedAtMs(new Secret('s1')), undefined)
})

test('a read has no more time than its request', async () => {
  const { ask, reads } = openManualSecrets()
  await ask(400)
  assert.equal(reads[0]?.timeoutMs, 400)
})

for (const [random, softAgeSeconds] of [
  [0, 90],
  [0.5, 100],
  [0.999999, 109.9999],
] as const) {
  test(`chance ${random} makes the soft age ${softAgeSeconds} s: within a tenth of the setting`, async () => {
    const { ask, clock, reads } = openManualSecrets(random)
    await ask()
    clock.pass(softAgeSeconds * 1000 - 1)
    await ask()
    assert.equal(reads.length, 1)
    clock.pass(2)
    assert.equal(await ask(), 'fetched s1 0')
    assert.equal(reads.length, 2)
  })
}

test('fifty asks at once are one read', async () => {
  const { ask, reads, vault } = openManualSecrets()
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof stored>>()
  vault.next = promise
  const asks = Array.from({ length: 50 }, () => ask())
  resolve(stored('s1'))
  assert.deepEqual(new Set(await Promise.all(asks)), new Set(['fetched s1 0']))
  assert.equal(reads.length, 1)
})

test('fifty requests at once report one read', async () => {
  const { ask, told } = openManualSecrets()
  await Promise.all(Array.from({ length: 50 }, () => ask()))
  assert.deepEqual(told, ['ok'])
})

test('the secrets of two clients are kept apart', async () => {
  const { ask, reads, vault } = openManualSecrets()
  const other = toClient({ clientId: 'client2', secretId: 'token-proxy/other' })
  assert.equal(await ask(), 'fetched s1 0')
  vault.next = { ok: true, value: 's2' }
  assert.equal(await ask(1000, other), 'fetched s2 0')
  assert.equal(await ask(), 'cache s1 0')
  assert.deepEqual(
    reads.map(({ secretId }) => secretId),
    ['token-proxy/shop', 'token-proxy/other'],
  )
})

test('a good value carries on while Secrets Manager is down, until its hard age', async () => {
  const { ask, clock, told, vault } = openManualSecrets()
  await ask()
  vault.next = down
  clock.pass(200_000)
  assert.equal(await ask(), 'stale s1 200')
  clock.pass(799_999)
  assert.equal(await ask(), 'stale s1 999.999')
  clock.pass(1)
  assert.equal(await ask(), 'secret_unavailable answered_error')
  assert.deepEqual(told.slice(0, 2), ['ok', 'failed'])
})

test('the first value after an outage is used at once', async () => {
  const { ask, clock, vault } = openManualSecrets()
  await ask()
  vault.next = down
  clock.pass(200_000)
  await ask()
  vault.next = stored('s2')
  clock.pass(1000)
  assert.equal(await ask(), 'fetched s2 0')
})

for (const value of [
  '{',
  '{"client_secret":7}',
  '{"client_id":"other","client_secret":"s2"}',
  '',
]) {
  test(`the malformed new value ${JSON.stringify(value)} never replaces a good one`, async () => {
    const { ask, clock, vault } = openManualSecrets()
    await ask()
    vault.next = { ok: true, value }
    clock.pass(110_000)
    assert.equal(await ask(), 'stale s1 110')
    vault.next = stored('s3')
    clock.pass(1000)
    assert.equal(await ask(), 'fetched s3 0')
  })
}

test('without a good value the failure itself is reported', async () => {
  const { ask, vault } = openManualSecrets()
  vault.next = { ok: true, value: undefined }
  assert.equal(await ask(), 'secret_malformed not_text')
})

test('failed reads are repeated after 1, 2, 4, … and at most 60 seconds', async () => {
  const { ask, clock, reads, vault } = openManualSecrets()
  vault.next = down
  await ask()
  for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60, 60]) {
    const known = reads.length
    clock.pass(seconds * 1000 - 1)
    assert.equal(await ask(), 'secret_unavailable answered_error')
    assert.equal(reads.length, known, `within ${seconds} s`)
    clock.pass(1)
    await ask()
    assert.equal(reads.length, known + 1, `after ${seconds} s`)
  }
})

test('a read that goes well ends the back-off', async () => {
  const { ask, clock, reads, vault } = openManualSecrets()
  vault.next = down
  await ask()
  clock.pass(1000)
  await ask()
  vault.next = stored('s1')
  clock.pass(2000)
  await ask()
  vault.next = down
  clock.pass(100_000)
  await ask()
  clock.pass(1000)
  await ask()
  assert.equal(reads.length, 5)
})

for (const [what, jumpMs] of [
  ['back by an hour', -3_600_000],
  ['forward by a year', 31_536_000_000],
] as const) {
  test(`a wall clock set ${what} costs exactly one read`, async () => {
    const { ask, clock, reads } = openManualSecrets()
    await ask()
    clock.jump(jumpMs)
    await Promise.all([ask(), ask(), ask()])
    assert.equal(await ask(), 'cache s1 0')
    assert.equal(reads.length, 2)
  })

  test(`a wall clock set ${what} in an outage costs exactly one read`, async () => {
    const { ask, clock, reads, vault } = openManualSecrets()
    vault.next = down
    await ask()
    clock.jump(jumpMs)
    await ask()
    await ask()
    assert.equal(reads.length, 2)
  })
}

test('a request that joins a read waits no longer than its own deadline', async () => {
  const { ask, reads, vault } = openManualSecrets()
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof stored>>()
  vault.next = promise
  const patient = ask()
  assert.equal(await ask(1), 'secret_unavailable no_answer')
  resolve(stored('s1'))
  assert.equal(await patient, 'fetched s1 0')
  assert.equal(reads.length, 1)
})
