import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openCookieKeys, toCookieKey } from '../../adapters/cookie-key.ts'
import type { SecretStage } from '../../adapters/secrets-manager.ts'
import { fail, type Result } from '../../core/causes/catalogue.ts'
import { Secret } from '../../core/secret.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { limits, longMs } from '../fixtures/adapters/manual-secrets.ts'
import { openTestMeter } from '../fixtures/adapters/test-meter.ts'

type Read = Result<string | undefined>

const stored = (text: string): Read => ({ ok: true, value: text })
const none: Read = fail('secret_not_found')
const down: Read = fail('secret_unavailable', { evidence: ['answered_error'] })
const texts = Array.from({ length: 4 }, () => randomBytes(32).toString('base64'))
const [k1 = '', k2 = '', k3 = '', k4 = ''] = texts
const names = new Map(texts.map((text, at) => [toCookieKey(new Secret(text)).id, `k${at + 1}`]))

/** Opens the keys over labelled versions, with a clock moved by hand. */
function openVersions(versions: Partial<Record<SecretStage, Read>>) {
  const clock = openManualClock()
  const reads: string[] = []
  const manager = {
    read: async (secretId: string, _timeoutMs: number, stage: SecretStage = 'AWSCURRENT') => {
      reads.push(`${secretId} ${stage}`)
      return versions[stage] ?? none
    },
    close: () => {},
  }
  const keys = openCookieKeys(manager, 'cookie-key', limits, clock)
  const ask = async () => {
    const asked = await keys.ask(openTestMeter(longMs, clock))
    if (!asked.ok) return [asked.cause, ...asked.evidence].join(' ')
    const { source, secret } = asked.value
    return [source, ...secret.map(({ id }) => names.get(id))].join(' ')
  }
  return { ask, clock, keys, reads, versions }
}

test('every labelled version is read, and the current key comes first', async () => {
  const { ask, reads } = openVersions({
    AWSPENDING: stored(k3),
    AWSPREVIOUS: stored(k1),
    AWSCURRENT: stored(k2),
  })
  assert.equal(await ask(), 'fetched k2 k1 k3')
  assert.equal(await ask(), 'cache k2 k1 k3')
  assert.deepEqual(reads, [
    'cookie-key AWSCURRENT',
    'cookie-key AWSPREVIOUS',
    'cookie-key AWSPENDING',
  ])
})

test('a secret that was never changed has one key', async () => {
  assert.equal(await openVersions({ AWSCURRENT: stored(k1) }).ask(), 'fetched k1')
})

test('a version that is no key is passed over unless it is the current one', async () => {
  const odd = stored('{"not":"a key"}')
  const beside = openVersions({ AWSCURRENT: stored(k1), AWSPREVIOUS: odd, AWSPENDING: odd })
  assert.equal(await beside.ask(), 'fetched k1')
  assert.equal(
    await openVersions({ AWSCURRENT: odd, AWSPREVIOUS: stored(k1) }).ask(),
    'secret_malformed',
  )
})

test('a previous version that could not be read fails the whole read, so that no cookie is lost', async () => {
  const { ask, clock, versions } = openVersions({ AWSCURRENT: stored(k2), AWSPREVIOUS: stored(k1) })
  assert.equal(await ask(), 'fetched k2 k1')
  versions.AWSPREVIOUS = down
  clock.pass(110_000)
  assert.equal(await ask(), 'stale k2 k1')
  assert.equal(
    await openVersions({ AWSCURRENT: stored(k2), AWSPREVIOUS: down }).ask(),
    'secret_unavailable answered_error',
  )
})

test('a key that has become current elsewhere is found by one read within the cool-down', async () => {
  const { ask, clock, keys, reads, versions } = openVersions({ AWSCURRENT: stored(k1) })
  await ask()
  const want = (name: string) =>
    keys.replace(
      (held) => held.some(({ id }) => names.get(id) === name),
      openTestMeter(longMs, clock),
    )
  versions.AWSCURRENT = stored(k2)
  versions.AWSPREVIOUS = stored(k1)
  assert.equal((await want('k2')).found, 'secret_changed')
  assert.equal((await want('k2')).found, 'secret_changed')
  assert.equal(reads.length, 6)
  assert.equal((await want('k4')).found, 'cooling_down')
  clock.pass(30_000)
  assert.equal((await want('k4')).found, 'secret_unchanged')
  clock.pass(30_000)
  versions.AWSCURRENT = stored(k4)
  versions.AWSPREVIOUS = stored(k3)
  assert.equal((await want('k4')).found, 'secret_changed')
  assert.equal(await ask(), 'cache k4 k3')
})

test('a read that fails where a key is wanted says why', async () => {
  const { ask, keys, versions } = openVersions({ AWSCURRENT: stored(k1) })
  await ask()
  versions.AWSCURRENT = down
  const replaced = await keys.replace(() => false, openTestMeter(longMs))
  assert.deepEqual(replaced, { found: 'refetch_failed', failure: down })
  assert.equal(await ask(), 'cache k1')
})
