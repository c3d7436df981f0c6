import { type Failure, fail } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import type { UpstreamError } from './facts.ts'

/** What Cognito said when it refused a grant, reduced to closed values. */
export interface Rejection {
  readonly error: UpstreamError
  /** Undefined for a revocation. */
  readonly grantType: GrantType | undefined
  /** The description says `invalid_redirect`: a hint, since Cognito calls its texts not fixed. */
  readonly isRedirectHint: boolean
}

/** What may lie behind a refusal that a well-formed request cannot cause. */
const unexplained = ['domain_path_wrong', 'request_changed_on_the_way', 'cognito_changed'] as const

type Judge = (rejection: Rejection) => Failure

const unexpected = ({ error, grantType }: Rejection) => {
  // Cognito calls a revocation that is switched off an invalid request.
  const isRevocation = grantType === undefined && error === 'invalid_request'
  const candidates = isRevocation
    ? { candidates: ['revocation_disabled', ...unexplained] as const }
    : {}
  return fail('cognito_request_rejected', { evidence: ['error_unexpected'], ...candidates })
}

/** What each of Cognito's words is taken for while nothing but the word is known. */
const byError: Readonly<Record<UpstreamError, Judge>> = {
  invalid_client: () => fail('client_rejected'),
  unauthorized_client: ({ grantType, isRedirectHint }) =>
    judgeUnauthorized(grantType, isRedirectHint),
  invalid_grant: ({ grantType }) =>
    grantType === 'authorization_code' ? fail('code_rejected') : fail('refresh_token_rejected'),
  unsupported_token_type: (rejection) =>
    rejection.grantType === undefined ? fail('token_type_not_revocable') : unexpected(rejection),
  invalid_request: unexpected,
  unsupported_grant_type: unexpected,
  invalid_scope: unexpected,
  other: () => fail('cognito_request_rejected', { evidence: ['error_unknown'] }),
}

/** Takes Cognito's word for what it says by itself; evidence may tell more later. */
export function judgeRejection(rejection: Rejection): Failure {
  return byError[rejection.error](rejection)
}

function judgeUnauthorized(grantType: GrantType | undefined, isRedirectHint: boolean): Failure {
  // Only a code exchange names a redirect URI, so that elsewhere none can be wrong.
  if (grantType !== 'authorization_code') {
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
