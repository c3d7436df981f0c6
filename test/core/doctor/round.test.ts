import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  clientsAtOnce,
  doctorTimeoutSeconds,
  isTimeForOneMore,
  toCrashReport,
  toRound,
  toUncheckedReport,
} from '../../../core/doctor/round.ts'

test('the time limit lets 40 clients hang for eight seconds each', () => {
  assert.equal(doctorTimeoutSeconds, 120)
  const lastBeginsAtMs = (40 / clientsAtOnce - 1) * 8000
  assert.ok(isTimeForOneMore(doctorTimeoutSeconds * 1000 - lastBeginsAtMs))
})

test('no client is begun with less than ten seconds left', () => {
  assert.ok(isTimeForOneMore(10_000))
  assert.ok(!isTimeForOneMore(9999))
})

test('a round is well only where it has checked something, and all of that is well', () => {
  const well = { client: 'shop', isWell: true, checks: [] }
  assert.ok(toRound([well]).isWell)
  assert.ok(!toRound([]).isWell)
  assert.ok(!toRound([well, toUncheckedReport('web')]).isWell)
})

test('a client that was not checked, or a crash, is one failed check in place of all', () => {
  const reports = [toUncheckedReport('shop'), toCrashReport('web')]
  assert.deepEqual(
    reports.map(({ client, isWell, checks }) => [
      client,
      isWell,
      checks.map(({ name, status, cause }) => [name, status, cause]),
    ]),
    [
      ['shop', false, [['all', 'failed', 'client_not_checked']]],
      ['web', false, [['all', 'failed', 'unforeseen']]],
    ],
  )
})
