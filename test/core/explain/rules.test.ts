import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rules } from '../../../core/explain/rules.ts'
import { toObservation } from '../../../runbook/observations/observations.ts'

test('there is an observation that decides for every reason that a rule can find', () => {
  assert.ok(rules.length > 25)
  for (const { reason } of rules) assert.ok(toObservation(reason) !== undefined, reason)
})

test('no two rules say the same', () => {
  const said = rules.map(({ because, reason, verdict }) => `${reason} ${verdict} ${because}`)
  assert.equal(new Set(said).size, said.length)
})
