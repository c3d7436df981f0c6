import type { SwitchName } from '../../local/switches.ts'

/** What comes of an attempt while a switch is on. */
export interface Expected {
  /** What the visitor does while the switch is on. */
  readonly attempt: 'sign-in' | 'refresh'
  readonly cause: string
  readonly status: number
  readonly title: string
}

const refreshed = (cause: string, status: number, title: string): Expected => ({
  attempt: 'refresh',
  cause,
  status,
  title,
})
export const signedIn = (cause: string, status: number, title: string): Expected => ({
  attempt: 'sign-in',
  cause,
  status,
  title,
})

export const notYours = 'This is not your fault'
export const lostSignIn = 'The sign-in was interrupted'
const lostRefresh = 'The refresh was interrupted'
const busy = 'Not available right now'
export const ended = 'Your session has ended'
export const invalid = 'This sign-in is no longer valid'

/** What each switch makes of an attempt, and the cause that the proxy finds. */
export const expectations: Readonly<Record<SwitchName, Expected>> = {
  secret_mismatch: refreshed('client_secret_mismatch', 502, notYours),
  client_gone: refreshed('client_not_found', 502, notYours),
  client_without_secret: refreshed('client_has_no_secret', 502, notYours),
  code_grant_not_allowed: refreshed('grant_not_allowed', 502, notYours),
  oauth_flows_off: refreshed('oauth_flows_disabled', 502, notYours),
  callback_not_registered: signedIn('callback_not_registered', 502, notYours),
  trigger_failed: signedIn('lambda_trigger_failed', 502, notYours),
  redirect_differs: signedIn('redirect_uri_mismatch', 400, invalid),
  code_expired: signedIn('code_rejected', 400, invalid),
  code_used: signedIn('code_rejected', 400, invalid),
  verifier_wrong: signedIn('code_rejected', 400, invalid),
  refresh_expired: refreshed('refresh_token_rejected', 400, ended),
  refresh_revoked: refreshed('refresh_token_rejected', 400, ended),
  refresh_rotated_out: refreshed('refresh_token_rejected', 400, ended),
  throttled: refreshed('cognito_throttled', 429, busy),
  waf_page: refreshed('waf_blocked', 502, notYours),
  not_found: refreshed('domain_not_found', 502, notYours),
  method_refused: refreshed('cognito_request_rejected', 502, notYours),
  redirected: refreshed('cognito_redirected', 502, notYours),
  silence: signedIn('cognito_timeout', 504, lostSignIn),
  reset: refreshed('cognito_connection_lost', 504, lostRefresh),
  cut_body: signedIn('cognito_connection_lost', 504, lostSignIn),
  garbage: refreshed('cognito_answer_unusable', 502, notYours),
  html_500: refreshed('cognito_error', 503, busy),
  secret_gone: refreshed('secret_not_found', 503, busy),
  secret_denied: refreshed('secret_access_denied', 503, busy),
  secret_broken: signedIn('secret_malformed', 503, busy),
  secrets_down: refreshed('secret_unavailable', 503, busy),
}
