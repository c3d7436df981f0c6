import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { done, end } from '../../../core/rotation/action.ts'
import { choices } from '../../../core/rotation/choose.ts'
import {
  current,
  longAgoMs,
  nowMs,
  pending,
  task,
  toSeen,
  toVersion,
  usable,
  value,
} from '../../fixtures/core/sample-seen.ts'

const rejected = end(failStep('rotation_current_rejected'))

test('a secret is checked by what Cognito thinks of AWSCURRENT', () => {
  const { check } = choices.client
  const { current: alias } = value
  assert.deepEqual(check(toSeen({ versions: [] }), task), rejected)
  assert.deepEqual(check(toSeen(), task), { do: 'probe', value: alias })
  assert.deepEqual(check(toSeen({ proofs: { [alias]: 'works' } }), task), done)
  assert.deepEqual(check(toSeen({ proofs: { [alias]: 'refused' } }), task), rejected)
})

test('a cookie key needs no check, and its old key stays as long as its label', () => {
  const seen = toSeen({ versions: [current] })
  assert.deepEqual(choices.cookie_key.check(seen, task), done)
  assert.deepEqual(choices.cookie_key.end_overlap(seen, task), done)
})

const stuck = { ...pending, createdAtMs: longAgoMs }
const late = end(failStep('rotation_stuck'))

test('the schedule reports lateness of every secret, whether or not it ends overlaps', () => {
  const seen = toSeen({ versions: [current, stuck] })
  for (const choice of [choices.client, choices.cookie_key]) {
    assert.deepEqual(choice.end_overlap(seen, task), late)
    assert.deepEqual(choice.watch(seen, task), late)
    assert.deepEqual(choice.watch(toSeen(), task), done)
  }
})

test('an overlap is ended first, and what keeps it from ending counts alone', () => {
  const { end_overlap } = choices.client
  const replacing = { ...current, other: { id: 'a', isReplaced: true } }
  const previous = toVersion('older', ['AWSPREVIOUS'], usable(value.previous))
  const over = { versions: [replacing, previous, stuck], active: [toSecret('a'), toSecret('b')] }
  const works = { [value.current]: 'works', [value.previous]: 'works' } as const
  assert.deepEqual(end_overlap(toSeen({ ...over, proofs: works }), task), {
    ...{ do: 'delete', secretId: 'a' },
  })
  const refused = { ...works, [value.current]: 'refused' } as const
  assert.deepEqual(end_overlap(toSeen({ ...over, proofs: refused }), task), rejected)
  assert.deepEqual(end_overlap(toSeen({ ...over, active: [toSecret('b')] }), task), late)
})

function toSecret(id: string) {
  return { id, createdAtMs: nowMs }
}
