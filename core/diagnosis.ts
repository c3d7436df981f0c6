import type { GrantType, UpstreamError } from './cause.ts'
import { type Failure, fail } from './causes.ts'

/** What Cognito said when it refused a grant, reduced to closed values. */
export interface Rejection {
  readonly error: UpstreamError
  readonly grantType: GrantType
  /** The description says `invalid_redirect`: a hint, since Cognito calls its texts not fixed. */
  readonly isRedirectHint: boolean
}

type Judge = (rejection: Rejection) => Failure

const unexpected: Judge = () => fail('cognito_request_rejected', { evidence: ['error_unexpected'] })

/** What each of Cognito's words is taken for while nothing but the word is known. */
const byError: Readonly<Record<UpstreamError, Judge>> = {
  invalid_client: () => fail('client_rejected'),
  unauthorized_client: ({ grantType, isRedirectHint }) =>
    judgeUnauthorized(grantType, isRedirectHint),
  invalid_grant: ({ grantType }) =>
    grantType === 'authorization_code' ? fail('code_rejected') : fail('refresh_token_rejected'),
  invalid_request: unexpected,
  unsupported_grant_type: unexpected,
  invalid_scope: unexpected,
  other: () => fail('cognito_request_rejected', { evidence: ['error_unknown'] }),
}

/** Names the cause of a refusal, and says by its certainty how much that is worth. */
export function diagnose(rejection: Rejection): Failure {
  return byError[rejection.error](rejection)
}

function judgeUnauthorized(grantType: GrantType, isRedirectHint: boolean): Failure {
  // A refresh names no redirect URI, so that none can be wrong.
  if (grantType === 'refresh_token') {
    return fail('client_unauthorized', {
      candidates: ['grant_not_allowed', 'oauth_flows_disabled'],
    })
  }
  return isRedirectHint
    ? fail('client_unauthorized', {
        evidence: ['described_as_redirect'],
        candidates: ['redirect_uri_mismatch', 'callback_not_registered'],
      })
    : fail('client_unauthorized')
}
