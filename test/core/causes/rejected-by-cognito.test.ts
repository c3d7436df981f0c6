import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rejectedByCognito } from '../../../core/causes/rejected-by-cognito.ts'
import { exchangeFacts } from '../../../core/facts.ts'

test('a refusal of Cognito may carry every fact of the exchange', () => {
  for (const cause of Object.values(rejectedByCognito)) assert.deepEqual(cause.facts, exchangeFacts)
})

/** What a better informed deployment can tell apart is named here as the contract names it there. */
test('candidates that are causes of the contract bear their names', () => {
  assert.deepEqual(rejectedByCognito.client_rejected.candidates, [
    'client_secret_mismatch',
    'client_not_found',
    'client_has_no_secret',
    'domain_of_another_pool',
    'secret_change_spreading',
  ])
  assert.deepEqual(rejectedByCognito.client_unauthorized.candidates, [
    'redirect_uri_mismatch',
    'callback_not_registered',
    'grant_not_allowed',
    'oauth_flows_disabled',
  ])
})

test('what only some requests can meet is no candidate of all of them', () => {
  const { candidates, rareCandidates } = rejectedByCognito.cognito_request_rejected
  assert.deepEqual(rareCandidates, ['distribution_in_front', 'waf_blocked', 'revocation_disabled'])
  assert.ok(!new Set<string>(candidates).has('revocation_disabled'))
})

test('one met is enough to wake somebody where the configuration is proved or said to be wrong', () => {
  const seldom = ['client_unauthorized', 'lambda_trigger_failed', 'cognito_request_rejected']
  for (const [name, { alarm }] of Object.entries(rejectedByCognito)) {
    assert.equal(alarm.atLeast, seldom.includes(name) ? 3 : 1, name)
  }
})
