import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cause } from '../../../core/causes/cause.ts'
import { unanswered } from '../../../core/causes/unanswered.ts'
import { exchangeFacts } from '../../../core/facts.ts'

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
