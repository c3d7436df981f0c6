import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { Secret } from '../../core/secret.ts'
import {
  chooseSecretStep,
  chooseStale,
  noSecret,
  type SecretState,
  toStateAfterFailure,
  toStateAfterRead,
} from '../../core/secret-policy.ts'

const secret = new Secret('s3cret')
const failure = fail('secret_unavailable', { evidence: ['no_answer'] })
const nowMs = 1_000_000_000
const softAgeMs = 300_000
const hardAgeMs = 86_400_000

/** A good value read at `nowMs`, with a soft age that no jitter has changed. */
const fresh = toStateAfterRead(secret, nowMs, softAgeMs, 0.5)

function toFailures(state: SecretState, count: number): SecretState {
  let failed = state
  for (let index = 0; index < count; index += 1)
    failed = toStateAfterFailure(failed, failure, nowMs)
  return failed
}

test('reads a secret that was never read', () => {
  assert.deepEqual(chooseSecretStep(noSecret, nowMs, hardAgeMs), { step: 'read' })
  assert.deepEqual(chooseSecretStep(noSecret, 0, hardAgeMs), { step: 'read' })
  assert.deepEqual(chooseStale(noSecret, nowMs, hardAgeMs), { step: 'read' })
  assert.deepEqual(noSecret, {
    held: undefined,
    failures: 0,
    lastFailure: undefined,
    failedAtMs: 0,
  })
})

for (const [ageMs, ageSeconds] of [
  [0, 0],
  [1, 0.001],
  [299_999, 299.999],
] as const) {
  test(`uses a secret that is ${ageMs} ms old`, () => {
    assert.deepEqual(chooseSecretStep(fresh, nowMs + ageMs, hardAgeMs), {
      step: 'use',
      held: fresh.held,
      ageSeconds,
    })
  })
}

for (const ageMs of [300_000, 300_001, hardAgeMs, hardAgeMs * 10]) {
  test(`reads a secret again when it is ${ageMs} ms old`, () => {
    assert.deepEqual(chooseSecretStep(fresh, nowMs + ageMs, hardAgeMs), { step: 'read' })
  })
}

test('jitters the soft age by a tenth, so that sandboxes do not ask together', () => {
  for (const [random, expected] of [
    [0, 270_000],
    [0.25, 285_000],
    [0.5, 300_000],
    [1, 330_000],
  ] as const) {
    const { held } = toStateAfterRead(secret, nowMs, softAgeMs, random)
    assert.ok(held && Math.abs(held.softAgeMs - expected) < 0.001)
    assert.equal(held.secret, secret)
    assert.equal(held.fetchedAtMs, nowMs)
  }
})

test('a read that goes well forgets the failures before it', () => {
  assert.deepEqual(fresh, { ...noSecret, held: fresh.held })
})

test('a read that fails keeps the good value and counts', () => {
  const once = toStateAfterFailure(fresh, failure, nowMs + 5)
  assert.deepEqual(once, {
    held: fresh.held,
    failures: 1,
    lastFailure: failure,
    failedAtMs: nowMs + 5,
  })
  const other = fail('secret_malformed', { evidence: ['not_json'] })
  const twice = toStateAfterFailure(once, other, nowMs + 9)
  assert.deepEqual(twice, {
    held: fresh.held,
    failures: 2,
    lastFailure: other,
    failedAtMs: nowMs + 9,
  })
})

const backOffs = [1, 2, 4, 8, 16, 32, 60, 60, 60]

for (const [index, seconds] of backOffs.entries()) {
  const failures = index + 1
  test(`backs off ${seconds} s after ${failures} failures, and then reads once more`, () => {
    const failed = toFailures(noSecret, failures)
    const until = nowMs + seconds * 1000
    const refuse = { step: 'refuse', failure }
    assert.deepEqual(chooseSecretStep(failed, nowMs, hardAgeMs), refuse)
    assert.deepEqual(chooseSecretStep(failed, until - 1, hardAgeMs), refuse)
    assert.deepEqual(chooseSecretStep(failed, until, hardAgeMs), { step: 'read' })
  })
}

test('backs off a minute even after thousands of failures', () => {
  const failed = { ...toFailures(noSecret, 1), failures: 5000 }
  assert.deepEqual(chooseSecretStep(failed, nowMs + 59_999, hardAgeMs), { step: 'refuse', failure })
  assert.deepEqual(chooseSecretStep(failed, nowMs + 60_000, hardAgeMs), { step: 'read' })
})

