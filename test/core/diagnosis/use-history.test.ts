import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type EarlierUse,
  judgeEarlierUse,
  type UseHistory,
  type UseOutcome,
  unused,
  withUseBegun,
  withUseEnded,
} from '../../../core/diagnosis/use-history.ts'

/** Another use: how it ended, or that it has not. */
type Use = UseOutcome | 'open'

const exchangeDigest = 'the exchange'

test('begins with no use at all', () => {
  assert.deepEqual(unused, {
    total: 0,
    refused: 0,
    spentBy: undefined,
    rotatedOut: false,
    revoked: false,
  })
})

test('a use that begins is counted', () => {
  const one = withUseBegun(unused)
  assert.deepEqual(one, { ...unused, total: 1 })
  assert.deepEqual(withUseBegun(one), { ...unused, total: 2 })
})

const ends: Readonly<Record<UseOutcome, Partial<UseHistory>>> = {
  spent: { spentBy: exchangeDigest },
  // It left the token as good as before, so that it cannot have been what ended it.
  kept: { refused: 1 },
  refused: { refused: 1 },
  // Its outcome is unknown, so nothing may be concluded.
  lost: {},
  rotated_out: { rotatedOut: true },
  revoked: { revoked: true },
}

for (const [outcome, changes] of Object.entries(ends) as [UseOutcome, Partial<UseHistory>][]) {
  test(`a use that ends ${outcome} is noted as that alone`, () => {
    const begun = withUseBegun(unused)
    assert.deepEqual(withUseEnded(begun, outcome, exchangeDigest), { ...begun, ...changes })
  })
}

test('ends add up, and none takes another back', () => {
  const outcomes = Object.keys(ends) as UseOutcome[]
  const all = [...outcomes, ...outcomes, 'refused' as const].reduce(
    (uses, outcome) => withUseEnded(uses, outcome, exchangeDigest),
    unused,
  )
  assert.deepEqual(all, {
    total: 0,
    refused: 5,
    spentBy: exchangeDigest,
    rotatedOut: true,
    revoked: true,
  })
})

/** Judges the use that was refused, and has said so, beside others that ended so and had that exchange digest. `open` is still under way. */
function judge(others: readonly Use[], othersDigest = exchangeDigest): EarlierUse {
  const outcomes: readonly Use[] = [...others, 'refused']
  const begun = outcomes.reduce((history) => withUseBegun(history), unused)
  return judgeEarlierUse(
    outcomes.reduce(
      (uses, outcome) => (outcome === 'open' ? uses : withUseEnded(uses, outcome, othersDigest)),
      begun,
    ),
    exchangeDigest,
  )
}

/** How the others ended, and what that means for this one. */
const cases: readonly (readonly [readonly Use[], EarlierUse])[] = [
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
const different: readonly (readonly [readonly Use[], EarlierUse])[] = [
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
  const uses = { ...unused, total: 1, refused: 1, spentBy: exchangeDigest }
  assert.equal(judgeEarlierUse(uses, exchangeDigest), 'spent')
  assert.equal(judgeEarlierUse(uses, 'another exchange'), 'sent')
})

test('a use whose start was never noted counts as not seen before', () => {
  assert.equal(judgeEarlierUse(unused, exchangeDigest), 'none')
})

test('a use is never its own witness: refused alone, it was the first', () => {
  assert.equal(
    judgeEarlierUse(withUseEnded(withUseBegun(unused), 'refused', exchangeDigest), exchangeDigest),
    'none',
  )
})

test('more refusals than uses, as when a start was never noted, accuse no one', () => {
  assert.equal(judgeEarlierUse({ ...unused, total: 2, refused: 3 }, exchangeDigest), 'unknown')
})
