import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SecretStage, StoredVersion } from '../../adapters/secrets-manager.ts'
import type { TrialOutcome } from '../../adapters/stand-in-secret.ts'
import { fail } from '../../core/causes/catalogue.ts'
import { Secret } from '../../core/secret.ts'
import {
  client,
  down,
  limits,
  longMs,
  openManualSecrets,
  stored,
  toSeen,
} from '../fixtures/adapters/manual-secrets.ts'

type Outcome = TrialOutcome | Promise<TrialOutcome>

/** A cache whose current secret `s1` is held, and requests that look for a stand-in once it is refused. */
async function openRefused() {
  const opened = openManualSecrets()
  const { clock, secrets, metered, vault, versions } = opened
  const put = (stage: SecretStage, id: string, value: string, ageMs = 0) => {
    const text = stored(value)
    if (!text.ok) return
    const createdAtMs = clock.nowMs() - ageMs
    const version: StoredVersion = { versionId: id, createdAtMs, text: text.value }
    versions[stage] = { ok: true, value: version }
    if (stage === 'AWSCURRENT') vault.next = text
  }
  put('AWSCURRENT', 'v1', 's1', 3_600_000)
  await opened.ask()
  const tried: string[] = []
  /** What one request learns after the refusal: what it tried, or what it was given. */
  const refuse = (refused: string, outcome: Outcome = 'accepted', leftMs = longMs) =>
    metered(leftMs, async (meter) => {
      const secret = new Secret(refused)
      const { found, asked } = await secrets.replace(client, secret, meter)
      if (asked !== undefined) return `${found} ${asked.secret.reveal()}`
      let own = 'nothing'
      const given = await secrets.standIn(client, secret, found, meter, async (other) => {
        own = `tried ${toSeen({ ok: true, value: other })}`
        tried.push(other.secret.reveal())
        return outcome
      })
      return given === undefined ? own : `given ${toSeen({ ok: true, value: given })}`
    })
  return { ...opened, put, refuse, tried }
}

test('without a rotation nothing is tried, and the versions are read once within the cool-down', async () => {
  const { clock, refuse, tried, told, versionReads } = await openRefused()
  for (let index = 0; index < 100; index += 1) assert.equal(await refuse('s1'), 'nothing')
  assert.deepEqual(
    versionReads.map(({ stage }) => stage),
    ['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'],
  )
  assert.deepEqual([tried, told], [[], Array(5).fill('ok')])
  clock.pass(limits.secretRefetchCooldownSeconds * 1000)
  await refuse('s1')
  assert.equal(versionReads.length, 6)
})

test('a pending version that Cognito takes is used from then on, without another refusal', async () => {
  const { ask, clock, put, refuse, told } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  assert.equal(await refuse('s1'), 'tried pending s2 0')
  clock.pass(50_000)
  assert.equal(await ask(), 'pending s2 50')
  assert.deepEqual(told, ['ok', 'ok', 'ok', 'pending', 'ok'])
})

test('a stand-in outlives the soft age of the current secret, and ends when that one changes', async () => {
  const { ask, clock, put, reads, refuse } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  await refuse('s1')
  clock.pass(200_000)
  assert.equal(await ask(), 'pending s2 200')
  assert.equal(reads.length, 3)
  put('AWSCURRENT', 'v2', 's2')
  clock.pass(200_000)
  assert.equal(await ask(), 'fetched s2 0')
  assert.equal(await ask(), 'cache s2 0')
})

test('a stand-in ends at its hard age, even in a sandbox that was frozen until then', async () => {
  const { ask, clock, put, refuse, vault } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  await refuse('s1')
  clock.pass(999_999)
  assert.match(await ask(), /^pending s2 /)
  clock.jump(1)
  assert.match(await ask(), /^cache s1 /)
  vault.next = down
  clock.pass(1_000_000)
  assert.equal(await ask(), 'secret_unavailable answered_error')
})

test('while Secrets Manager is down the stand-in is still used', async () => {
  const { ask, clock, put, refuse, vault } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  await refuse('s1')
  vault.next = down
  clock.pass(500_000)
  assert.equal(await ask(), 'pending s2 500')
})

