// A cancel takes the label away; the step set may be on its way just then.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { done, end, type Next } from '../../../core/rotation/action.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import { chooseSet } from '../../../core/rotation/steps.ts'
import { a, b, current, pending, task, toSeen, value } from '../../fixtures/core/sample-seen.ts'

const added = { versions: [current], active: [a, b], addedId: 'b' } as const
const remove: Next = { do: 'delete', secretId: 'b' }
const absent = end(failStep('rotation_version_missing', 'absent'))
const notPending = end(failStep('rotation_version_missing', 'not_pending'))
const unlabelled = { ...pending, labels: ['AWSPREVIOUS'] }

const finished = { ...pending, labels: ['AWSCURRENT', 'AWSPENDING'] }

const rows: readonly (readonly [string, Seen, Next])[] = [
  [
    'a version that is current by now has been proved, and is not added again',
    toSeen({ versions: [finished], active: [a] }),
    done,
  ],
  ['what it has added itself just after the label went is deleted', toSeen(added), remove],
  [
    'so is what it has added for a version that has another label yet',
    toSeen({ ...added, versions: [current, unlabelled] }),
    remove,
  ],
  ['once that is gone, the rotation is over', toSeen({ ...added, active: [a] }), absent],
  [
    'nothing that others have added is deleted, whatever works',
    toSeen({
      ...added,
      ...{ versions: [current, unlabelled], addedId: undefined },
      proofs: { [value.fresh]: 'works', [value.current]: 'works' },
    }),
    notPending,
  ],
]

for (const [what, seen, next] of rows) {
  test(`set after a cancel: ${what}`, () => assert.deepEqual(chooseSet(seen, task), next))
}
