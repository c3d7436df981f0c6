import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { done, end } from '../../../core/rotation/action.ts'
import { choices } from '../../../core/rotation/choose.ts'
import { current, task, toSeen, value } from '../../fixtures/core/sample-seen.ts'

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
