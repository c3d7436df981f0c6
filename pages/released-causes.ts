import type { CandidateOf, CauseName } from '../core/causes/catalogue.ts'
import type { CheckCauseName } from '../core/causes/doctor.ts'
import type { UserAdvice } from '../core/causes/user-advice.ts'

/** An id that others build on: the name of a cause, or of a candidate that is no cause by itself. */
export type PublicId =
  | CheckCauseName
  | Exclude<{ [N in CauseName]: CandidateOf<N> }[CauseName], CauseName>

/** An id that no request and no check ends with any more, kept so that nothing that names it breaks. */
export interface DeprecatedId {
  readonly since: string
  readonly deprecatedIn: string
  /** The id that took its place. */
  readonly use: PublicId
}

const first = '1.0.0-rc.1'
const second = '1.0.0-rc.2'

/**
 * The release that brought each id. The compiler asks for a row for each new id. A row is never changed or
 * removed: an id that is no longer used moves to `deprecatedIds`, and a test holds both to the releases.
 */
export const releasedIds = {
  route_not_found: first,
  method_not_allowed: first,
  content_type_unsupported: first,
  body_too_large: first,
  body_malformed: first,
  query_not_allowed: first,
  parameter_missing: first,
  parameter_repeated: first,
  parameter_malformed: first,
  grant_type_unsupported: first,
  client_unknown: first,
  caller_sent_credentials: first,
  dpop_unsupported: first,
  origin_not_allowed: first,
  redirect_uri_not_allowed: first,
  pkce_verifier_missing: first,
  pkce_verifier_malformed: first,
  csrf_header_missing: first,
  sign_in_cookie_missing: first,
  refresh_cookie_missing: first,
  refresh_cookie_unreadable: first,
  refresh_cookie_undecided: first,
  client_secret_mismatch: first,
  client_not_found: first,
  client_has_no_secret: first,
  client_rejected: first,
  grant_not_allowed: first,
  oauth_flows_disabled: first,
  callback_not_registered: first,
  client_unauthorized: first,
  lambda_trigger_failed: first,
  revocation_disabled: first,
  cognito_request_rejected: first,
  redirect_uri_mismatch: first,
  code_already_used: first,
  code_rejected: first,
  refresh_token_rejected: first,
  refresh_token_rotated_out: first,
  refresh_token_revoked: first,
  token_type_not_revocable: first,
  cognito_throttled: first,
  waf_blocked: first,
  domain_not_found: first,
  domain_of_another_pool: first,
  cognito_unreachable: first,
  cognito_timeout: first,
  cognito_connection_lost: first,
  cognito_error: first,
  cognito_answer_unusable: first,
  cognito_redirected: first,
  secret_not_found: first,
  secret_access_denied: first,
  secret_malformed: first,
  secret_throttled: first,
  secret_unavailable: first,
  config_invalid: first,
  deadline_exhausted: first,
  proxy_overloaded: first,
  unforeseen: first,
  user_pool_not_found: first,
  scopes_missing: first,
  identity_providers_missing: first,
  refresh_settings_differ: first,
  clock_skewed: first,
  client_not_checked: first,
  regions_differ: second,
  secret_change_spreading: first,
  domain_path_wrong: first,
  request_changed_on_the_way: first,
  cognito_changed: first,
  distribution_in_front: first,
  code_expired: first,
  verifier_mismatch: first,
  code_of_another_client: first,
  scope_attributes_unreadable: first,
  resource_server_missing: first,
  identity_provider_attributes: first,
  refresh_token_expired: first,
  refresh_token_of_another_client: first,
  user_disabled_or_deleted: first,
  session_limit_reached: first,
  device_tracking: first,
  edge_key_missing: second,
  edge_key_mismatch: second,
  not_replicated_yet: second,
} as const satisfies Readonly<Record<PublicId, string>>

/** The release that brought each advice to a user; its ids are as stable. */
export const releasedAdvice = {
  sign_in_again: first,
  start_again: first,
  try_again: first,
  contact_support: first,
  report_app: first,
} as const satisfies Readonly<Record<UserAdvice, string>>

/** Ids that were released and are no longer used. */
export const deprecatedIds: Readonly<Record<string, DeprecatedId>> = {}
