import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, fail } from '../../../core/causes/catalogue.ts'
import { checkCauseNames } from '../../../core/causes/doctor.ts'
import {
  failStep,
  rotation,
  rotationCauseNames,
  stepCauseNames,
  stepCauses,
  toStepCause,
  toStepFailure,
} from '../../../core/causes/rotation.ts'
import { rotationContract } from '../../fixtures/conformance/contract.ts'

test('a step can fail by every cause of a request and by what only a rotation meets, none twice', () => {
  assert.deepEqual(stepCauseNames, [...Object.keys(causes), ...rotationCauseNames])
  assert.equal(
    new Set([...checkCauseNames, ...rotationCauseNames]).size,
    [...checkCauseNames, ...rotationCauseNames].length,
  )
})

for (const name of rotationCauseNames) {
  test(`${name} is named after the rotation, and its row is the contract's`, () => {
    assert.match(name, /^rotation(?:_[a-z0-9]+)+$/)
    assert.equal(rotation[name].fault, rotationContract[name])
    assert.match(rotation[name].fix, /^[A-Z][^\n]{15,}\.$/)
  })
}

test('looks a row up by its name, whichever group it is in', () => {
  for (const name of stepCauseNames) assert.equal(toStepCause(name), stepCauses[name])
})

test('takes the failure of a request as that of a step, with all that was seen', () => {
  assert.deepEqual(toStepFailure(fail('secret_malformed', { evidence: ['not_json'] })), {
    ...{ ok: false, cause: 'secret_malformed', evidence: ['not_json'] },
  })
  const detailed = fail('body_malformed', { detail: 'empty' })
  assert.deepEqual(toStepFailure(detailed).evidence, ['empty'])
  assert.deepEqual(failStep('rotation_too_soon').evidence, [])
})
