import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes } from '../../../core/causes/catalogue.ts'
import {
  checkCauseNames,
  checkCauses,
  doctor,
  doctorCauseNames,
  toCheckCause,
  toCheckKind,
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

const kinds = [
  ['a setting that stops exchanges until somebody changes it', 'client_secret_mismatch', 'setup'],
  ['a refusal that a caller causes', 'origin_not_allowed', 'setup'],
  ['an outage of Cognito', 'cognito_timeout', 'outage'],
  ['an outage of Secrets Manager', 'secret_unavailable', 'outage'],
  ['a setting with which exchanges still succeed', 'scopes_missing', 'waiting'],
  ['a client that the doctor had no time for', 'client_not_checked', 'outage'],
] as const

for (const [what, cause, kind] of kinds) {
  test(`${what} is a finding of the kind ${kind}: ${cause}`, () => {
    assert.equal(toCheckKind(cause), kind)
  })
}
