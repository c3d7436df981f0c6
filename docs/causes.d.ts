// Generated from core/causes/: do not edit. The module has no dependencies and runs in browsers and in Node.js.

/** The id of a cause. Ids are stable: one may become deprecated, but none is renamed or removed. */
export type CauseId =
  | 'route_not_found'
  | 'method_not_allowed'
  | 'content_type_unsupported'
  | 'body_too_large'
  | 'body_malformed'
  | 'query_not_allowed'
  | 'parameter_missing'
  | 'parameter_repeated'
  | 'parameter_malformed'
  | 'grant_type_unsupported'
  | 'client_unknown'
  | 'caller_sent_credentials'
  | 'dpop_unsupported'
  | 'origin_not_allowed'
  | 'redirect_uri_not_allowed'
  | 'pkce_verifier_missing'
  | 'pkce_verifier_malformed'
  | 'edge_key_missing'
  | 'edge_key_mismatch'
  | 'csrf_header_missing'
  | 'sign_in_cookie_missing'
  | 'refresh_cookie_missing'
  | 'refresh_cookie_unreadable'
  | 'refresh_cookie_undecided'
  | 'client_secret_mismatch'
  | 'client_not_found'
  | 'client_has_no_secret'
  | 'client_rejected'
  | 'grant_not_allowed'
  | 'oauth_flows_disabled'
  | 'callback_not_registered'
  | 'client_unauthorized'
  | 'lambda_trigger_failed'
  | 'revocation_disabled'
  | 'cognito_request_rejected'
  | 'redirect_uri_mismatch'
  | 'code_already_used'
  | 'code_rejected'
  | 'refresh_token_rejected'
  | 'refresh_token_rotated_out'
  | 'refresh_token_revoked'
  | 'token_type_not_revocable'
  | 'cognito_throttled'
  | 'waf_blocked'
  | 'domain_not_found'
  | 'domain_of_another_pool'
  | 'cognito_unreachable'
  | 'cognito_timeout'
  | 'cognito_connection_lost'
  | 'cognito_error'
  | 'cognito_answer_unusable'
  | 'cognito_redirected'
  | 'secret_not_found'
  | 'secret_access_denied'
  | 'secret_malformed'
  | 'secret_throttled'
  | 'secret_unavailable'
  | 'config_invalid'
  | 'deadline_exhausted'
  | 'proxy_overloaded'
  | 'unforeseen'

/** The values of `error` in an answer of the proxy. */
export type OAuthError =
  | 'invalid_request'
  | 'unsupported_grant_type'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'temporarily_unavailable'
  | 'server_error'
  | 'invalid_grant'
  | 'unsupported_token_type'

/** What may be known in public of one cause. */
export interface AnsweredCause {
  readonly id: CauseId
  /** The HTTP status of the answer. */
  readonly status: number
  /** The status where a code was exchanged, if it differs. */
  readonly statusForCode?: number
  readonly error: OAuthError
  /** The beginning of `error_description`. */
  readonly description: string
  /** The same where a code was exchanged, if it differs. */
  readonly descriptionForCode?: string
  /** Who must act: the developer of the front end, the operator of the proxy, or AWS. */
  readonly fault: 'caller' | 'operator' | 'cognito'
  /** One sentence: what fixes it. */
  readonly fix: string
  /** What else it may be; empty unless the cause is undetermined. */
  readonly candidates: readonly string[]
}

/** What a front end has of a failed answer. */
export interface Answer {
  readonly status: number
  readonly error?: string | undefined
  readonly errorDescription?: string | undefined
  readonly errorUri?: string | undefined
}

/** The ids of all causes that a request can end with. */
export const causeIds: readonly CauseId[]

/** Tells whether a text is the id of a cause. */
export function isCauseId(text: string): text is CauseId

/** Looks up what may be known in public of one cause. */
export function describeCause(id: CauseId): AnsweredCause

/**
 * Finds the causes that an answer of the proxy can have: one, several that are answered alike, or none if the
 * answer is not the proxy's.
 */
export function findCauses(answer: Answer): readonly AnsweredCause[]

/** The id of one thing that the person in front of the screen can do. Ids are stable, as those of causes. */
export type UserAdvice =
  | 'sign_in_again'
  | 'start_again'
  | 'try_again'
  | 'contact_support'
  | 'report_app'

/** The languages of the sentences, by their tags of BCP 47. */
export type Language =
  | 'en'
  | 'de'
  | 'fr'
  | 'es'
  | 'ja'

/** What failed: the exchange of a code, or a refresh. */
export type Attempt = 'sign-in' | 'refresh'

/** What a sentence is made for. */
export interface Reader {
  /** A tag of BCP 47, such as `navigator.language`; English is the answer to any other language. */
  readonly language: string
  /** The header `x-request-id` of the answer. */
  readonly requestId?: string | undefined
}

/** The languages of the sentences. */
export const languages: readonly Language[]

/** The sentences; `{requestId}` stands for the request id. */
export const userTexts: Readonly<Record<UserAdvice, Readonly<Record<Language, string>>>>

/** Chooses what the person can do after a failed answer of the proxy. */
export function chooseUserAdvice(
  answer: Pick<Answer, 'status' | 'error'>,
  attempt: Attempt,
): UserAdvice

/** Makes the sentence for the person. Without a request id, its place has a dash. */
export function toUserText(advice: UserAdvice, reader: Reader): string

/** Finds the language of the sentences for a tag of BCP 47, such as `de` for `de-AT`. */
export function toLanguage(tag: string): Language
