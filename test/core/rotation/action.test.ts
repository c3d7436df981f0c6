import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { byProof, done, end } from '../../../core/rotation/action.ts'
import { toSeen, value } from '../../fixtures/core/sample-seen.ts'

const failure = failStep('rotation_too_soon')
const then = { works: () => done, refused: () => end(failure) }

test('asks whether Cognito accepts a value before it relies on it', () => {
  const { fresh } = value
  assert.deepEqual(byProof(toSeen(), fresh, then), { do: 'probe', value: fresh })
  assert.deepEqual(byProof(toSeen({ proofs: { [fresh]: 'works' } }), fresh, then), done)
  assert.deepEqual(byProof(toSeen({ proofs: { [fresh]: 'refused' } }), fresh, then), end(failure))
})

test('ends where there was no usable answer', () => {
  const unanswered = failStep('rotation_unanswered', 'describe_secret')
  const seen = toSeen({ proofs: { [value.fresh]: unanswered } })
  assert.deepEqual(byProof(seen, value.fresh, then), end(unanswered))
})
