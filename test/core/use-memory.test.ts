import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type EarlierUse,
  type Fate,
  judgeEarlierUse,
  noUses,
  toBegun,
  toEnded,
  type Uses,
} from '../../core/use-memory.ts'

type Ended = Exclude<Fate, 'open'>

const endedAtMs = 1_700_000_000_000

test('begins with no use at all', () => {
  assert.deepEqual(noUses, {
    total: 0,
    refused: 0,
    spentAtMs: undefined,
    rotatedOutAtMs: undefined,
    revoked: false,
  })
})

test('a use that begins is counted', () => {
  const one = toBegun(noUses)
  assert.deepEqual(one, { ...noUses, total: 1 })
  assert.deepEqual(toBegun(one), { ...noUses, total: 2 })
})

const ends: Readonly<Record<Ended, Partial<Uses>>> = {
  spent: { spentAtMs: endedAtMs },
  // It left the token as good as before, so that it cannot have been what ended it.
  kept: { refused: 1 },
  refused: { refused: 1 },
  // Nobody knows what became of it, so that nothing may be concluded.
  lost: {},
  rotated_out: { rotatedOutAtMs: endedAtMs },
  revoked: { revoked: true },
}

for (const [fate, changes] of Object.entries(ends) as [Ended, Partial<Uses>][]) {
  test(`a use that ends ${fate} is noted as that alone`, () => {
    const begun = toBegun(noUses)
    assert.deepEqual(toEnded(begun, fate, endedAtMs), { ...begun, ...changes })
  })
}

test('ends add up, and none takes another back', () => {
  const fates = Object.keys(ends) as Ended[]
  const all = [...fates, ...fates, 'refused' as const].reduce(
    (uses, fate, index) => toEnded(uses, fate, endedAtMs + index),
    noUses,
  )
  assert.deepEqual(all, {
    ...noUses,
    refused: 5,
    // The first time counts.
    spentAtMs: endedAtMs + fates.indexOf('spent'),
    rotatedOutAtMs: endedAtMs + fates.indexOf('rotated_out'),
    revoked: true,
  })
})

/** Judges the use that was refused, and has said so, beside others that ended so, before it began unless told. */
function judge(others: readonly Fate[], beganAtMs = endedAtMs): EarlierUse {
  const fates: readonly Fate[] = [...others, 'refused']
  const begun = fates.reduce(toBegun, noUses)
  return judgeEarlierUse(
    fates.reduce((uses, fate) => (fate === 'open' ? uses : toEnded(uses, fate, endedAtMs)), begun),
    beganAtMs,
  )
}

/** How the others ended, and what that means for this one. */
const cases: readonly (readonly [readonly Fate[], EarlierUse])[] = [
  [[], 'none'],
  [['open'], 'sent'],
  [['spent'], 'spent'],
  [['kept'], 'unknown'],
  [['rotated_out'], 'rotated_out'],
  [['revoked'], 'revoked'],
  [['refused'], 'unknown'],
  [['lost'], 'sent'],
  [['refused', 'refused'], 'unknown'],
  [['refused', 'kept'], 'unknown'],
  [['refused', 'open'], 'sent'],
  [['kept', 'open'], 'sent'],
  [['refused', 'lost'], 'sent'],
  [['lost', 'open'], 'sent'],
  [['refused', 'spent'], 'spent'],
  [['open', 'spent'], 'spent'],
  [['lost', 'spent'], 'spent'],
  [['spent', 'refused', 'lost', 'open'], 'spent'],
  [['lost', 'rotated_out'], 'rotated_out'],
  [['refused', 'revoked'], 'revoked'],
  [['spent', 'rotated_out'], 'rotated_out'],
  // A revocation ends the whole family, whatever was rotated out before.
  [['rotated_out', 'revoked'], 'revoked'],
  [['spent', 'rotated_out', 'revoked'], 'revoked'],
]

for (const [others, expected] of cases) {
  test(`takes a use after [${others}] for ${expected}`, () => {
    assert.equal(judge(others), expected)
  })
}

/** The same where the others ended only after this one had begun. */
const overlapping: readonly (readonly [readonly Fate[], EarlierUse])[] = [
  [['spent'], 'sent'],
  [['rotated_out'], 'sent'],
  [['spent', 'rotated_out'], 'sent'],
  [['refused', 'spent'], 'sent'],
  [['rotated_out', 'lost'], 'sent'],
  [['kept'], 'unknown'],
  [['refused'], 'unknown'],
  [['revoked'], 'revoked'],
]

for (const [others, expected] of overlapping) {
  test(`takes a use that began a millisecond before [${others}] for ${expected}`, () => {
    assert.equal(judge(others, endedAtMs - 1), expected)
  })
}

test('each success is held against the beginning by its own instant', () => {
  const uses = { ...noUses, total: 3, refused: 1, spentAtMs: 10, rotatedOutAtMs: 20 }
  const judged = [9, 10, 19, 20].map((beganAtMs) => judgeEarlierUse(uses, beganAtMs))
  assert.deepEqual(judged, ['sent', 'spent', 'spent', 'rotated_out'])
})

test('a use whose own beginning was never noted was not seen before', () => {
  assert.equal(judgeEarlierUse(noUses, endedAtMs), 'none')
})

test('a use is never its own witness: refused alone, it was the first', () => {
  assert.equal(judgeEarlierUse(toEnded(toBegun(noUses), 'refused', endedAtMs), endedAtMs), 'none')
})

test('more refusals than uses, as where a beginning was never noted, accuse nobody', () => {
  assert.equal(judgeEarlierUse({ ...noUses, total: 2, refused: 3 }, endedAtMs), 'unknown')
})
