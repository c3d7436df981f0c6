import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, type Failure, fail } from '../../core/causes/catalogue.ts'
import type { GrantType } from '../../core/causes/cause.ts'
import { type UpstreamError, upstreamErrors } from '../../core/facts.ts'
import { judgeRejection } from '../../core/rejection.ts'

/** A code exchange, a refresh and a revocation. */
const grants: readonly (GrantType | undefined)[] = [
  'authorization_code',
  'refresh_token',
  undefined,
]
const unexpected = fail('cognito_request_rejected', { evidence: ['error_unexpected'] })
/** Cognito calls a revocation that is switched off an invalid request. */
const perhapsDisabled = fail('cognito_request_rejected', {
  evidence: ['error_unexpected'],
  candidates: ['revocation_disabled', ...causes.cognito_request_rejected.candidates],
})
const unknown = fail('cognito_request_rejected', { evidence: ['error_unknown'] })
/** Only a code exchange names a redirect URI, so that elsewhere none can be wrong. */
const withoutRedirect = fail('client_unauthorized', {
  candidates: ['grant_not_allowed', 'oauth_flows_disabled'],
})

/** Cognito's word; what it is taken for at a code exchange, at a refresh and at a revocation. */
const words: readonly (readonly [UpstreamError, Failure, Failure, Failure])[] = [
  ['invalid_client', fail('client_rejected'), fail('client_rejected'), fail('client_rejected')],
  [
    'invalid_grant',
    fail('code_rejected'),
    fail('refresh_token_rejected'),
    fail('refresh_token_rejected'),
  ],
  ['unauthorized_client', fail('client_unauthorized'), withoutRedirect, withoutRedirect],
  ['unsupported_token_type', unexpected, unexpected, fail('token_type_not_revocable')],
  ['invalid_request', unexpected, unexpected, perhapsDisabled],
  ['unsupported_grant_type', unexpected, unexpected, unexpected],
  ['invalid_scope', unexpected, unexpected, unexpected],
  ['other', unknown, unknown, unknown],
]

test('every known error word of Cognito is recognised', () => {
  assert.deepEqual(words.map(([error]) => error).sort(), [...upstreamErrors].sort())
})

for (const [error, ...expected] of words) {
  for (const [index, grantType] of grants.entries()) {
    test(`takes ${error} at ${grantType ?? 'a revocation'} for ${expected[index]?.cause}`, () => {
      assert.deepEqual(judgeRejection({ error, grantType, isRedirectHint: false }), expected[index])
    })
    if (error === 'unauthorized_client') continue
    test(`the redirect hint changes nothing of ${error} at ${grantType ?? 'a revocation'}`, () => {
      assert.deepEqual(judgeRejection({ error, grantType, isRedirectHint: true }), expected[index])
    })
  }
}

test('a redirect hint leaves the two redirect causes as candidates, since texts are no proof', () => {
  const failure = judgeRejection({
    error: 'unauthorized_client',
    grantType: 'authorization_code',
    isRedirectHint: true,
  })
  assert.deepEqual(
    failure,
    fail('client_unauthorized', {
      evidence: ['described_as_redirect'],
      candidates: ['redirect_uri_mismatch', 'callback_not_registered'],
    }),
  )
  assert.equal(failure.certainty, 'undetermined')
})

test('a redirect hint counts for nothing where no redirect URI is named', () => {
  for (const grantType of ['refresh_token', undefined] as const) {
    const rejection = { error: 'unauthorized_client', grantType, isRedirectHint: true } as const
    assert.deepEqual(judgeRejection(rejection), withoutRedirect)
  }
})

test('a word alone proves a cause only where the word is the cause', () => {
  for (const [error] of words) {
    for (const grantType of grants) {
      const { cause, certainty } = judgeRejection({ error, grantType, isRedirectHint: false })
      assert.equal(certainty === 'proved', cause === 'token_type_not_revocable')
      assert.notEqual(certainty, 'likely')
    }
  }
})

test('only the word invalid_grant becomes an answer of invalid_grant', () => {
  for (const [error] of words) {
    for (const grantType of grants) {
      for (const isRedirectHint of [false, true]) {
        const { cause } = judgeRejection({ error, grantType, isRedirectHint })
        assert.equal(causes[cause].error === 'invalid_grant', error === 'invalid_grant')
      }
    }
  }
})

test('nothing that Cognito refused may be sent again', () => {
  for (const [error] of words) {
    for (const grantType of grants) {
      const { delivery } = judgeRejection({ error, grantType, isRedirectHint: false })
      assert.equal(delivery, undefined)
    }
  }
})
