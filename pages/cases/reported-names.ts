import type { CaseName } from '../cases-page.ts'

/** What each cause in the reports is called here: as a cause, or as a candidate of one. */
export const reportedNames = {
  bad_content_type: {
    ours: 'content_type_unsupported',
    because: 'It is named by what is refused.',
  },
  caller_credentials: {
    ours: 'caller_sent_credentials',
    because: 'It is named by who sent them: front ends and apps have none to send.',
  },
  cdn_method: {
    ours: 'distribution_in_front',
    because: 'Whatever of its own the operator put in front of the user pool domain.',
  },
  client_id_missing: {
    ours: 'parameter_missing',
    because: 'One cause for every parameter; the detail says which.',
  },
  client_library_discovery: {
    because: 'The client gives up before it calls a token endpoint.',
  },
  client_secret_mismatch: { ours: 'client_secret_mismatch' },
  client_secret_missing: { because: 'The proxy adds the secret, so that none can be missing.' },
  code_already_used: { ours: 'code_already_used' },
  device_tracking: { ours: 'device_tracking' },
  empty_secret: { because: 'An empty secret is none, so that there is nothing to refuse.' },
  foreign_code: {
    ours: 'code_of_another_client',
    because: 'The code was not issued to this app client; whoever else issued it cannot be seen.',
  },
  idp_attribute_mapping: {
    ours: 'identity_provider_attributes',
    because: 'The attributes that the identity provider hands over, or fails to.',
  },
  logout_parameters: { because: 'The proxy translates them.' },
  malformed_basic_header: { because: 'The proxy makes the Basic header.' },
  native_redirect: { because: 'Redirect URIs of apps are accepted.' },
  no_custom_scopes_for_client_credentials: {
    ours: 'grant_type_unsupported',
    because: 'The proxy does not carry the machine grant, so that its scopes do not arise.',
  },
  oauth_flows_not_enabled_on_client: {
    ours: 'oauth_flows_disabled',
    because: 'The same switch, `AllowedOAuthFlowsUserPoolClient`.',
  },
  origin_not_forwarded: {
    ours: 'origin_not_allowed',
    because: 'The detail says that a CDN passed the request on without it.',
  },
  pkce_verifier_missing: { ours: 'pkce_verifier_missing' },
  redirect_uri_mismatch: { ours: 'redirect_uri_mismatch' },
  redirect_uri_not_listed: {
    ours: 'redirect_uri_not_allowed',
    because: 'The detail says which part differs.',
  },
  refresh_token_expired: { ours: 'refresh_token_expired' },
  refresh_token_revoked: { ours: 'refresh_token_revoked' },
  refresh_token_rotated_out: { ours: 'refresh_token_rotated_out' },
  resource_server_missing: { ours: 'resource_server_missing' },
  scope_claims_unreadable: {
    ours: 'scope_attributes_unreadable',
    because: 'What the client may not read are attributes of the user.',
  },
  scope_unknown: { because: 'A setting drops such scopes.' },
  secret_sent_for_public_client: {
    ours: 'client_has_no_secret',
    because: 'The proxy always sends a secret, so that the app client is what must change.',
  },
  secret_value: {
    ours: 'secret_malformed',
    because: 'The evidence says what is wrong with the value, or that there is none.',
  },
  settings: { ours: 'config_invalid', because: 'One cause for every problem of the settings.' },
  trigger_error: {
    ours: 'lambda_trigger_failed',
    because: 'One cause for every way in which a trigger fails; the evidence says which.',
  },
  unknown: { because: 'Nobody has found it out, so that nothing may be proved of it here either.' },
  user_missing_attribute: { because: 'The exchange succeeds; what a token lacks is not judged.' },
  waf_blocked: { ours: 'waf_blocked' },
  wrong_method: { ours: 'method_not_allowed', because: 'It is named by what is refused.' },
} as const satisfies Record<string, CaseName>

/** A cause as the reports call it. */
export type ReportedCause = keyof typeof reportedNames
