import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes } from '../../../core/causes/catalogue.ts'
import {
  checkCauseNames,
  checkCauses,
  doctor,
  doctorCauseNames,
  toCheckCause,
} from '../../../core/causes/doctor.ts'
import { doctorContract } from '../../fixtures/conformance/contract.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

test('a check can fail by every cause of a request and by what only the doctor finds, none twice', () => {
  assert.deepEqual(checkCauseNames, [...causeNames, ...doctorCauseNames])
  assert.equal(checkCauseNames.length, Object.keys(causes).length + Object.keys(doctor).length)
})

for (const name of doctorCauseNames) {
  test(`${name} is named by subject and condition, and its row is the contract's`, () => {
    assert.match(name, /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/)
    assert.equal(doctor[name].fault, doctorContract[name])
    assert.match(doctor[name].fix, /^[A-Z][^\n]{15,}\.$/)
  })
}

test('looks a row up by its name, whichever group it is in', () => {
  for (const name of checkCauseNames) assert.equal(toCheckCause(name), checkCauses[name])
})
