/** One way to break the embedded world, shown on the switchboard. */
export interface Switch {
  /** Which part of the embedded world it breaks. */
  readonly part: 'user pool' | 'sign-in' | 'network' | 'secret'
  /** Names the broken state for a person, in a few words. */
  readonly title: string
  /** Says what the embedded world does while it is on. */
  readonly effect: string
  /** What a visitor must do to see the failure. */
  readonly failsAt: readonly ('sign-in' | 'refresh')[]
}

const both = ['sign-in', 'refresh'] as const

/** Everything that the switchboard of `npm start` can break. Only one switch is on at a time. */
export const switches = {
  secret_mismatch: {
    part: 'user pool',
    title: 'Client secret does not match',
    effect: 'The app client has another secret than the one stored in Secrets Manager.',
    failsAt: both,
  },
  client_gone: {
    part: 'user pool',
    title: 'App client deleted',
    effect: 'The user pool has no app client with this id.',
    failsAt: both,
  },
  client_without_secret: {
    part: 'user pool',
    title: 'App client has no secret',
    effect: 'The app client is public: it was created without a secret.',
    failsAt: both,
  },
  code_grant_not_allowed: {
    part: 'user pool',
    title: 'Code grant not allowed',
    effect: 'AllowedOAuthFlows of the app client does not include "code".',
    failsAt: both,
  },
  oauth_flows_off: {
    part: 'user pool',
    title: 'OAuth flows turned off',
    effect: 'AllowedOAuthFlowsUserPoolClient of the app client is false.',
    failsAt: both,
  },
  callback_not_registered: {
    part: 'user pool',
    title: 'Callback URL not registered',
    effect: 'CallbackURLs of the app client does not include the redirect URI.',
    failsAt: ['sign-in'],
  },
  trigger_failed: {
    part: 'user pool',
    title: 'Pre token generation trigger fails',
    effect: "The user pool's own Lambda trigger ends every exchange with an error.",
    failsAt: both,
  },
  redirect_differs: {
    part: 'sign-in',
    title: 'Redirect URI differs',
    effect: 'Sign-in started with another redirect URI than the one of the exchange.',
    failsAt: ['sign-in'],
  },
  code_expired: {
    part: 'sign-in',
    title: 'Code expired',
    effect: 'The authorization code is older than five minutes.',
    failsAt: ['sign-in'],
  },
  code_used: {
    part: 'sign-in',
    title: 'Code already used',
    effect: 'The authorization code was already exchanged somewhere else.',
    failsAt: ['sign-in'],
  },
  verifier_wrong: {
    part: 'sign-in',
    title: 'Verifier does not match',
    effect: 'The code verifier does not belong to the challenge of the sign-in.',
    failsAt: ['sign-in'],
  },
  refresh_expired: {
    part: 'sign-in',
    title: 'Refresh token expired',
    effect: 'All refresh tokens have expired.',
    failsAt: ['refresh'],
  },
  refresh_revoked: {
    part: 'sign-in',
    title: 'Refresh token revoked',
    effect: 'Refresh tokens were revoked in the user pool.',
    failsAt: ['refresh'],
  },
  refresh_rotated_out: {
    part: 'sign-in',
    title: 'Refresh token rotated out',
    effect: 'Refresh tokens were already replaced by newer ones.',
    failsAt: ['refresh'],
  },
  throttled: {
    part: 'network',
    title: 'Throttled',
    effect: 'The token endpoint answers 429: the account is over its quota.',
    failsAt: both,
  },
  waf_page: {
    part: 'network',
    title: 'Blocked by a web ACL',
    effect: 'AWS WAF answers 403 with an HTML page.',
    failsAt: both,
  },
  not_found: {
    part: 'network',
    title: 'Nothing at this domain',
    effect: 'The token endpoint answers 404 with an HTML page.',
    failsAt: both,
  },
  method_refused: {
    part: 'network',
    title: 'Method not allowed',
    effect: 'The token endpoint answers 405 with an empty body.',
    failsAt: both,
  },
  redirected: {
    part: 'network',
    title: 'Redirected',
    effect: 'The token endpoint answers 302 to another address.',
    failsAt: both,
  },
  silence: {
    part: 'network',
    title: 'Silence',
    effect: 'The token endpoint accepts the request and never answers.',
    failsAt: both,
  },
  reset: {
    part: 'network',
    title: 'Connection reset',
    effect: 'The connection is reset after the request was sent.',
    failsAt: both,
  },
  cut_body: {
    part: 'network',
    title: 'Answer cut off',
    effect: 'The connection ends in the middle of the answer.',
    failsAt: both,
  },
  garbage: {
    part: 'network',
    title: 'Garbage',
    effect: 'The token endpoint answers 200 with something that is not JSON.',
    failsAt: both,
  },
  html_500: {
    part: 'network',
    title: 'Cognito fails',
    effect: 'The token endpoint answers 500 with an HTML page.',
    failsAt: both,
  },
  secret_gone: {
    part: 'secret',
    title: 'Secret deleted',
    effect: 'Secrets Manager has no secret with this name.',
    failsAt: both,
  },
  secret_denied: {
    part: 'secret',
    title: 'Secret not readable',
    effect: "The function's role is not allowed to read the secret.",
    failsAt: both,
  },
  secret_broken: {
    part: 'secret',
    title: 'Secret malformed',
    effect: 'The secret is not the expected JSON.',
    failsAt: both,
  },
  secrets_down: {
    part: 'secret',
    title: 'Secrets Manager down',
    effect: 'Secrets Manager answers every call with an internal error.',
    failsAt: both,
  },
} as const satisfies Record<string, Switch>

/** The id of a switch, in requests to the switchboard and in tests. */
export type SwitchName = keyof typeof switches
