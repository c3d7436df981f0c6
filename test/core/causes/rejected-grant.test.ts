import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rejectedGrant } from '../../../core/causes/rejected-grant.ts'
import { exchangeFacts } from '../../../core/facts.ts'

test('a refusal of a code or token may carry every fact of the exchange', () => {
  for (const cause of Object.values(rejectedGrant)) assert.deepEqual(cause.facts, exchangeFacts)
})

test('a refused code or token wakes no one, since only the front end can fix it', () => {
  for (const cause of Object.values(rejectedGrant)) assert.equal('alarm' in cause, false)
})

/** What evidence can tell apart is named among the candidates as it is named once it is told apart. */
test('candidates that are causes of the contract bear their names', () => {
  assert.equal(rejectedGrant.code_rejected.candidates[0], 'code_already_used')
  assert.ok(rejectedGrant.code_rejected.candidates.includes('oauth_flows_disabled'))
  const { candidates } = rejectedGrant.refresh_token_rejected
  assert.ok(candidates.includes('refresh_token_rotated_out'))
  assert.ok(candidates.includes('refresh_token_revoked'))
})

test('candidates are sorted by how often they occur', () => {
  assert.deepEqual(rejectedGrant.code_rejected.candidates.slice(0, 3), [
    'code_already_used',
    'code_expired',
    'verifier_mismatch',
  ])
})
