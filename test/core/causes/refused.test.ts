import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refused } from '../../../core/causes/refused.ts'
import { formLimits } from '../../../core/form.ts'
import { type ContractRow, toContractRows } from '../../fixtures/core/sample-rows.ts'

const contract: readonly ContractRow[] = [
  ['route_not_found', 404, 'invalid_request', 'caller'],
  ['method_not_allowed', 405, 'invalid_request', 'caller'],
  ['content_type_unsupported', 415, 'invalid_request', 'caller'],
  ['body_too_large', 413, 'invalid_request', 'caller'],
  ['body_malformed', 400, 'invalid_request', 'caller'],
  ['query_not_allowed', 400, 'invalid_request', 'caller'],
  ['parameter_missing', 400, 'invalid_request', 'caller'],
  ['parameter_repeated', 400, 'invalid_request', 'caller'],
  ['parameter_malformed', 400, 'invalid_request', 'caller'],
  ['grant_type_unsupported', 400, 'unsupported_grant_type', 'caller'],
  ['client_unknown', 400, 'invalid_client', 'caller'],
  ['caller_sent_credentials', 400, 'invalid_request', 'caller'],
  ['dpop_unsupported', 400, 'invalid_request', 'caller'],
  ['origin_not_allowed', 403, 'unauthorized_client', 'caller'],
  ['redirect_uri_not_allowed', 400, 'invalid_request', 'caller'],
  ['pkce_verifier_missing', 400, 'invalid_request', 'caller'],
  ['pkce_verifier_malformed', 400, 'invalid_request', 'caller'],
]

test('a request that is refused before anything is sent is answered as the contract says', () => {
  assert.deepEqual(toContractRows(refused), contract)
})

test('a refusal carries no fact and no evidence, since nothing was asked of anybody', () => {
  for (const cause of Object.values(refused)) {
    assert.deepEqual(cause.facts, [])
    assert.equal('evidence' in cause, false)
  }
})

test('the texts name the limits that are in force', () => {
  const { body, parameters, name, value } = refused.body_too_large.details
  assert.equal(body, `The limit for the body is ${formLimits.bodyBytes} bytes.`)
  assert.equal(parameters, `The limit is ${formLimits.parameters} parameters.`)
  assert.equal(name, `The limit for a parameter name is ${formLimits.nameBytes} bytes.`)
  assert.equal(value, `The limit for a parameter value is ${formLimits.valueBytes} bytes.`)
})

test('a sentence about a parameter names that parameter', () => {
  const { parameter_missing, parameter_malformed } = refused
  const sentences = { ...parameter_missing.details, ...parameter_malformed.details }
  for (const [name, text] of Object.entries(sentences)) assert.ok(text.includes(name), name)
})
