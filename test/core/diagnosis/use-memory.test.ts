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
} from '../../../core/diagnosis/use-memory.ts'

type Ended = Exclude<Fate, 'open'>

const mark = 'the exchange'

test('begins with no use at all', () => {
  assert.deepEqual(noUses, {
    total: 0,
    refused: 0,
    spentBy: undefined,
    rotatedOut: false,
    revoked: false,
  })
})

test('a use that begins is counted', () => {
  const one = toBegun(noUses)
  assert.deepEqual(one, { ...noUses, total: 1 })
  assert.deepEqual(toBegun(one), { ...noUses, total: 2 })
})

const ends: Readonly<Record<Ended, Partial<Uses>>> = {
  spent: { spentBy: mark },
  // It left the token as good as before, so that it cannot have been what ended it.
  kept: { refused: 1 },
  refused: { refused: 1 },
  // Nobody knows what became of it, so that nothing may be concluded.
  lost: {},
  rotated_out: { rotatedOut: true },
  revoked: { revoked: true },
}

for (const [fate, changes] of Object.entries(ends) as [Ended, Partial<Uses>][]) {
  test(`a use that ends ${fate} is noted as that alone`, () => {
    const begun = toBegun(noUses)
    assert.deepEqual(toEnded(begun, fate, mark), { ...begun, ...changes })
  })
}

test('ends add up, and none takes another back', () => {
  const fates = Object.keys(ends) as Ended[]
  const all = [...fates, ...fates, 'refused' as const].reduce(
    (uses, fate) => toEnded(uses, fate, mark),
    noUses,
  )
  assert.deepEqual(all, { total: 0, refused: 5, spentBy: mark, rotatedOut: true, revoked: true })
})

/** Judges the use that was refused, and has said so, beside others that ended so and were of that mark. */
function judge(others: readonly Fate[], othersMark = mark): EarlierUse {
  const fates: readonly Fate[] = [...others, 'refused']
  const begun = fates.reduce(toBegun, noUses)
  return judgeEarlierUse(
    fates.reduce((uses, fate) => (fate === 'open' ? uses : toEnded(uses, fate, othersMark)), begun),
    mark,
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

/** The same where the others were of another verifier or redirect URI: a reason of its own. */
const different: readonly (readonly [readonly Fate[], EarlierUse])[] = [
  [['spent'], 'sent'],
  [['refused', 'spent'], 'sent'],
  [['spent', 'lost'], 'sent'],
  [['refused'], 'unknown'],
  [['lost'], 'sent'],
  [['spent', 'rotated_out'], 'rotated_out'],
]

for (const [others, expected] of different) {
  test(`takes a use after [${others}] of another kind for ${expected}`, () => {
    assert.equal(judge(others, 'another exchange'), expected)
  })
}

test('a success that is known is there, even where its beginning was never noted', () => {
  const uses = { ...noUses, total: 1, refused: 1, spentBy: mark }
  assert.equal(judgeEarlierUse(uses, mark), 'spent')
  assert.equal(judgeEarlierUse(uses, 'another exchange'), 'sent')
})

test('a use whose own beginning was never noted was not seen before', () => {
  assert.equal(judgeEarlierUse(noUses, mark), 'none')
})

test('a use is never its own witness: refused alone, it was the first', () => {
  assert.equal(judgeEarlierUse(toEnded(toBegun(noUses), 'refused', mark), mark), 'none')
})

test('more refusals than uses, as where a beginning was never noted, accuse nobody', () => {
  assert.equal(judgeEarlierUse({ ...noUses, total: 2, refused: 3 }, mark), 'unknown')
})
