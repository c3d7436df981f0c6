import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../adapters/clock.ts'

test('the clock of the machine tells wall time, spans that never go back, and chance', () => {
  const before = Date.now()
  const { nowMs, spanMs, random } = systemClock
  assert.ok(nowMs() >= before && nowMs() <= Date.now())
  const first = spanMs()
  assert.ok(spanMs() >= first)
  const chance = random()
  assert.ok(chance >= 0 && chance < 1)
})
