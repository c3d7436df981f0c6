import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UseOutcome } from '../../../core/diagnosis/use-history.ts'
import { chooseUseMemory, type UseMemory, useMemories } from '../../../core/diagnosis/use-memory.ts'

/** The memory after each end, for what was unproved and for what was revoked before. */
const after: Readonly<Record<UseOutcome, readonly [unproved: UseMemory, revoked: UseMemory]>> = {
  spent: ['accepted', 'accepted'],
  kept: ['accepted', 'accepted'],
  rotated_out: ['accepted', 'accepted'],
  revoked: ['revoked', 'revoked'],
  refused: ['unproved', 'revoked'],
  lost: ['unproved', 'revoked'],
}

for (const [outcome, [unproved, revoked]] of Object.entries(after)) {
  const end = outcome as UseOutcome
  test(`a use that ends ${outcome} is kept among what Cognito vouched for, and never leaves it again`, () => {
    assert.equal(chooseUseMemory('unproved', end), unproved)
    assert.equal(chooseUseMemory('revoked', end), revoked)
    assert.equal(chooseUseMemory('accepted', end), 'accepted')
  })
}

test('every memory is reached by an end', () => {
  assert.deepEqual(new Set(Object.values(after).flat()), new Set(useMemories))
})
