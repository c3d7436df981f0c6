import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchangeFacts, secretFacts, upstreamErrors } from '../../core/facts.ts'
import { allFacts } from '../fixtures/core/sample-outcome.ts'

test("Cognito's errors are a closed list that ends in the one for every other text", () => {
  assert.deepEqual(upstreamErrors, [
    'invalid_request',
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'unsupported_grant_type',
    'unsupported_token_type',
    'invalid_scope',
    'other',
  ])
})

test('an exchange that reached Cognito may tell every fact', () => {
  assert.deepEqual([...exchangeFacts].sort(), Object.keys(allFacts).sort())
})

test('an exchange that ended before Cognito was asked reports only the secret and the time', () => {
  assert.deepEqual(secretFacts, ['secretMs', 'remainingMs'])
})
