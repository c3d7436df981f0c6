// A cancel takes the label away; the step set may be on its way just then.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { end, type Next } from '../../../core/rotation/action.ts'
import { marginMs, spreadPauseMs } from '../../../core/rotation/limits.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import { chooseSet } from '../../../core/rotation/steps.ts'
import { a, b, current, pending, task, toSeen, value } from '../../fixtures/core/sample-seen.ts'

const cancelled = { versions: [current, { ...pending, labels: [] }], active: [a, b] } as const
const both = { [value.fresh]: 'works', [value.current]: 'works' } as const
const refused = { [value.fresh]: 'refused' } as const
const spreadingMs = spreadPauseMs + marginMs

const rows: readonly (readonly [string, Seen, Next])[] = [
  [
    'what was added just after the label went is deleted',
    toSeen({ ...cancelled, proofs: both }),
    { do: 'delete', secretId: 'b' },
  ],
  [
    'it is waited for until it has spread',
    toSeen({ ...cancelled, proofs: refused, leftMs: spreadingMs }),
    { do: 'wait', ms: spreadPauseMs },
  ],
  [
    'what has not spread within the step is left to its next attempt',
    toSeen({ ...cancelled, proofs: refused, leftMs: spreadingMs - 1 }),
    end(failStep('rotation_not_spread', 'still_refused')),
  ],
  [
    'where nothing was added, the rotation is over',
    toSeen({ ...cancelled, active: [a] }),
    end(failStep('rotation_version_missing', 'not_pending')),
  ],
]

for (const [what, seen, next] of rows) {
  test(`set after a cancel: ${what}`, () => assert.deepEqual(chooseSet(seen, task), next))
}
