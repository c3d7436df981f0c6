import type { Wording } from './wording.ts'

/** Texts of libraries, of the pages and APIs of Cognito, and of the AWS CLI. */
export const libraryTexts = {
  logout_refused: {
    title: "'redirect_uri' is not present, at /logout",
    example: "Required String parameter 'redirect_uri' is not present",
    about:
      "The sign-out page of Cognito does not know the parameters of OpenID Connect's standard.",
    pattern: /'(?:redirect_uri|client_id|logout_uri|response_type)' is not present\b/i,
    reasons: ['logout_parameters'],
  },
  login_option: {
    title: 'Login option is not available, Login pages unavailable',
    example: 'Login option is not available. Please try another one',
    about: 'The sign-in page cannot offer the identity provider that was asked for, or any.',
    pattern:
      /\blogin option is not available\b|\blogin pages? (?:is |are )?(?:unavailable|not available)\b/i,
    reasons: ['identity_providers_missing', 'client_not_found'],
  },
  provider_failed: {
    title: '[IdP] Error, attributes required, Bad token response',
    example:
      'https://APP/callback?error=invalid_request&error_description=attributes+required:+[email]',
    about: 'Sign-in at the identity provider behind the user pool failed, or brought too little.',
    pattern:
      /\battributes required\b|\berror getting token\b|\bbad token response\b|\bcalling IdP token endpoint\b|\bcalling jwks uri\b|\bSAML\b[^\n]{0,80}\b(?:error|invalid|missing|response)\b|\bNameID\b/i,
    reasons: ['identity_provider_attributes', 'cognito_error'],
  },
  secret_hash: {
    title: 'Unable to verify secret hash, SECRET_HASH was not received',
    example:
      'NotAuthorizedException: Client CLIENT is configured with secret but SECRET_HASH was not received',
    about: 'The same as `invalid_client`, at the API of Cognito.',
    pattern: /\bsecret[ _]hash\b/i,
    reasons: ['client_secret_missing', 'client_secret_mismatch'],
  },
  refresh_refused: {
    title: 'Invalid Refresh Token, Refresh Token has been revoked, RefreshTokenReuseException',
    example: 'NotAuthorizedException: Invalid Refresh Token',
    about:
      'The API of Cognito (`InitiateAuth`, `GetTokensFromRefreshToken`) refused a refresh token. At the token endpoint the same reasons are `invalid_grant`.',
    pattern:
      /\brefresh ?token\b[^\n]{0,40}\b(?:revoked|expired|reuse|invalid)|\binvalid refresh token\b|\bRefreshTokenReuseException\b|\bGetTokensFromRefreshToken\b|\brefresh\b[^\n]{0,60}\bNotAuthorizedException\b|\bNotAuthorizedException\b(?![^\n]{0,40}\b(?:username|password|user)\b)/i,
    reasons: [
      'refresh_token_rotated_out',
      'refresh_token_expired',
      'refresh_token_revoked',
      'device_tracking',
      'refresh_token_of_another_client',
      'user_disabled_or_deleted',
      'session_limit_reached',
    ],
  },
  state_lost: {
    title: 'No matching state found, state mismatch',
    example: 'Error: No matching state found in storage',
    about: 'The front end does not remember the sign-in that this answer belongs to.',
    pattern:
      /\bno matching state\b|\bstate (?:mismatch|does not match|cookie was missing|parameter)\b|\binvalid state\b|\bmismatching_state\b|\bstate not equal\b|\bcorrelation failed\b|\bstate\b[^\n]{0,24}\b(?:missing|mismatch|not match)/i,
    reasons: ['sign_in_state_lost', 'code_of_another_client'],
  },
  verifier_lost: {
    title: 'PKCE code_verifier cookie was missing, PKCE Error',
    example: 'PKCE code_verifier cookie was missing',
    about: 'The front end has no verifier for this sign-in, or not the right one.',
    pattern:
      /code_?verifier\b[^\n]{0,40}\b(?:missing|undefined|null|not found|could not be parsed|lost)\b|\bno code_?verifier\b|\bpkce error\b/i,
    reasons: ['pkce_verifier_missing', 'verifier_mismatch', 'sign_in_state_lost'],
  },
  nonce_refused: {
    title: 'Nonce in the ID token does not match',
    example: 'Validate_id_token_nonce failed',
    about: 'The library compares the nonce of a refreshed ID token with the one of sign-in.',
    pattern:
      /\bnonce\b[^\n]{0,40}\b(?:mismatch|not match|failed|invalid|incorrect|unexpected)|\b(?:invalid|unexpected|incorrect)\b[^\n]{0,24}\bnonce\b|id_token_nonce failed/i,
    reasons: ['nonce_after_refresh', 'sign_in_state_lost'],
  },
  token_in_the_future: {
    title: 'Token issued in the future',
    example: 'id_token issued in the future, iat is after now',
    about: 'The clock of the machine that checks the token is behind.',
    pattern:
      /\b(?:issued|used) (?:in|before)\b[^\n]{0,24}\b(?:future|now|iat|nbf)\b|\biat\b[^\n]{0,24}\bfuture\b|\btoken used too early\b|\bclock skew\b/i,
    reasons: ['clock_skewed'],
  },
  claim_missing: {
    title: 'The ID token has no email',
    example: 'id_token did not contain an email',
    about: 'The exchange succeeded. The program misses a claim in the token.',
    pattern:
      /\b(?:did not|does not|doesn't) (?:contain|have|include)\b[^\n]{0,24}\b(?:email|claim|attribute|username)\b|\bmissing (?:email|claim)\b/i,
    reasons: ['user_missing_attribute', 'scopes_missing'],
  },
  discovery_refused: {
    title: 'code_challenge_methods_supported is missing, issuer does not match',
    example: 'Incompatible auth server: does not support code challenge method S256',
    about: 'A library reads the discovery document of Cognito and stops before any token request.',
    pattern:
      /\bcode_challenge_methods_supported\b|\bdoes not support (?:code challenge|PKCE)\b|\bissuer\b[^\n]{0,160}\b(?:mismatch|not match|differ|unexpected)/i,
    reasons: ['client_library_discovery'],
  },
  registration_refused: {
    title: 'Dynamic client registration is not supported',
    example: 'Incompatible auth server: does not support dynamic client registration',
    about: 'A program, usually an MCP client, wants to register itself.',
    pattern: /\bdynamic client registration\b|\bregistration_endpoint\b/i,
    reasons: ['registration_unsupported'],
  },
  app_client_absent: {
    title: 'User pool client does not exist, User pool does not exist',
    example: 'ResourceNotFoundException: User pool client CLIENT does not exist.',
    about:
      'Names do not belong together: the id of the user pool, of the app client, the Region or the account.',
    pattern: /\buser ?pool\b[^\n]{0,80}\bdoes not exist\b|\bclient\b[^\n]{0,80}\bdoes not exist\b/i,
    reasons: ['client_not_found', 'user_pool_not_found'],
  },
  secret_unread: {
    title: "Secrets Manager can't find the specified secret",
    example:
      "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    about: 'The secret of the app client could not be read from Secrets Manager.',
    pattern:
      /\bSecrets Manager can(?:'|\u2019|no)t find\b|\bGetSecretValue\b|\bscheduled for deletion\b|\bmarked for deletion\b|\bAccess to KMS is not allowed\b/i,
    reasons: ['secret_not_found', 'secret_access_denied', 'secret_malformed'],
  },
  callback_refused: {
    title: 'A callback URL or an origin that is not accepted',
    example: 'InvalidParameterException: http://192.168.1.50/cb cannot use the HTTP protocol.',
    about: 'Cognito takes exact https addresses, http for loopback only, and no wildcards.',
    pattern:
      /\bcannot use the HTTP protocol\b|\bwildcard\b|\binvalid (?:callback|redirect|logout)[ _]?ur[il]\b|\bredirect_uri\b[^\n]{0,40}\b(?:not (?:valid|allowed|permitted)|invalid)\b|\bsettings refused\b|\borigins?\["?\d/i,
    reasons: ['config_invalid', 'callback_not_registered', 'redirect_uri_not_allowed'],
  },
  bare_400: {
    title: '400 without a word',
    example: 'POST https://DOMAIN/oauth2/token 400 (Bad Request)',
    about:
      'A log or a library that hides the body hides the only thing that Cognito says. **Read the body of the answer first** (the network tab of the browser, or curl), and look up its word.',
    pattern: /\b400\b/,
    reasons: [
      'client_secret_missing',
      'code_already_used',
      'client_secret_mismatch',
      'redirect_uri_mismatch',
      'identity_provider_attributes',
      'refresh_token_expired',
      'parameter_missing',
      'oauth_flows_disabled',
      'method_not_allowed',
    ],
    onlyAt: {
      code_already_used: ['code'],
      redirect_uri_mismatch: ['code'],
      identity_provider_attributes: ['code'],
      refresh_token_expired: ['refresh'],
    },
  },
  no_word: {
    title: 'Only a description or a request, without the word of an error',
    example: 'Sign-in through the hosted UI of Cognito fails since the update of Amplify',
    about:
      'The text names no error. **Get the answer of the token endpoint first** (the network tab of the browser, the log of the library at its most detailed level, or the same request with curl) and look up its word. These are the reasons that are reported most often.',
    pattern:
      /\bcognito\b|\bamazoncognito\b|\b(?:hosted|managed) (?:UI|login)\b|\boauth-?2?\b|\bOIDC\b|\bopenid\b|\bPKCE\b|\b(?:grant_type|authorization_code|client_credentials)\b|\btoken (?:endpoint|url|call|request|exchange)\b|\boauth2\/token\b|\bcode exchange\b|\bexchang\w{1,4}\b[^\n]{0,40}\bcode\b|\b(?:refresh|access|id)[_ ]?token\b|\b(?:amplify|next-?auth|auth\.js|authjs|passport|oidc-client|msal|appauth|oauth2-proxy|vouch|spring security|swagger ui|grafana|argo ?cd)\b|\bredirect[_ ]?ur[il]s?\b|\bclient[_ -]?(?:secret|id)\b|\b(?:app|public|confidential|secret-?less) client\b|\buser ?pool\b|\bauthori[sz]ation server\b|\bidentity provider\b|\b(?:nonce|id token)\b/i,
    reasons: [
      'client_secret_missing',
      'code_already_used',
      'client_secret_mismatch',
      'redirect_uri_mismatch',
      'callback_not_registered',
      'refresh_token_expired',
      'identity_provider_attributes',
      'oauth_flows_disabled',
      'sign_in_state_lost',
      'lambda_trigger_failed',
      'parameter_missing',
      'client_library_discovery',
      'waf_blocked',
      'method_not_allowed',
    ],
    onlyAt: {
      code_already_used: ['code'],
      redirect_uri_mismatch: ['code'],
      callback_not_registered: ['authorize', 'code'],
      identity_provider_attributes: ['authorize', 'code'],
      sign_in_state_lost: ['authorize', 'code'],
      refresh_token_expired: ['refresh'],
    },
  },
} as const satisfies Readonly<Record<string, Wording>>
