import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GrantType, UpstreamError } from '../../core/cause.ts'
import { causes, type Failure, fail } from '../../core/causes.ts'
import { diagnose } from '../../core/diagnosis.ts'

const grants: readonly GrantType[] = ['authorization_code', 'refresh_token']
const unexpected = fail('cognito_request_rejected', { evidence: ['error_unexpected'] })
const unknown = fail('cognito_request_rejected', { evidence: ['error_unknown'] })
const refreshUnauthorized = fail('client_unauthorized', {
  candidates: ['grant_not_allowed', 'oauth_flows_disabled'],
})

/** Cognito's word; what it is taken for at a code exchange; and at a refresh. */
const words: readonly (readonly [UpstreamError, Failure, Failure])[] = [
  ['invalid_client', fail('client_rejected'), fail('client_rejected')],
  ['invalid_grant', fail('code_rejected'), fail('refresh_token_rejected')],
  ['unauthorized_client', fail('client_unauthorized'), refreshUnauthorized],
  ['invalid_request', unexpected, unexpected],
  ['unsupported_grant_type', unexpected, unexpected],
  ['invalid_scope', unexpected, unexpected],
  ['other', unknown, unknown],
]

for (const [error, ...expected] of words) {
  for (const [index, grantType] of grants.entries()) {
    test(`takes ${error} at ${grantType} for ${expected[index]?.cause}`, () => {
      assert.deepEqual(diagnose({ error, grantType, isRedirectHint: false }), expected[index])
    })
    if (error === 'unauthorized_client') continue
    test(`the redirect hint changes nothing of ${error} at ${grantType}`, () => {
      assert.deepEqual(diagnose({ error, grantType, isRedirectHint: true }), expected[index])
    })
  }
}

test('a redirect hint leaves the two redirect causes as candidates, since texts are no proof', () => {
  const failure = diagnose({
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

test('a redirect hint counts for nothing at a refresh, which names no redirect URI', () => {
  assert.deepEqual(
    diagnose({ error: 'unauthorized_client', grantType: 'refresh_token', isRedirectHint: true }),
    refreshUnauthorized,
  )
})

test('only the word invalid_grant becomes an answer of invalid_grant', () => {
  for (const [error] of words) {
    for (const grantType of grants) {
      for (const isRedirectHint of [false, true]) {
        const { cause } = diagnose({ error, grantType, isRedirectHint })
        assert.equal(causes[cause].error === 'invalid_grant', error === 'invalid_grant')
      }
    }
  }
})

test('nothing that Cognito refused may be sent again', () => {
  for (const [error] of words) {
    for (const grantType of grants) {
      const { delivery } = diagnose({ error, grantType, isRedirectHint: false })
      assert.equal(delivery, undefined)
    }
  }
})
