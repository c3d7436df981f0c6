import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openMeter } from '../../adapters/meter.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'
import { openTestMeter } from '../fixtures/adapters/test-meter.ts'

const limits = { deadlineMs: 1000, deadlineMarginMs: 200 }

for (const [says, remainingMs, leftMs] of [
  ['nobody says what Lambda has left', undefined, 1000],
  ['Lambda has plenty left', 60_000, 1000],
  ['Lambda has as much left as setting and margin', 1200, 1000],
  ['Lambda has less left', 900, 700],
  ['Lambda has less left than the margin', 50, -150],
] as const) {
  test(`the deadline is ${leftMs} ms away where ${says}`, () => {
    assert.equal(openMeter(openManualClock(), limits, () => remainingMs).leftMs(), leftMs)
  })
}

test('a deadline comes nearer as time passes, and no nearer by a wall clock that jumps', () => {
  const clock = openManualClock()
  const meter = openMeter(clock, limits, () => undefined)
  clock.jump(86_400_000)
  assert.equal(meter.leftMs(), 1000)
  clock.pass(1001)
  assert.equal(meter.leftMs(), -1)
})

test('after refused settings no time is left', () => {
  assert.equal(openMeter(openManualClock(), undefined, () => 60_000).leftMs(), 0)
})

test('the waits of one kind add up, each by the clock that was handed in', async () => {
  const clock = openManualClock()
  const meter = openTestMeter(5000, clock)
  for (const ms of [5, 8]) {
    const result = await meter.time('secretMs', async () => {
      clock.pass(ms)
      return ms
    })
    assert.equal(result, ms)
  }
  await meter.time('upstreamMs', async () => clock.pass(20))
  const { facts, totalMs } = meter.read()
  assert.deepEqual([facts, totalMs], [{ secretMs: 13, upstreamMs: 20 }, 33])
})

test('a later value of a fact replaces the earlier one, and reads of secrets are kept in turn', () => {
  const meter = openTestMeter()
  meter.note({ attempts: 1, upstreamStatus: 500 })
  meter.note({ attempts: 2 })
  meter.noteSecretFetch('failed')
  meter.noteSecretFetch('ok')
  const { facts, secretFetches } = meter.read()
  assert.deepEqual(facts, { attempts: 2, upstreamStatus: 500 })
  assert.deepEqual(secretFetches, ['failed', 'ok'])
})

test('what Lambda has left is asked when the meter is read', () => {
  let leftMs = 3000
  const meter = openMeter(openManualClock(), { deadlineMs: 1, deadlineMarginMs: 0 }, () => leftMs)
  leftMs = 2000
  assert.equal(meter.read().remainingMs, 2000)
})
