/** Who must act on a failure: the front end's developer, the deployment's operator, or nobody but Cognito. */
export type Fault = 'caller' | 'operator' | 'cognito'

/** How sure the proxy is of a cause. */
export type Certainty = 'proved' | 'likely' | 'undetermined'

/** The wire's `error` values, registered for token responses and for RFC 6749 section 4.1.2.1. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'
  | 'server_error'
  | 'temporarily_unavailable'

/** The grants that the proxy carries; every other one is refused. */
export const grantTypes = ['authorization_code', 'refresh_token'] as const
/** A grant that the proxy carries. */
export type GrantType = (typeof grantTypes)[number]

/** Everything that may be known about one exchange, in the units of the names. */
export interface Facts {
  readonly attempts: number
  readonly upstreamMs: number
  readonly upstreamStatus: number
  readonly upstreamError: UpstreamError
  readonly upstreamRequestId: string
  readonly secretMs: number
  readonly secretSource: SecretSource
  readonly secretAgeSeconds: number
  readonly remainingMs: number
}

/** Where the client secret of an exchange came from. */
export type SecretSource = 'cache' | 'fetched' | 'stale'

/** The values of `error` that Cognito is known to send; `other` stands for every other text. */
export const upstreamErrors = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_token_type',
  'invalid_scope',
  'other',
] as const
/** What the record says of Cognito's `error`, whatever text that was. */
export type UpstreamError = (typeof upstreamErrors)[number]

/** One row of the catalogue: a thing that can go wrong, as seen by whoever must act. */
export interface Cause {
  readonly status: number
  readonly error: OAuthError
  /** The whole text that the caller gets: fixed, and within RFC 6749 section 5.2's characters. */
  readonly description: string
  /** What a failed code exchange is answered with instead, where it differs from a refresh. */
  readonly forCode?: { readonly status?: number; readonly description: string }
  /** Closed variants: a slug for the record and one more fixed sentence for the caller. */
  readonly details?: Readonly<Record<string, string>>
  /** Closed slugs for the record alone: what was seen. */
  readonly evidence?: readonly string[]
  readonly fault: Fault
  /** What else it could be, the most often met first; only where the cause is undetermined. */
  readonly candidates?: readonly string[]
  /** What it could be only for some requests; named where it can. */
  readonly rareCandidates?: readonly string[]
  /** What the record of such a failure may carry. */
  readonly facts: readonly (keyof Facts)[]
  /** Tells somebody when it is met this often within the window. */
  readonly alarm?: { readonly atLeast: number; readonly withinSeconds: number }
  /** A refusal that no configured front end brings about: many of them are an attack, or a lost setting. */
  readonly suspect?: true
  /** One sentence: what mends it. */
  readonly fix: string
}

/** The facts of a call that reached Cognito and of the secret it was made with. */
export const exchangeFacts = [
  'attempts',
  'upstreamMs',
  'upstreamStatus',
  'upstreamError',
  'upstreamRequestId',
  'secretMs',
  'secretSource',
  'secretAgeSeconds',
  'remainingMs',
] as const satisfies readonly (keyof Facts)[]

/** The facts of an exchange that ended before Cognito was asked. */
export const secretFacts = ['secretMs', 'remainingMs'] as const satisfies readonly (keyof Facts)[]
