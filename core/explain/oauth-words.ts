import type { Wording } from './wording.ts'

const codeOnly = ['code'] as const
const refreshOnly = ['refresh'] as const

/** The values of `error` that Cognito is known to send, and the descriptions that narrow them down. */
export const oauthWords = {
  invalid_client_secret: {
    title: 'invalid_client_secret',
    example: '400 {"error":"invalid_client","error_description":"invalid_client_secret"}',
    about:
      'Cognito found the app client, and the secret that was sent is empty or not its own. This description is reported, not documented.',
    pattern: /\binvalid_client_secret\b/i,
    reasons: ['client_secret_mismatch', 'empty_secret', 'malformed_basic_header'],
  },
  invalid_redirect: {
    title: 'unauthorized_client with invalid_redirect',
    example: '400 {"error":"unauthorized_client","error_description":"invalid_redirect"}',
    about:
      'A strong hint that the `redirect_uri` of the exchange is not the one that sign-in started with, although Cognito does not document its descriptions.',
    pattern: /\binvalid_redirect\b/i,
    reasons: ['redirect_uri_mismatch', 'callback_not_registered'],
  },
  redirect_mismatch: {
    title: 'redirect_mismatch',
    example: 'https://DOMAIN/error?error=redirect_mismatch&client_id=CLIENT',
    about:
      'The sign-in page refuses the redirect URI or the app client and shows its own error page: it never redirects to an address that it does not know.',
    pattern: /\bredirect_mismatch\b/i,
    reasons: [
      'callback_not_registered',
      'redirect_uri_not_allowed',
      'config_invalid',
      'client_not_found',
      'domain_of_another_pool',
    ],
  },
  invalid_client: {
    title: 'invalid_client',
    example: '400 {"error":"invalid_client"}',
    about:
      'Cognito does not accept the app client: its id, its secret, or the way in which they were sent. It says nothing about the user, the code or the token.',
    pattern: /\binvalid[_ ]client\b/i,
    reasons: [
      'client_secret_missing',
      'client_secret_mismatch',
      'empty_secret',
      'client_has_no_secret',
      'malformed_basic_header',
      'caller_sent_credentials',
      'secret_malformed',
      'client_not_found',
      'domain_of_another_pool',
      'secret_change_spreading',
    ],
  },
  unauthorized_client: {
    title: 'unauthorized_client',
    example: '400 {"error":"unauthorized_client"}',
    about:
      'Cognito knows the app client and does not allow it to do this. It uses the same word for a disabled flow and for a redirect URI that differs by one character.',
    pattern: /\bunau?thorized[_ ]client\b/i,
    reasons: [
      'redirect_uri_mismatch',
      'oauth_flows_disabled',
      'malformed_basic_header',
      'grant_not_allowed',
      'callback_not_registered',
    ],
    onlyAt: {
      redirect_uri_mismatch: codeOnly,
      callback_not_registered: ['authorize', 'code'],
    },
  },
  unsupported_grant_type: {
    title: 'unsupported_grant_type',
    example: '400 {"error":"unsupported_grant_type"}',
    about:
      'Cognito knows `authorization_code`, `refresh_token` and `client_credentials`. It also says this when it cannot read `grant_type`.',
    pattern: /\bunsupported[_ ]grant[_ ]type\b/i,
    reasons: ['grant_type_unsupported', 'body_malformed', 'content_type_unsupported'],
  },
  unsupported_token_type: {
    title: 'unsupported_token_type',
    example: '400 {"error":"unsupported_token_type"}',
    about: '`/oauth2/revoke` takes a refresh token and was sent another token.',
    pattern: /\bunsupported[_ ]token[_ ]type\b/i,
    reasons: ['token_type_not_revocable'],
  },
  invalid_scope: {
    title: 'invalid_scope',
    example: 'https://APP/callback?error=invalid_scope',
    about: 'A scope of the request is not one that this app client may ask for.',
    pattern: /\binvalid[_ ]scope\b/i,
    reasons: [
      'scope_unknown',
      'no_custom_scopes_for_client_credentials',
      'scopes_missing',
      'resource_server_missing',
    ],
    onlyAt: { no_custom_scopes_for_client_credentials: ['machine'] },
  },
  invalid_grant: {
    title: 'invalid_grant',
    example: '400 {"error":"invalid_grant"}',
    about:
      'Cognito refused the code or the refresh token itself. The app client and its secret were accepted. The word is the same for a dozen reasons.',
    pattern: /\binvalid[_ ]grant\b/i,
    reasons: [
      'code_already_used',
      'resource_server_missing',
      'refresh_token_rotated_out',
      'scope_attributes_unreadable',
      'pkce_verifier_missing',
      'oauth_flows_disabled',
      'refresh_token_expired',
      'refresh_token_revoked',
      'device_tracking',
      'code_of_another_client',
      'identity_provider_attributes',
      'code_expired',
      'verifier_mismatch',
      'redirect_uri_mismatch',
      'refresh_token_of_another_client',
      'user_disabled_or_deleted',
      'session_limit_reached',
      'not_replicated_yet',
    ],
    onlyAt: {
      code_already_used: codeOnly,
      code_expired: codeOnly,
      verifier_mismatch: codeOnly,
      pkce_verifier_missing: codeOnly,
      code_of_another_client: codeOnly,
      redirect_uri_mismatch: codeOnly,
      identity_provider_attributes: codeOnly,
      oauth_flows_disabled: ['code', 'machine'],
      scope_attributes_unreadable: ['code', 'refresh'],
      resource_server_missing: ['code', 'refresh', 'machine'],
      refresh_token_rotated_out: refreshOnly,
      refresh_token_expired: refreshOnly,
      refresh_token_revoked: refreshOnly,
      device_tracking: refreshOnly,
      refresh_token_of_another_client: refreshOnly,
      user_disabled_or_deleted: refreshOnly,
      session_limit_reached: refreshOnly,
      not_replicated_yet: ['code', 'refresh'],
    },
  },
  invalid_request: {
    title: 'invalid_request',
    example: '400 {"error":"invalid_request"}',
    about:
      'A parameter is missing, repeated or malformed, or the body is not a form. At `/oauth2/revoke` it can also mean that revocation is turned off.',
    pattern: /\binvalid[_ ]request\b/i,
    reasons: [
      'parameter_missing',
      'content_type_unsupported',
      'method_not_allowed',
      'body_malformed',
      'parameter_malformed',
      'revocation_disabled',
    ],
    onlyAt: {
      revocation_disabled: ['revocation'],
      parameter_malformed: ['authorize', 'code', 'refresh'],
    },
  },
} as const satisfies Readonly<Record<string, Wording>>
