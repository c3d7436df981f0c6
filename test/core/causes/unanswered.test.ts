import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cause, exchangeFacts } from '../../../core/causes/cause.ts'
import { unanswered } from '../../../core/causes/unanswered.ts'
import { type ContractRow, toContractRows } from '../../fixtures/core/sample-rows.ts'

const contract: readonly ContractRow[] = [
  ['cognito_throttled', 429, 'temporarily_unavailable', 'operator'],
  ['waf_blocked', 502, 'server_error', 'operator'],
  ['domain_not_found', 502, 'server_error', 'operator'],
  ['domain_of_another_pool', 502, 'server_error', 'operator'],
  ['cognito_unreachable', 503, 'temporarily_unavailable', 'cognito'],
  ['cognito_timeout', 504, 'temporarily_unavailable', 'cognito'],
  ['cognito_connection_lost', 504, 'temporarily_unavailable', 'cognito'],
  ['cognito_error', 503, 'temporarily_unavailable', 'cognito'],
  ['cognito_answer_unusable', 502, 'server_error', 'cognito'],
  ['cognito_redirected', 502, 'server_error', 'operator'],
]

test('a request that Cognito did not answer properly is answered as the contract says', () => {
  assert.deepEqual(toContractRows(unanswered), contract)
})

test('an answer that never came may carry every fact of the exchange', () => {
  for (const cause of Object.values(unanswered)) assert.deepEqual(cause.facts, exchangeFacts)
})

test('a failed exchange of a code says to start sign-in again, wherever its outcome is unknown', () => {
  const restarting = [
    'cognito_timeout',
    'cognito_connection_lost',
    'cognito_error',
    'cognito_answer_unusable',
  ]
  for (const [name, row] of Object.entries(unanswered)) {
    const cause: Cause = row
    const isRestart = cause.forCode?.description.includes('so start sign-in again') ?? false
    assert.equal(isRestart, restarting.includes(name), name)
  }
})

test('a code is never told to wait, so an error of Cognito at a code is 504', () => {
  assert.equal(unanswered.cognito_error.forCode.status, 504)
  const { cognito_timeout, cognito_connection_lost, cognito_answer_unusable } = unanswered
  for (const cause of [cognito_timeout, cognito_connection_lost, cognito_answer_unusable]) {
    assert.equal('status' in cause.forCode, false)
  }
})
