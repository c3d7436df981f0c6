// What Secrets Manager may ask for where rotation is switched on and does not begin at once: the step test alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import { type Choose, done, end, type Next } from '../../../core/rotation/action.ts'
import type { Seen } from '../../../core/rotation/seen.ts'
import { chooseFinishKey, chooseTest, chooseTestKey } from '../../../core/rotation/steps.ts'
import { current, empty, nowMs, task, toSeen, value } from '../../fixtures/core/sample-seen.ts'

const copied = { ...current, id: 'new', labels: ['AWSPENDING'], createdAtMs: nowMs }
const withEmpty = toSeen({ versions: [current, empty] })
const withCopied = toSeen({ versions: [current, copied], proofs: { [value.current]: 'works' } })
const unlabelled = toSeen({ versions: [current, { ...empty, labels: [] }] })
const leftAlone = end(failStep('rotation_version_missing', 'not_pending'))

const rows: readonly (readonly [what: string, choose: Choose, seen: Seen, next: Next])[] = [
  ['a version without a value has nothing to test', chooseTest, withEmpty, done],
  ['nor has one of a cookie key', chooseTestKey, withEmpty, done],
  [
    'a version without a value that is not pending is left alone',
    chooseTest,
    unlabelled,
    leftAlone,
  ],
  ['and so is one of a cookie key', chooseTestKey, unlabelled, leftAlone],
  ['a version with the current value passes like any other', chooseTest, withCopied, done],
  ['every sandbox knows the current key, in whichever version', chooseTestKey, withCopied, done],
  [
    'the current key in another version may become current',
    chooseFinishKey,
    withCopied,
    { do: 'promote', versionId: 'new', fromId: 'old' },
  ],
]
for (const [what, choose, seen, next] of rows) {
  test(what, () => assert.deepEqual(choose(seen, task), next))
}
