import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { done, end, type Next } from '../../../core/rotation/action.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import { undoAdded } from '../../../core/rotation/undo.ts'
import { a, b, nowMs, pending, toSeen, value } from '../../fixtures/core/sample-seen.ts'

const spreading: Next = { do: 'wait', ms: 1 }
const both = { [value.fresh]: 'works', [value.current]: 'works' } as const
const unknown = end(failStep('rotation_slot_taken', 'pending_unknown'))
const byHand = { id: 'c', createdAtMs: nowMs - 500 }

// The table of the cancel has what else there is.
const rows: readonly (readonly [string, Seen, Next])[] = [
  ['what was never added is over', toSeen({ active: [a] }), done],
  [
    'what is refused while it may spread is waited for',
    toSeen({ active: [a, b], proofs: { [value.fresh]: 'refused' } }),
    spreading,
  ],
  [
    'what it has added is deleted',
    toSeen({ active: [a, b], proofs: both }),
    { do: 'delete', secretId: 'b' },
  ],
  [
    'where the secret that it has written down is gone, either of two can be its own, and both stay',
    toSeen({ active: [b, byHand], proofs: both }),
    unknown,
  ],
]

for (const [what, seen, next] of rows) {
  test(`undo: ${what}`, () =>
    assert.deepEqual(
      undoAdded(seen, pending, () => done, spreading),
      next,
    ))
}
