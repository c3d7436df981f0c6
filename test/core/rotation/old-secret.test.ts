import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { done, end, type Next } from '../../../core/rotation/action.ts'
import { chooseOverlapEnd } from '../../../core/rotation/old-secret.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import {
  a,
  b,
  nowMs,
  task,
  toSeen,
  toVersion,
  current as unrotated,
  usable,
  value,
} from '../../fixtures/core/sample-seen.ts'

const current = { ...unrotated, other: { id: 'a', isReplaced: true } }
const previous = toVersion('older', ['AWSPREVIOUS'], usable(value.previous))
const over = { versions: [current, previous], active: [a, b] } as const
const both = { [value.current]: 'works', [value.previous]: 'works' } as const

const rows: readonly (readonly [string, Seen, Next])[] = [
  [
    'a secret that was never rotated has nothing to delete',
    toSeen({ versions: [unrotated] }),
    done,
  ],
  ['a secret that is gone is not deleted again', toSeen({ ...over, active: [b] }), done],
  ['a secret without AWSCURRENT has nothing to delete', toSeen({ versions: [previous] }), done],
  [
    'a secret beside which the current one was made stays',
    toSeen({ ...over, versions: [{ ...current, other: { id: 'a', isReplaced: false } }] }),
    done,
  ],
  [
    'the overlap is waited for',
    toSeen({ ...over, currentSinceMs: nowMs - task.overlapMs + 1 }),
    done,
  ],
  [
    'AWSCURRENT is proved first',
    toSeen({ ...over, currentSinceMs: nowMs - task.overlapMs }),
    { do: 'probe', value: value.current },
  ],
  [
    'nothing is deleted while AWSCURRENT is refused',
    toSeen({ ...over, proofs: { ...both, [value.current]: 'refused' } }),
    end(failStep('rotation_current_rejected')),
  ],
  ['the old secret is deleted', toSeen({ ...over, proofs: both }), { do: 'delete', secretId: 'a' }],
  [
    'an old secret that is not proved to be the previous one stays, and is named',
    toSeen({ ...over, proofs: { ...both, [value.previous]: 'refused' } }),
    end(failStep('rotation_slot_taken', 'other_not_proved')),
  ],
]

for (const [what, seen, next] of rows) {
  test(`end of an overlap: ${what}`, () => assert.deepEqual(chooseOverlapEnd(seen, task), next))
}
