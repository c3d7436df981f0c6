import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { toProof } from '../../../core/rotation/proof.ts'

test('only the refusal of the junk itself proves that a secret works', () => {
  assert.equal(toProof(fail('code_rejected')), 'works')
  assert.equal(toProof(fail('refresh_token_rejected')), 'works')
  assert.equal(toProof(fail('client_rejected')), 'refused')
})

test('every other answer says nothing of the secret, and is named', () => {
  const timeout = { ok: false, cause: 'cognito_timeout', evidence: [] }
  assert.deepEqual(toProof(fail('cognito_timeout')), timeout)
  assert.deepEqual(toProof({ ok: true, value: {} }), {
    ...{ ok: false, cause: 'cognito_answer_unusable', evidence: ['not_tokens'] },
  })
})
