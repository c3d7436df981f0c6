import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  longestSpreadMs,
  marginMs,
  rotateTimeoutSeconds,
  toReadersMs,
  toStepMs,
} from '../../../core/rotation/limits.ts'
import { numberSettings } from '../../../core/settings/table.ts'

test('a cookie key waits for the last sandbox, and one invocation has the time for that', () => {
  const readersMs = toReadersMs({ secretSoftAgeSeconds: 300, secretTimeoutMs: 3000 })
  assert.equal(readersMs, 333_000)
  assert.equal(numberSettings.secretSoftAgeSeconds.byDefault, 300)
  assert.ok(toStepMs('cookie_key') >= readersMs + marginMs)
})

test('a new secret may take half a minute to spread, several times over', () => {
  assert.equal(toStepMs('client'), longestSpreadMs + marginMs)
  assert.ok(longestSpreadMs >= 5 * 30_000)
  assert.ok(toStepMs('client') <= rotateTimeoutSeconds * 1000)
})
