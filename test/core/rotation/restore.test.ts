import assert from 'node:assert/strict'
import { test } from 'node:test'
import { done, type Next } from '../../../core/rotation/action.ts'
import { choices } from '../../../core/rotation/choose.ts'
import { restoreLost } from '../../../core/rotation/restore.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import { a, b, task, toSeen, toVersion, usable, value } from '../../fixtures/core/sample-seen.ts'

const other = { id: 'a', isReplaced: true }
/** Made current in the moment in which a cancel deleted its secret: Cognito has the old one alone. */
const finished = toVersion('new', ['AWSCURRENT'], usable(value.fresh), { other })
const pending = { ...finished, labels: ['AWSCURRENT', 'AWSPENDING'] }
const previous = toVersion('old', ['AWSPREVIOUS'], usable(value.current))
const lost = { versions: [finished, previous], active: [a] } as const
const probe: Next = { do: 'probe', value: value.current }
const unlabel: Next = { do: 'unlabel', versionId: 'new' }
const restore: Next = { do: 'restore', versionId: 'old', fromId: 'new' }
const works = { [value.current]: 'works' } as const

const rows: readonly (readonly [string, Seen, Next])[] = [
  ['the previous value is proved first', toSeen(lost), probe],
  ['AWSCURRENT moves back to a value that works', toSeen({ ...lost, proofs: works }), restore],
  [
    'what was deleted is not left pending, or a step would add it again',
    toSeen({ ...lost, versions: [pending, previous], proofs: works }),
    unlabel,
  ],
  [
    'a previous version whose secret is gone, too, is no better while it works for a moment yet',
    toSeen({ ...lost, versions: [finished, { ...previous, other }], proofs: works }),
    done,
  ],
  [
    'a previous value that is refused is no better',
    toSeen({ ...lost, proofs: { [value.current]: 'refused' } }),
    done,
  ],
  [
    'an AWSCURRENT whose secret Cognito has stays',
    toSeen({ ...lost, active: [a, b], proofs: works }),
    done,
  ],
  [
    'an AWSCURRENT that knows no other secret can be any of them',
    toSeen({ ...lost, versions: [{ ...finished, other: undefined }, previous], proofs: works }),
    done,
  ],
  ['without a previous version nothing moves', toSeen({ ...lost, versions: [finished] }), done],
  [
    'a previous version without a value is no help',
    toSeen({ ...lost, versions: [finished, { ...previous, content: { is: 'missing' } }] }),
    done,
  ],
  [
    'the same value in both versions is as lost in both',
    toSeen({ ...lost, versions: [finished, { ...previous, content: finished.content }] }),
    done,
  ],
  ['a secret without AWSCURRENT is not lost', toSeen({ ...lost, versions: [previous] }), done],
]

for (const [what, seen, next] of rows) {
  test(`a lost AWSCURRENT: ${what}`, () =>
    assert.deepEqual(
      restoreLost(seen, () => done),
      next,
    ))
}

test('the finish, the cancel and the schedule restore it, whoever is later', () => {
  for (const goal of ['finish', 'cancel', 'end_overlap', 'watch'] as const) {
    const choose = choices.client[goal]
    assert.deepEqual(choose(toSeen(lost), task), probe, goal)
    assert.deepEqual(choose(toSeen({ ...lost, proofs: works }), task), restore, goal)
  }
})
