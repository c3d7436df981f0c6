import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchangeFacts } from '../../../core/cause.ts'
import { rejected } from '../../../core/causes/rejected.ts'
import { type ContractRow, toContractRows } from '../sample-rows.ts'

const contract: readonly ContractRow[] = [
  ['client_rejected', 502, 'server_error', 'operator'],
  ['client_unauthorized', 502, 'server_error', 'operator'],
  ['code_rejected', 400, 'invalid_grant', 'caller'],
  ['refresh_token_rejected', 400, 'invalid_grant', 'caller'],
  ['lambda_trigger_failed', 502, 'server_error', 'operator'],
  ['cognito_request_rejected', 502, 'server_error', 'operator'],
]

test('a request to which Cognito said no is answered as the contract says', () => {
  assert.deepEqual(toContractRows(rejected), contract)
})

test('a refusal of Cognito may carry every fact of the exchange', () => {
  for (const cause of Object.values(rejected)) assert.deepEqual(cause.facts, exchangeFacts)
})

/** What a better informed deployment can tell apart is named here as the contract names it there. */
test('candidates that are causes of the contract bear their names', () => {
  assert.deepEqual(rejected.client_rejected.candidates, [
    'client_secret_mismatch',
    'client_not_found',
    'client_has_no_secret',
  ])
  assert.deepEqual(rejected.client_unauthorized.candidates, [
    'redirect_uri_mismatch',
    'callback_not_registered',
    'grant_not_allowed',
    'oauth_flows_disabled',
  ])
  assert.equal(rejected.code_rejected.candidates[0], 'code_already_used')
  const { candidates } = rejected.refresh_token_rejected
  assert.ok(candidates.includes('refresh_token_rotated_out'))
  assert.ok(candidates.includes('refresh_token_revoked'))
})
