import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { failStep, toStepFailure } from '../../../core/causes/rotation.ts'
import { type Choose, done, end, type Next } from '../../../core/rotation/action.ts'
import { marginMs, settledMs, spreadPauseMs } from '../../../core/rotation/limits.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import {
  chooseCreateKey,
  chooseFinish,
  chooseFinishKey,
  chooseSet,
  chooseSetKey,
  chooseTest,
  chooseTestKey,
} from '../../../core/rotation/steps.ts'
import {
  a,
  b,
  current,
  empty,
  foreign,
  nowMs,
  pending,
  task,
  toSeen,
  usable,
  value,
} from '../../fixtures/core/sample-seen.ts'

type Row = readonly [what: string, seen: Seen, next: Next]

const throttled = toStepFailure(fail('cognito_throttled'))
const added = { active: [a, b] } as const
const works = { [value.fresh]: 'works' } as const
const refused = { [value.fresh]: 'refused' } as const
const missing = (why: 'absent' | 'not_pending' | 'without_value' | 'other_pending') =>
  end(failStep('rotation_version_missing', why))
const probe: Next = { do: 'probe', value: value.fresh }
const notSpread = (why: 'not_added' | 'still_refused' | 'readers_behind') =>
  end(failStep('rotation_not_spread', why))
const promoted = { ...pending, labels: ['AWSCURRENT', 'AWSPENDING'] }

/** What holds of each step after the first. */
const ofAny: readonly Row[] = [
  [
    'a version that is not there is not made up',
    toSeen({ versions: [current] }),
    missing('absent'),
  ],
  [
    'a version of a rotation that is over is left alone',
    toSeen({ versions: [{ ...pending, labels: ['AWSPREVIOUS'] }] }),
    missing('not_pending'),
  ],
  [
    'a value that cannot be used is named',
    toSeen({ versions: [current, { ...pending, content: { is: 'malformed' } }] }),
    end(failStep('rotation_pending_malformed')),
  ],
]

/** What holds of a step that needs a value. */
const early: Row = [
  'a step too early finds no value',
  toSeen({ versions: [current, empty] }),
  missing('without_value'),
]

const ofSet: readonly Row[] = [
  ['what Cognito thinks of the value is asked first', toSeen(), probe],
  ['a value that works is there', toSeen({ ...added, proofs: works }), done],
  [
    'a value that was deleted is not added again while it works for a moment yet',
    toSeen({ proofs: works, leftMs: spreadPauseMs + marginMs }),
    { do: 'wait', ms: spreadPauseMs },
  ],
  [
    'a value that was deleted and works for longer than the step lasts is left to the next one',
    toSeen({ proofs: works, leftMs: spreadPauseMs + marginMs - 1 }),
    notSpread('not_added'),
  ],
  [
    'without an answer nothing is added',
    toSeen({ proofs: { [value.fresh]: throttled } }),
    end(throttled),
  ],
  [
    'a value that is not there is added',
    toSeen({ proofs: refused }),
    { do: 'add', value: value.fresh },
  ],
  [
    'a second secret that is as young as the version is its own, and spreads',
    toSeen({ proofs: refused, active: [a, b] }),
    done,
  ],
  [
    'a second secret that is older than the version is of somebody else',
    toSeen({ proofs: refused, active: [a, foreign] }),
    end(failStep('rotation_slot_taken', 'pending_unknown')),
  ],
  [
    'a second secret that is refused for so long is of somebody else',
    toSeen({ proofs: refused, active: [a, b], nowMs: b.createdAtMs + settledMs }),
    end(failStep('rotation_slot_taken', 'pending_unknown')),
  ],
  [
    'where the replaced secret is gone and another is there, there is a place',
    toSeen({ proofs: refused, active: [foreign] }),
    { do: 'add', value: value.fresh },
  ],
  [
    'a value that Cognito takes from nobody is not sent',
    toSeen({
      proofs: refused,
      versions: [current, { ...pending, content: usable(value.fresh, false) }],
    }),
    end(failStep('rotation_pending_malformed')),
  ],
]

const spreading = { active: [a, b], proofs: refused } as const

