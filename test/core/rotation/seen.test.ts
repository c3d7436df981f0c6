import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  findLabelled,
  isOtherPending,
  toOwnCandidates,
  toValue,
} from '../../../core/rotation/seen.ts'
import { a, b, current, empty, pending, toSeen, value } from '../../fixtures/core/sample-seen.ts'

test('finds a version by its label, and its value', () => {
  const seen = toSeen()
  assert.equal(findLabelled(seen, 'AWSCURRENT'), current)
  assert.equal(findLabelled(seen, 'AWSPREVIOUS'), undefined)
  assert.equal(toValue(pending), value.fresh)
  assert.equal(toValue(empty), undefined)
  assert.equal(toValue(undefined), undefined)
})

test('the secret that a version has written down is not its own', () => {
  const seen = toSeen({ active: [a, b] })
  assert.deepEqual(toOwnCandidates(seen, pending), [b])
  assert.deepEqual(toOwnCandidates(seen, current), [a, b])
})

test('another rotation is pending only while its version is not current', () => {
  const token = 'new'
  assert.ok(!isOtherPending(toSeen(), { token }))
  assert.ok(!isOtherPending(toSeen({ versions: [current] }), { token }))
  const other = { ...pending, id: 'other' }
  assert.ok(isOtherPending(toSeen({ versions: [current, other] }), { token }))
  const ended = { ...other, labels: ['AWSPENDING', 'AWSCURRENT'] }
  assert.ok(!isOtherPending(toSeen({ versions: [ended] }), { token }))
})
