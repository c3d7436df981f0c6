import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { conclude, toCertainty, toPresent } from '../../../core/diagnosis/input.ts'
import { absent, toFresh, toInput } from '../../fixtures/core/sample-evidence.ts'

const old = { value: 1, isFresh: false }

test('a finding keeps the evidence that was gathered before it, and puts it first', () => {
  const input = toInput(fail('client_rejected', { evidence: ['secret_unchanged'] }))
  const found = conclude(input, 'client_not_found', { evidence: ['client_absent'] })
  assert.deepEqual(
    [found.cause, found.evidence],
    ['client_not_found', ['secret_unchanged', 'client_absent']],
  )
})

test('descriptions prove something only if each was read after the refusal', () => {
  assert.equal(toCertainty(toFresh(1), absent), 'proved')
  assert.equal(toCertainty(toFresh(1), old), 'likely')
  assert.equal(toCertainty(toFresh(1), undefined), 'likely')
})

test('a described client exists, however old the description; an absent or unknown one does not', () => {
  assert.equal(toPresent(old), 1)
  assert.equal(toPresent(absent), undefined)
  assert.equal(toPresent(undefined), undefined)
})
