import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDeadline, systemClock } from '../../adapters/clock.ts'
import { openManualClock } from '../fixtures/adapters/manual-clock.ts'

const limits = { deadlineMs: 1000, deadlineMarginMs: 200 }

for (const [says, remainingMs, leftMs] of [
  ['nobody says what Lambda has left', undefined, 1000],
  ['Lambda has plenty left', 60_000, 1000],
  ['Lambda has as much left as setting and margin', 1200, 1000],
  ['Lambda has less left', 900, 700],
  ['Lambda has less left than the margin', 50, -150],
] as const) {
  test(`the deadline is ${leftMs} ms away where ${says}`, () => {
    assert.equal(openDeadline(openManualClock(), limits, remainingMs).leftMs(), leftMs)
  })
}

test('a deadline comes nearer as time passes, and no nearer by a wall clock that jumps', () => {
  const clock = openManualClock()
  const deadline = openDeadline(clock, limits, undefined)
  clock.jump(86_400_000)
  assert.equal(deadline.leftMs(), 1000)
  clock.pass(1001)
  assert.equal(deadline.leftMs(), -1)
})

test('the clock of the machine tells wall time, spans that never go back, and chance', () => {
  const before = Date.now()
  const { nowMs, spanMs, random } = systemClock
  assert.ok(nowMs() >= before && nowMs() <= Date.now())
  const first = spanMs()
  assert.ok(spanMs() >= first)
  const chance = random()
  assert.ok(chance >= 0 && chance < 1)
})
