import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
import { publicRows } from '../../../core/causes/public-rows.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

test('there is a row for each cause, with what its answers say', () => {
  assert.deepEqual(Object.keys(publicRows), causeNames)
  for (const name of causeNames) {
    const { id, status, error, description, fault, fix, candidates, ...forCode } = publicRows[name]
    const cause = toCause(name)
    assert.equal(id, name)
    assert.deepEqual([status, error, description], [cause.status, cause.error, cause.description])
    assert.deepEqual([fault, fix], [cause.fault, cause.fix])
    assert.deepEqual(candidates, cause.candidates ?? [])
    assert.deepEqual(
      [forCode.statusForCode, forCode.descriptionForCode],
      [cause.forCode?.status, cause.forCode?.description],
    )
  }
})

test('no row has what only an operator may know', () => {
  for (const row of Object.values(publicRows)) {
    for (const field of ['evidence', 'facts', 'alarm']) assert.ok(!Object.hasOwn(row, field))
  }
})
