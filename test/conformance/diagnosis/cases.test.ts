// Every failure that was reported in public is played through the built function, and held to the page.
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { PlayedCase, PlayedWay } from '../../../pages/cases/case.ts'
import { reportedCases } from '../../../pages/cases/reported-cases.ts'
import { reportedNames } from '../../../pages/cases/reported-names.ts'
import type { CaseName, CaseOutcome } from '../../../pages/cases-page.ts'
import { readOutcomes } from '../../../tools/case-outcomes.ts'
import { type CaseStage, openCaseStage } from '../../fixtures/cases/stage.ts'
import { attemptUntilDone } from '../../fixtures/patience.ts'

const committed = readOutcomes()

let stage: CaseStage
before(async () => {
  stage = await openCaseStage(reportedCases)
})
after(() => stage.close())

/** The name of a way here; undefined if it has no name, or its cause is unknown. */
function toOurs(one: PlayedCase, way: PlayedWay): string | undefined {
  const name: CaseName = reportedNames[one.cause]
  return way.ours ?? name.ours
}

function assertHonest(one: PlayedCase, way: PlayedWay, outcome: CaseOutcome): void {
  const ours = toOurs(one, way)
  if (outcome.becomes === 'impossible' || outcome.becomes === 'carried') return
  if (outcome.becomes === 'misconfigured') {
    assert.equal(ours, 'config_invalid')
    assert.equal(outcome.problems.length, 1, 'one mistake is one problem')
    return
  }
  if (outcome.becomes === 'refused') {
    assert.equal(outcome.cause, ours, 'it is refused for another reason')
    return
  }
  if (ours === undefined) {
    assert.equal(one.cause, 'unknown', 'it reached Cognito and has no name')
    assert.equal(outcome.certainty, 'undetermined', 'the cause is unknown')
    return
  }
  if (outcome.certainty !== 'undetermined') assert.equal(outcome.cause, ours)
  else assert.ok([outcome.cause, ...outcome.candidates].includes(ours), `${ours} is not named`)
}

/**
 * Plays a way. Plays it again if an explanation came too late and the outcome is not the committed one. Lateness may
 * leave a cause undetermined, and never proves a wrong one.
 */
function playInTime(one: PlayedCase, way: PlayedWay, index: number): Promise<CaseOutcome> {
  let last: CaseOutcome | undefined
  return attemptUntilDone(
    async () => {
      if (last !== undefined) stage.coolDown()
      const { outcome, isLate } = await stage.play(one, index)
      last = outcome
      assertHonest(one, way, outcome)
      return isLate && !isDeepStrictEqual(outcome, committed[one.id]?.[index]) ? undefined : outcome
    },
    () => `too late each time: ${JSON.stringify(last)}`,
  )
}

for (const one of reportedCases) {
  for (const [index, way] of one.ways.entries()) {
    const sent = way.way.replace(/\.$/, '')
    test(`${one.id}: no wrong cause is proved, and the reported one is named (${sent})`, async () => {
      const outcome = await playInTime(one, way, index)
      assert.deepEqual(committed[one.id]?.[index], outcome, 'play the cases again')
    })
  }
}

test('the stored result of the last replay is of exactly these cases and doors', () => {
  const kept = Object.entries(committed).map(([id, outcomes]) => [id, outcomes.length])
  const ways = reportedCases.map((one) => [one.id, one.ways.length])
  assert.deepEqual(kept, ways)
})

test('a mistake with the secret cannot be made by a front end any more', () => {
  const missing = reportedCases.filter(({ cause }) => cause === 'client_secret_missing')
  assert.ok(missing.length > 0)
  for (const { id } of missing) {
    assert.deepEqual(committed[id], [{ becomes: 'impossible', by: 'basic_made_by_proxy' }])
  }
})

test('every name for a cause is met in a case', () => {
  const met = new Set<string>(reportedCases.map(({ cause }) => cause))
  assert.deepEqual([...met].sort(), Object.keys(reportedNames).sort())
})
