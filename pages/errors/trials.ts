import type { CauseName } from '../../core/causes/catalogue.ts'
import type { Reason } from '../../core/explain/reasons.ts'

/** A switch of `npm start` that makes the failure. */
export interface SwitchTrial {
  readonly switch: string
  readonly attempt: 'sign-in' | 'refresh'
  /** The client that must be chosen in the demo; the first one where it is left out. */
  readonly client?: string
  /** The cause in the record of the proxy. */
  readonly cause: CauseName
}

/** A request to `npm start` that makes the failure. */
export interface RequestTrial {
  readonly method?: 'GET'
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly cause: CauseName
}

/** The client of `npm start` that needs no Origin header, as a command line has none. */
export const trialClient = {
  clientId: '7demo0native1example556677',
  redirectUri: 'http://127.0.0.1:8801/callback',
}

const { clientId, redirectUri } = trialClient
const toForm = (fields: Readonly<Record<string, string>>) =>
  `${new URLSearchParams({ client_id: clientId, ...fields })}`
const code = {
  grant_type: 'authorization_code',
  code: '0f0e0d0c-1111-4222-8333-444455556666',
  redirect_uri: redirectUri,
}

const press = (name: string, cause: CauseName, attempt: SwitchTrial['attempt'] = 'refresh') => ({
  switch: name,
  attempt,
  cause,
})

/** How to see each reason in `npm start`; a reason without an entry cannot be made there. */
export const trials: { readonly [R in Reason]?: SwitchTrial | RequestTrial } = {
  client_secret_mismatch: press('secret_mismatch', 'client_secret_mismatch'),
  client_not_found: press('client_gone', 'client_not_found'),
  client_has_no_secret: press('client_without_secret', 'client_has_no_secret'),
  grant_not_allowed: press('code_grant_not_allowed', 'grant_not_allowed', 'sign-in'),
  oauth_flows_disabled: press('oauth_flows_off', 'oauth_flows_disabled', 'sign-in'),
  callback_not_registered: press('callback_not_registered', 'callback_not_registered', 'sign-in'),
  redirect_uri_mismatch: press('redirect_differs', 'redirect_uri_mismatch', 'sign-in'),
  code_expired: press('code_expired', 'code_rejected', 'sign-in'),
  code_already_used: press('code_used', 'code_rejected', 'sign-in'),
  verifier_mismatch: press('verifier_wrong', 'code_rejected', 'sign-in'),
  refresh_token_expired: press('refresh_expired', 'refresh_token_rejected'),
  refresh_token_revoked: press('refresh_revoked', 'refresh_token_rejected'),
  refresh_token_rotated_out: {
    ...press('refresh_rotated_out', 'refresh_token_rejected'),
    client: 'web-rotating',
  },
  lambda_trigger_failed: press('trigger_failed', 'lambda_trigger_failed'),
  cognito_throttled: press('throttled', 'cognito_throttled'),
  waf_blocked: press('waf_page', 'waf_blocked'),
  domain_not_found: press('not_found', 'domain_not_found'),
  domain_path_wrong: press('method_refused', 'cognito_request_rejected'),
  cognito_redirected: press('redirected', 'cognito_redirected'),
  cognito_timeout: press('silence', 'cognito_timeout'),
  cognito_connection_lost: press('reset', 'cognito_connection_lost'),
  cognito_answer_unusable: press('garbage', 'cognito_answer_unusable'),
  cognito_error: press('html_500', 'cognito_error'),
  secret_not_found: press('secret_gone', 'secret_not_found'),
  secret_access_denied: press('secret_denied', 'secret_access_denied'),
  secret_malformed: press('secret_broken', 'secret_malformed'),
  method_not_allowed: { method: 'GET', cause: 'method_not_allowed' },
  route_not_found: { path: '/oauth/token', body: toForm(code), cause: 'route_not_found' },
  content_type_unsupported: {
    headers: { 'content-type': 'application/json' },
    body: '{}',
    cause: 'content_type_unsupported',
  },
  body_malformed: { body: '{}', cause: 'body_malformed' },
  parameter_missing: {
    body: toForm({ grant_type: 'refresh_token' }),
    cause: 'parameter_missing',
  },
  parameter_malformed: {
    body: toForm({ grant_type: 'refresh_token', refresh_token: 'with a space' }),
    cause: 'parameter_malformed',
  },
  grant_type_unsupported: {
    body: toForm({ grant_type: 'client_credentials' }),
    cause: 'grant_type_unsupported',
  },
  caller_sent_credentials: {
    body: toForm({ ...code, client_secret: 'made-up' }),
    cause: 'caller_sent_credentials',
  },
  origin_not_allowed: {
    headers: { origin: 'https://elsewhere.example' },
    body: toForm({ grant_type: 'refresh_token', refresh_token: 'made-up' }),
    cause: 'origin_not_allowed',
  },
  redirect_uri_not_allowed: {
    body: toForm({
      ...code,
      redirect_uri: `${redirectUri}/`,
      code_verifier: 'v'.repeat(43),
    }),
    cause: 'redirect_uri_not_allowed',
  },
  pkce_verifier_missing: { body: toForm(code), cause: 'pkce_verifier_missing' },
  token_type_not_revocable: {
    path: '/oauth2/revoke',
    body: toForm({ token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.AAAA' }),
    cause: 'token_type_not_revocable',
  },
}

/** Writes a request as the curl command that sends it to `npm start`. */
export function toCurl({
  method,
  path = '/oauth2/token',
  headers = {},
  body,
}: RequestTrial): string {
  const words = [
    'curl -i',
    ...(method === undefined ? [] : [`-X ${method}`]),
    `http://localhost:8787${path}`,
    ...Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`),
    ...(body === undefined ? [] : [`-d '${body}'`]),
  ]
  return words.join(' \\\n  ')
}
