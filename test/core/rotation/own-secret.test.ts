import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockToleranceMs, settledMs } from '../../../core/rotation/limits.ts'
import { findOwn, isListed, isSpreading } from '../../../core/rotation/own-secret.ts'
import { a, b, foreign, nowMs, pending, toSeen } from '../../fixtures/core/sample-seen.ts'

test("a version's own secret is none that it has written down, and none that is surely older", () => {
  assert.equal(findOwn(toSeen({ active: [a] }), pending), undefined)
  assert.equal(findOwn(toSeen({ active: [a, foreign] }), pending), undefined)
  assert.deepEqual(findOwn(toSeen({ active: [a, b] }), pending), b)
  const oldest = { id: 'y', createdAtMs: pending.createdAtMs - clockToleranceMs }
  assert.deepEqual(findOwn(toSeen({ active: [a, oldest] }), pending), oldest)
})

test('any secret can be that of a version which has written none down', () => {
  assert.equal(isListed(toSeen({ active: [a] }), pending), false)
  assert.equal(isListed(toSeen({ active: [a, foreign] }), pending), true)
  assert.equal(isListed(toSeen({ active: [a] }), { ...pending, other: undefined }), true)
})

test('a secret spreads for a while, and one that is not there does not', () => {
  const settled = { id: 'b', createdAtMs: nowMs - settledMs }
  assert.equal(isSpreading(toSeen(), { ...settled, createdAtMs: settled.createdAtMs + 1 }), true)
  assert.equal(isSpreading(toSeen(), settled), false)
  assert.equal(isSpreading(toSeen(), undefined), false)
})
