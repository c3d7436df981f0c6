import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { done, end, type Next } from '../../../core/rotation/action.ts'
import { chooseCancel, chooseCancelKey } from '../../../core/rotation/cancel.ts'
import { settledMs } from '../../../core/rotation/limits.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import {
  a,
  b,
  current,
  empty,
  foreign,
  pending,
  toSeen,
  usable,
  value,
} from '../../fixtures/core/sample-seen.ts'

const unlabel: Next = { do: 'unlabel', versionId: 'new' }
const added = { active: [a, b] } as const
const settled = { ...added, nowMs: b.createdAtMs + settledMs } as const
const works = { [value.fresh]: 'works' } as const
const refused = { [value.fresh]: 'refused' } as const
const rejected = end(failStep('rotation_current_rejected'))
const ended = { ...pending, labels: ['AWSPENDING', 'AWSCURRENT'] }

const rows: readonly (readonly [string, Seen, Next])[] = [
  ['nothing is pending', toSeen({ versions: [current] }), done],
  ['what is pending is current already', toSeen({ versions: [ended] }), done],
  ['a version without a value loses its label', toSeen({ versions: [current, empty] }), unlabel],
  ['a value that was never added loses its label', toSeen(), unlabel],
  [
    'a second secret that is older than the version is not its own',
    toSeen({ active: [a, foreign] }),
    unlabel,
  ],
  ['what may have been added is proved', toSeen(added), { do: 'probe', value: value.fresh }],
  [
    'what may still spread is not forgotten',
    toSeen({ ...added, proofs: refused }),
    end(failStep('rotation_not_spread', 'still_refused')),
  ],
  [
    'a value that is refused for long is compared with AWSCURRENT',
    toSeen({ ...settled, proofs: refused }),
    { do: 'probe', value: value.current },
  ],
  [
    'a value that is refused for long while AWSCURRENT works was never added',
    toSeen({ ...settled, proofs: { ...refused, [value.current]: 'works' } }),
    unlabel,
  ],
  [
    'nothing is known while Cognito refuses both',
    toSeen({ ...settled, proofs: { ...refused, [value.current]: 'refused' } }),
    rejected,
  ],
  [
    'nothing is known without an AWSCURRENT',
    toSeen({ ...settled, versions: [pending], proofs: refused }),
    rejected,
  ],
  [
    'what it has added is deleted only if AWSCURRENT works',
    toSeen({ ...added, proofs: works }),
    { do: 'probe', value: value.current },
  ],
  [
    'what it has added is deleted',
    toSeen({ ...added, proofs: { ...works, [value.current]: 'works' } }),
    { do: 'delete', secretId: 'b' },
  ],
  [
    'what it has added stays where it is the only value that works',
    toSeen({ ...added, proofs: { ...works, [value.current]: 'refused' } }),
    end(failStep('rotation_current_rejected', 'pending_works')),
  ],
  [
    'what it has added stays where nothing is current',
    toSeen({ ...added, versions: [pending], proofs: works }),
    end(failStep('rotation_current_rejected', 'pending_works')),
  ],
  [
    'a copy of the current value is added by nobody',
    toSeen({
      ...added,
      versions: [current, { ...pending, content: usable(value.current) }],
      proofs: { [value.current]: 'works' },
    }),
    unlabel,
  ],
  [
    'what works and is not written down as its own stays',
    toSeen({
      ...added,
      versions: [current, { ...pending, other: undefined }],
      proofs: { ...works, [value.current]: 'works' },
    }),
    end(failStep('rotation_slot_taken', 'pending_unknown')),
  ],
  [
    'where the secret that it has written down is gone, either of two can be its own, and both stay',
    toSeen({
      active: [b, { id: 'c', createdAtMs: b.createdAtMs }],
      proofs: { ...works, [value.current]: 'works' },
    }),
    end(failStep('rotation_slot_taken', 'pending_unknown')),
  ],
  [
    'the last secret stays',
    toSeen({ active: [b], proofs: { ...works, [value.current]: 'works' } }),
    end(failStep('rotation_slot_taken', 'pending_unknown')),
  ],
]

for (const [what, seen, next] of rows) {
  test(`cancel: ${what}`, () => assert.deepEqual(chooseCancel(seen), next))
}

test('cancel of a cookie key: the pending key loses its label, a current one does not', () => {
  assert.deepEqual(chooseCancelKey(toSeen()), unlabel)
  assert.deepEqual(chooseCancelKey(toSeen({ versions: [ended] })), done)
  assert.deepEqual(chooseCancelKey(toSeen({ versions: [current] })), done)
})