const ofTest: readonly Row[] = [
  ['the token endpoint is asked', toSeen(), probe],
  ['a value that works has passed', toSeen({ ...added, proofs: works }), done],
  [
    'a value that works although it was deleted has not passed',
    toSeen({ proofs: works }),
    notSpread('not_added'),
  ],
  [
    'a value that nobody has added is not waited for',
    toSeen({ proofs: refused }),
    notSpread('not_added'),
  ],
  [
    'a value that spreads is waited for',
    toSeen({ ...spreading, leftMs: spreadPauseMs + marginMs }),
    { do: 'wait', ms: spreadPauseMs },
  ],
  [
    'the wait ends before Lambda ends it, with its cause',
    toSeen({ ...spreading, leftMs: spreadPauseMs + marginMs - 1 }),
    notSpread('still_refused'),
  ],
  [
    'an answer that says nothing is waited for, too',
    toSeen({ proofs: { [value.fresh]: throttled } }),
    { do: 'wait', ms: spreadPauseMs },
  ],
  [
    'an answer that says nothing is the cause once the time is over',
    toSeen({ proofs: { [value.fresh]: throttled }, leftMs: 0 }),
    end(throttled),
  ],
]

const ofFinish: readonly Row[] = [
  ['a version that is current already stays', toSeen({ versions: [promoted] }), done],
  ['a finish out of turn proves the value itself', toSeen(), probe],
  [
    'a value that is refused does not become current',
    toSeen({ proofs: refused }),
    notSpread('still_refused'),
  ],
  [
    'a value that works although it was deleted does not become current',
    toSeen({ proofs: works }),
    notSpread('not_added'),
  ],
  [
    'AWSCURRENT moves from the old version to the new one',
    toSeen({ ...added, proofs: works }),
    { do: 'promote', versionId: 'new', fromId: 'old' },
  ],
  [
    'AWSCURRENT of a secret that never had a value comes from nowhere',
    toSeen({ ...added, versions: [pending], proofs: works }),
    { do: 'promote', versionId: 'new', fromId: undefined },
  ],
]

const key = { ...pending, other: undefined }
const read = { versions: [current, { ...key, createdAtMs: nowMs - task.readersMs }] }
const unread = { versions: [current, { ...key, createdAtMs: nowMs - task.readersMs + 1 }] }
const promote: Next = { do: 'promote', versionId: 'new', fromId: 'old' }

const ofCreateKey: readonly Row[] = [
  [
    'a key is made',
    toSeen({ versions: [current, empty] }),
    { do: 'store', value: 'fresh', other: undefined },
  ],
  ['a key that is there is kept', toSeen({ versions: [current, key] }), done],
  [
    'what is no key is named',
    toSeen({ versions: [{ ...key, content: { is: 'malformed' } }] }),
    end(failStep('rotation_pending_malformed')),
  ],
  [
    'the label of another rotation is not taken',
    toSeen({ versions: [current, { ...key, id: 'other' }] }),
    missing('other_pending'),
  ],
]

const ofTestKey: readonly Row[] = [
  ['a key that every sandbox has read has passed', toSeen(read), done],
  ['a key that may be unread is waited for', toSeen(unread), { do: 'wait', ms: 1 }],
  [
    'what has changed since may be the key itself',
    toSeen({ ...read, changedAtMs: nowMs - task.readersMs + 2 }),
    { do: 'wait', ms: 2 },
  ],
  [
    'the wait is not begun where it cannot end in time',
    toSeen({ ...unread, leftMs: marginMs }),
    notSpread('readers_behind'),
  ],
  [
    'a key that is current already is waited for no more',
    toSeen({ versions: [{ ...promoted, createdAtMs: nowMs }] }),
    done,
  ],
]

const ofFinishKey: readonly Row[] = [
  ['a key that every sandbox has read becomes current', toSeen(read), promote],
  ['a key that may be unread does not become current', toSeen(unread), notSpread('readers_behind')],
  ['a key that is current already stays', toSeen({ versions: [promoted] }), done],
]

const tables: readonly (readonly [string, Choose, readonly Row[]])[] = [
  ['set', chooseSet, [...ofAny, early, ...ofSet]],
  ['test', chooseTest, [...ofAny, ...ofTest]],
  ['finish', chooseFinish, [...ofAny, early, ...ofFinish]],
  ['create of a cookie key', chooseCreateKey, ofCreateKey],
  ['set of a cookie key', chooseSetKey, [...ofAny, early, ['nobody else is told', toSeen(), done]]],
  ['test of a cookie key', chooseTestKey, [...ofAny, ...ofTestKey]],
  ['finish of a cookie key', chooseFinishKey, [...ofAny, early, ...ofFinishKey]],
]

for (const [step, choose, rows] of tables) {
  for (const [what, seen, next] of rows) {
    test(`${step}: ${what}`, () => assert.deepEqual(choose(seen, task), next))
  }
}