test('uses the last good value while it backs off', () => {
  const failedAtMs = nowMs + softAgeMs
  const failed = toStateAfterFailure(fresh, failure, failedAtMs)
  assert.deepEqual(chooseSecretStep(failed, failedAtMs + 999, hardAgeMs), {
    step: 'use_stale',
    held: fresh.held,
    ageSeconds: 300.999,
  })
  assert.deepEqual(chooseSecretStep(failed, failedAtMs + 1000, hardAgeMs), { step: 'read' })
})

test('uses a value within its soft age although a later read has failed', () => {
  const failed = toStateAfterFailure(fresh, failure, nowMs + 10)
  assert.deepEqual(chooseSecretStep(failed, nowMs + 20, hardAgeMs), {
    step: 'use',
    held: fresh.held,
    ageSeconds: 0.02,
  })
})

test('uses the last good value up to its hard age, which is not part of it', () => {
  const failed = toStateAfterFailure(fresh, failure, nowMs + hardAgeMs - 1)
  assert.deepEqual(chooseStale(failed, nowMs + hardAgeMs - 1, hardAgeMs), {
    step: 'use_stale',
    held: fresh.held,
    ageSeconds: 86_399.999,
  })
  const refuse = { step: 'refuse', failure }
  assert.deepEqual(chooseStale(failed, nowMs + hardAgeMs, hardAgeMs), refuse)
  assert.deepEqual(chooseSecretStep(failed, nowMs + hardAgeMs, hardAgeMs), refuse)
})

test('refuses with the last failure where no good value was ever read', () => {
  const failed = toStateAfterFailure(
    toStateAfterFailure(noSecret, fail('secret_not_found'), 1),
    failure,
    2,
  )
  assert.deepEqual(chooseStale(failed, 2, hardAgeMs), { step: 'refuse', failure })
})

test('a clock that is set back costs one read, and the value then counts from the new time', () => {
  const backMs = nowMs - 1
  assert.deepEqual(chooseSecretStep(fresh, backMs, hardAgeMs), { step: 'read' })
  const again = toStateAfterRead(secret, backMs, softAgeMs, 0.5)
  assert.deepEqual(chooseSecretStep(again, backMs + 1, hardAgeMs), {
    step: 'use',
    held: again.held,
    ageSeconds: 0.001,
  })
})

test('a clock that is set back to its very beginning is no failure that was met there', () => {
  assert.deepEqual(chooseSecretStep(fresh, 100, hardAgeMs), { step: 'read' })
})

test('a clock that is set back while reads fail makes no storm', () => {
  const backMs = nowMs - 3_600_000
  const failed = toFailures(noSecret, 7)
  assert.deepEqual(chooseSecretStep(failed, backMs, hardAgeMs), { step: 'read' })
  const again = toStateAfterFailure(failed, failure, backMs)
  const refuse = { step: 'refuse', failure }
  assert.deepEqual(chooseSecretStep(again, backMs + 1, hardAgeMs), refuse)
  assert.deepEqual(chooseSecretStep(again, backMs + 59_999, hardAgeMs), refuse)
  assert.deepEqual(chooseSecretStep(again, backMs + 60_000, hardAgeMs), { step: 'read' })
})

test('a value from the future grows old from the failed read on, so that none lives for ever', () => {
  const backMs = nowMs - 5000
  const failed = toStateAfterFailure(fresh, failure, backMs)
  const held = fresh.held && { ...fresh.held, fetchedAtMs: backMs }
  assert.deepEqual(chooseStale(failed, backMs, hardAgeMs), {
    step: 'use_stale',
    held,
    ageSeconds: 0,
  })
  const laterMs = backMs + hardAgeMs
  assert.deepEqual(chooseStale(failed, laterMs, hardAgeMs), { step: 'refuse', failure })
})

test('a clock that jumps forward causes one read and ends what is too old', () => {
  const aheadMs = nowMs + hardAgeMs * 365
  assert.deepEqual(chooseSecretStep(fresh, aheadMs, hardAgeMs), { step: 'read' })
  const failed = toStateAfterFailure(fresh, failure, aheadMs)
  assert.deepEqual(chooseStale(failed, aheadMs, hardAgeMs), { step: 'refuse', failure })
})
