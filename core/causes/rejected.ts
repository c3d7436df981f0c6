import { type Cause, exchangeFacts } from '../cause.ts'

const notYours = 'The deployment must be mended by its operator; this is no fault of the caller.'

/** Cognito said no, in a word that it uses for many reasons. */
export const rejected = {
  client_rejected: {
    status: 502,
    error: 'server_error',
    description: notYours,
    evidence: ['secret_changed', 'secret_unchanged', 'refetch_failed', 'cooling_down'],
    fault: 'operator',
    candidates: ['client_secret_mismatch', 'client_not_found', 'client_has_no_secret'],
    facts: exchangeFacts,
    alarm: { atLeast: 1, withinSeconds: 300 },
    fix: 'Compare client id and secret in Secrets Manager with the app client in the user pool.',
  },
  client_unauthorized: {
    status: 502,
    error: 'server_error',
    description: notYours,
    evidence: ['described_as_redirect'],
    fault: 'operator',
    candidates: [
      'redirect_uri_mismatch',
      'callback_not_registered',
      'grant_not_allowed',
      'oauth_flows_disabled',
    ],
    facts: exchangeFacts,
    alarm: { atLeast: 3, withinSeconds: 300 },
    fix: 'Check the allowed OAuth flows, the OAuth switch and the callback URLs of the app client, and that sign-in begins with the same redirect URI.',
  },
  code_rejected: {
    status: 400,
    error: 'invalid_grant',
    description:
      'Cognito refused the authorization code: used before, expired, or of another sign-in. Sign in again.',
    fault: 'caller',
    candidates: [
      'code_already_used',
      'code_expired',
      'verifier_mismatch',
      'code_of_another_client',
      'oauth_flows_disabled',
      'scope_attributes_unreadable',
    ],
    facts: exchangeFacts,
    fix: 'Exchange each code once and at once, with the verifier of the same sign-in.',
  },
  refresh_token_rejected: {
    status: 400,
    error: 'invalid_grant',
    description:
      'Cognito refused the refresh token: expired, revoked or replaced by a newer one. Sign in again.',
    fault: 'caller',
    candidates: [
      'refresh_token_expired',
      'refresh_token_revoked',
      'refresh_token_rotated_out',
      'refresh_token_of_another_client',
      'user_disabled_or_deleted',
      'session_limit_reached',
      'device_tracking',
    ],
    facts: exchangeFacts,
    fix: 'Sign the user in again; keep the newest refresh token when rotation is on.',
  },
  lambda_trigger_failed: {
    status: 502,
    error: 'server_error',
    description: notYours,
    evidence: ['trigger_text'],
    fault: 'operator',
    facts: exchangeFacts,
    alarm: { atLeast: 3, withinSeconds: 300 },
    fix: "Read the log of the user pool's Lambda trigger at the second of the failure.",
  },
  cognito_request_rejected: {
    status: 502,
    error: 'server_error',
    description: notYours,
    evidence: [
      'method_refused',
      'status_unexpected',
      'answer_not_json',
      'error_unknown',
      'error_unexpected',
    ],
    fault: 'operator',
    candidates: ['domain_path_wrong', 'request_changed_on_the_way', 'cognito_changed'],
    facts: exchangeFacts,
    alarm: { atLeast: 3, withinSeconds: 300 },
    fix: 'Check the domain in the settings of the client; then report the Cognito request id to AWS.',
  },
} as const satisfies Record<string, Cause>
