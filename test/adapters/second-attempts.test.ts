import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSecondAttempts } from '../../adapters/second-attempts.ts'
import { fail } from '../../core/causes/catalogue.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { toCodeRequest, toRefreshRequest } from '../fixtures/adapters/sample-request.ts'

const lost = fail('cognito_connection_lost', { delivery: 'unknown' })
const refused = fail('cognito_unreachable', { delivery: 'unsent' })
const throttled = fail('cognito_throttled')

const lenient = toRefreshRequest({ refreshTokenRotation: 'off' })
const { domain } = lenient.client
const candidate = { request: lenient, failure: lost, attempts: 1, sentAtMs: 1000, leftMs: 5000 }

function openManual(random = 0) {
  const clock = openManualClock(random)
  return { clock, attempts: openSecondAttempts(clock) }
}

for (const [random, delayMs] of [
  [0, 20],
  [0.5, 70],
  [0.999999, 119],
] as const) {
  test(`chance ${random} makes the wait ${delayMs} ms`, () => {
    assert.equal(openManual(random).attempts.grantDelayMs(candidate), delayMs)
  })
}

test('a burst of failures gets one second attempt, and then one for ten requests', () => {
  const { attempts } = openManual()
  const granted = Array.from({ length: 300 }, () => {
    attempts.noteRequest()
    return attempts.grantDelayMs(candidate) === undefined ? 0 : 1
  })
  const total = granted.reduce<number>((sum, one) => sum + one, 0)
  assert.ok(total >= 29 && total <= 31, `${total} of 300`)
  const late = granted.slice(-100).reduce<number>((sum, one) => sum + one, 0)
  assert.ok(late >= 9 && late <= 10, `${late} of the last 100`)
})

test('quiet hours save up no more than ten second attempts', () => {
  const { attempts } = openManual()
  for (let index = 0; index < 10_000; index += 1) attempts.noteRequest()
  const granted = Array.from({ length: 20 }, () => attempts.grantDelayMs(candidate))
  assert.equal(granted.filter((delayMs) => delayMs !== undefined).length, 10)
})

test('a second attempt that is not granted costs nothing of the share', () => {
  const { attempts } = openManual()
  const hasty = { ...candidate, leftMs: 100 }
  for (let index = 0; index < 50; index += 1) attempts.grantDelayMs(hasty)
  assert.equal(attempts.grantDelayMs(candidate), 20)
})

test('no second attempt is made for five seconds after Cognito has throttled the domain', () => {
  const { attempts, clock } = openManual()
  attempts.noteResult(domain, throttled)
  clock.pass(4999)
  assert.equal(attempts.grantDelayMs({ ...candidate, sentAtMs: clock.spanMs() }), undefined)
  assert.equal(attempts.grantDelayMs({ ...candidate, failure: refused }), undefined)
  clock.pass(1)
  assert.equal(attempts.grantDelayMs({ ...candidate, failure: refused }), 20)
})

test('a wall clock that jumps does not end the pause after a throttling', () => {
  const { attempts, clock } = openManual()
  attempts.noteResult(domain, throttled)
  clock.jump(86_400_000)
  assert.equal(attempts.grantDelayMs(candidate), undefined)
})

test('throttling of one domain does not delay another', () => {
  const { attempts } = openManual()
  attempts.noteResult('https://other.auth.eu-central-1.amazoncognito.com', throttled)
  assert.equal(attempts.grantDelayMs(candidate), 20)
})

test('results other than throttling delay nothing', () => {
  const { attempts } = openManual()
  attempts.noteResult(domain, lost)
  attempts.noteResult(domain, { ok: true, value: undefined })
  assert.equal(attempts.grantDelayMs(candidate), 20)
})

test('the grace period counts from when the first attempt left', () => {
  const { attempts, clock } = openManual()
  const request = toRefreshRequest({ refreshTokenRotation: 'on', retryGracePeriodSeconds: 3 })
  const sentAtMs = clock.spanMs()
  clock.pass(1979)
  assert.equal(attempts.grantDelayMs({ ...candidate, request, sentAtMs }), 20)
  clock.pass(1)
  assert.equal(attempts.grantDelayMs({ ...candidate, request, sentAtMs }), undefined)
})

test('a code that never left is asked about again, and one that may have left is not', () => {
  const { attempts } = openManual()
  const request = toCodeRequest()
  const unsent = { ...candidate, request, failure: refused, sentAtMs: undefined }
  assert.equal(attempts.grantDelayMs(unsent), 20)
  assert.equal(attempts.grantDelayMs({ ...candidate, request }), undefined)
})

test('attempts with another secret share the budget of second attempts', () => {
  const { attempts } = openManual()
  assert.ok(attempts.grantOtherSecret(domain))
  assert.equal(attempts.grantOtherSecret(domain), false)
  assert.equal(attempts.grantDelayMs(candidate), undefined)
  for (let index = 0; index < 11; index += 1) attempts.noteRequest()
  assert.ok(attempts.grantOtherSecret(domain))
})

test('no attempt with another secret is made at a domain that has just throttled a call', () => {
  const { attempts, clock } = openManual()
  attempts.noteResult(domain, throttled)
  assert.equal(attempts.grantOtherSecret(domain), false)
  assert.ok(attempts.grantOtherSecret('https://other.example.com'))
  clock.pass(5000)
  for (let index = 0; index < 11; index += 1) attempts.noteRequest()
  assert.ok(attempts.grantOtherSecret(domain))
})