test('a stand-in that Cognito refuses is dropped, and the current secret is tried without a read', async () => {
  const { ask, put, reads, refuse } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  await refuse('s1')
  assert.equal(await refuse('s2'), 'secret_changed s1')
  assert.equal(await ask(), 'cache s1 0')
  assert.equal(reads.length, 2)
})

test('a pending version that Cognito refuses is not used, and not tried again within the cool-down', async () => {
  const { ask, put, refuse, tried } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  for (let index = 0; index < 100; index += 1) await refuse('s1', 'refused')
  assert.equal(await ask(), 'cache s1 0')
  assert.deepEqual(tried, ['s2'])
})

test('a trial that shows nothing changes nothing', async () => {
  const { ask, put, refuse } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  assert.equal(await refuse('s1', 'open'), 'tried pending s2 0')
  assert.equal(await ask(), 'cache s1 0')
})

test('after the pending version was refused, the previous one has its turn', async () => {
  const { clock, put, refuse, tried } = await openRefused()
  put('AWSCURRENT', 'v1', 's1', 1000)
  put('AWSPENDING', 'v2', 's2')
  put('AWSPREVIOUS', 'v0', 's0')
  for (let turn = 0; turn < 3; turn += 1) {
    await refuse('s1', 'refused')
    clock.pass(limits.secretRefetchCooldownSeconds * 1000)
  }
  assert.deepEqual(tried, ['s2', 's0', 's2'])
})

test('the previous version is used only while its overlap lasts', async () => {
  const { ask, clock, put, refuse } = await openRefused()
  put('AWSCURRENT', 'v1', 's1', 1_890_000)
  put('AWSPREVIOUS', 'v0', 's0')
  assert.equal(await refuse('s1'), 'tried previous s0 0')
  clock.pass(9999)
  assert.equal(await ask(), 'previous s0 9.999')
  clock.pass(1)
  assert.equal(await ask(), 'cache s1 10')
})

test('requests that are refused together share one search and one trial, and use what it finds', async () => {
  const { put, refuse, told, tried, versionReads } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  const trial = Promise.withResolvers<TrialOutcome>()
  const learned = Promise.all(Array.from({ length: 20 }, () => refuse('s1', trial.promise)))
  trial.resolve('accepted')
  const [first, ...others] = await learned
  assert.equal(first, 'tried pending s2 0')
  assert.deepEqual(new Set(others), new Set(['given pending s2 0']))
  assert.deepEqual([tried, versionReads.length], [['s2'], 3])
  assert.deepEqual(told.filter((result) => result === 'pending').length, 1)
})

test('a request that joins a search waits no longer than its own deadline', async () => {
  const { put, refuse } = await openRefused()
  put('AWSPENDING', 'v2', 's2')
  const trial = Promise.withResolvers<TrialOutcome>()
  const first = refuse('s1', trial.promise)
  assert.equal(await refuse('s1', 'accepted', 1), 'nothing')
  trial.resolve('accepted')
  assert.equal(await first, 'tried pending s2 0')
})

for (const [says, version] of Object.entries({
  'cannot be read': fail('secret_unavailable', { evidence: ['no_answer'] }),
  'is malformed': { ok: true, value: { versionId: 'v2', createdAtMs: 0, text: '{' } },
  'holds bytes': { ok: true, value: { versionId: 'v2', createdAtMs: 0, text: undefined } },
} as const)) {
  test(`a pending version that ${says} is not tried`, async () => {
    const { refuse, versions } = await openRefused()
    versions.AWSPENDING = version
    assert.equal(await refuse('s1'), 'nothing')
  })
}

test('a version that cannot be read counts as a failed read', async () => {
  const { refuse, told, versions } = await openRefused()
  versions.AWSCURRENT = fail('secret_unavailable', { evidence: ['no_answer'] })
  assert.equal(await refuse('s1'), 'nothing')
  assert.deepEqual(told, ['ok', 'ok', 'failed', 'ok', 'ok'])
})

test('while Secrets Manager is down no version is read', async () => {
  const { refuse, vault, versionReads } = await openRefused()
  vault.next = down
  assert.equal(await refuse('s1'), 'nothing')
  assert.equal(versionReads.length, 0)
})

test('each version is read within the time that is left', async () => {
  const { refuse, versionReads } = await openRefused()
  await refuse('s1', 'accepted', 700)
  assert.deepEqual(new Set(versionReads.map(({ timeoutMs }) => timeoutMs)), new Set([700]))
})
