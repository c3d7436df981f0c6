import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { failStep, toStepFailure } from '../../../core/causes/rotation.ts'
import { done, end, type Next } from '../../../core/rotation/action.ts'
import { chooseCreate } from '../../../core/rotation/create.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import {
  a,
  b,
  current,
  empty,
  nowMs,
  pending,
  task,
  toSeen,
  toVersion,
  usable,
  value,
} from '../../fixtures/core/sample-seen.ts'

const rotated = { ...current, other: { id: 'a', isReplaced: true } }
const previous = toVersion('older', ['AWSPREVIOUS'], usable(value.previous))
const malformed = { is: 'malformed' } as const
const beside = { do: 'store', value: 'fresh', other: { id: 'a', isReplaced: false } } as const
const taken = (why: 'other_unknown' | 'other_not_proved') =>
  end(failStep('rotation_slot_taken', why))
const throttled = toStepFailure(fail('cognito_throttled'))
const full = { active: [a, b], proofs: { [value.current]: 'works' } } as const
const refused = { versions: [current, empty], proofs: { [value.current]: 'refused' } } as const

const rows: readonly (readonly [string, Seen, Next])[] = [
  ['a value that is stored already is kept', toSeen(), done],
  [
    'a version with a value that cannot be used stops it, since a version never changes',
    toSeen({ versions: [current, { ...pending, content: malformed }] }),
    end(failStep('rotation_pending_malformed')),
  ],
  [
    'a client without a secret gets none',
    toSeen({ versions: [current, empty], active: [] }),
    end(toStepFailure(fail('client_has_no_secret'))),
  ],
  [
    'the label of another rotation is not taken',
    toSeen({ versions: [current, { ...pending, id: 'other' }] }),
    end(failStep('rotation_version_missing', 'other_pending')),
  ],
  [
    'what is current and still labelled pending belongs to a rotation that has ended',
    toSeen({ versions: [{ ...current, labels: ['AWSCURRENT', 'AWSPENDING'] }] }),
    { do: 'probe', value: value.current },
  ],
  [
    'AWSCURRENT is proved first',
    toSeen({ versions: [current, empty] }),
    { do: 'probe', value: value.current },
  ],
  [
    'without an answer about AWSCURRENT nothing is stored',
    toSeen({ versions: [current, empty], proofs: { [value.current]: throttled } }),
    end(throttled),
  ],
  [
    'the only secret is that of an AWSCURRENT that works, and is written down as replaced',
    toSeen({ versions: [current, empty], proofs: { [value.current]: 'works' } }),
    { do: 'store', value: 'fresh', other: { id: 'a', isReplaced: true } },
  ],
  [
    'a second secret that nothing is known about stays',
    toSeen({ ...full, versions: [current, empty] }),
    taken('other_unknown'),
  ],
  [
    'a second secret beside which the current one was made stays',
    toSeen({
      ...full,
      versions: [{ ...current, other: { id: 'a', isReplaced: false } }, empty],
    }),
    taken('other_unknown'),
  ],
  [
    'a replaced secret that is gone already frees nothing more',
    toSeen({
      ...full,
      versions: [{ ...current, other: { id: 'gone', isReplaced: true } }, empty],
    }),
    taken('other_unknown'),
  ],
  [
    'the replaced secret stays until its overlap is over',
    toSeen({ ...full, versions: [rotated, previous, empty], currentSinceMs: nowMs - 4_499_999 }),
    end(failStep('rotation_too_soon')),
  ],
  [
    'the replaced secret is proved to be that of AWSPREVIOUS',
    toSeen({ ...full, versions: [rotated, previous, empty], currentSinceMs: nowMs - 4_500_000 }),
    { do: 'probe', value: value.previous },
  ],
  [
    'the replaced secret is deleted once both values work',
    toSeen({
      ...full,
      versions: [rotated, previous, empty],
      proofs: { [value.current]: 'works', [value.previous]: 'works' },
    }),
    { do: 'delete', secretId: 'a' },
  ],
  [
    'an old value that is refused proves nothing about the replaced secret',
    toSeen({
      ...full,
      versions: [rotated, previous, empty],
      proofs: { [value.current]: 'works', [value.previous]: 'refused' },
    }),
    taken('other_not_proved'),
  ],
  [
    'without AWSPREVIOUS nothing is proved',
    toSeen({ ...full, versions: [rotated, empty] }),
    taken('other_not_proved'),
  ],
  [
    'the same value twice proves nothing',
    toSeen({
      ...full,
      versions: [rotated, { ...previous, content: usable(value.current) }, empty],
    }),
    taken('other_not_proved'),
  ],
  [
    'more secrets than Cognito allows are not understood',
    toSeen({ ...full, versions: [rotated, previous, empty], active: [a, b, { ...b, id: 'c' }] }),
    taken('other_not_proved'),
  ],
  [
    'an AWSCURRENT that is refused asks what Cognito describes',
    toSeen(refused),
    { do: 'describe' },
  ],
  [
    'what Cognito describes is proved, too',
    toSeen({ ...refused, described: value.described }),
    { do: 'probe', value: value.described },
  ],
  [
    'a described secret that works is stored as it is',
    toSeen({
      ...refused,
      described: value.described,
      active: [a, b],
      proofs: { ...refused.proofs, [value.described]: 'works' },
    }),
    { do: 'store', value: value.described, other: undefined },
  ],
  [
    'a described secret that is refused leaves a second one to add',
    toSeen({
      ...refused,
      described: value.described,
      proofs: { ...refused.proofs, [value.described]: 'refused' },
    }),
    beside,
  ],
  [
    'beside one secret of unknown use, one is added',
    toSeen({ ...refused, described: 'none' }),
    beside,
  ],
  [
    'where both secrets were replaced by hand there is no place for another',
    toSeen({ ...refused, described: 'none', active: [a, b] }),
    end(failStep('rotation_current_rejected')),
  ],
  [
    'a secret without AWSCURRENT is filled beside what is there',
    toSeen({ versions: [empty], described: 'none' }),
    beside,
  ],
  [
    'a full client whose secret has no value yet is named so',
    toSeen({ versions: [empty], described: 'none', active: [a, b] }),
    end(failStep('rotation_current_rejected', 'current_missing')),
  ],
  [
    'a full client with an AWSCURRENT without a value is named so',
    toSeen({
      versions: [{ ...current, content: { is: 'missing' } }, empty],
      described: 'none',
      active: [a, b],
    }),
    end(failStep('rotation_current_rejected', 'current_missing')),
  ],
  [
    'a full client with an AWSCURRENT that is no secret is named so',
    toSeen({
      versions: [{ ...current, content: malformed }, empty],
      described: 'none',
      active: [a, b],
    }),
    end(failStep('rotation_current_rejected', 'current_malformed')),
  ],
]

for (const [what, seen, next] of rows) {
  test(`create: ${what}`, () => assert.deepEqual(chooseCreate(seen, task), next))
}
