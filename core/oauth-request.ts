import type { Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import type { Secret } from './secret.ts'
import type { Client } from './settings/settings.ts'

/** A code exchange that may be sent on, its credentials sealed. */
export interface CodeRequest {
  readonly grantType: 'authorization_code'
  readonly client: Client
  readonly code: Secret
  readonly redirectUri: string
  readonly codeVerifier: Secret
  /** Whether the caller named a resource (RFC 8707), as it then did at sign-in; it is not passed on. */
  readonly namesResource?: true
}

/** A code exchange of a client in cookie mode: the verifier that Cognito expects is in one of the cookies. */
export interface BoundRequest extends CodeRequest {
  /** The proxy's verifiers of the sign-ins that this browser has begun, by the front end's challenge. */
  readonly signIns: ReadonlyMap<string, Secret>
}

/** A token request that may be sent on, its credentials sealed. */
export type TokenRequest =
  | CodeRequest
  | {
      readonly grantType: 'refresh_token'
      readonly client: Client
      readonly refreshToken: Secret
    }

/** A request to revoke a refresh token; it has no grant. */
export interface RevocationRequest {
  readonly grantType: undefined
  readonly client: Client
  readonly token: Secret
}

/** A refresh or a revocation whose refresh token is still sealed in its cookie. */
export interface SealedRequest {
  /** Undefined for a revocation. */
  readonly grantType: 'refresh_token' | undefined
  readonly client: Client
  /** The text of the cookie, as it came. */
  readonly sealed: string
}

/** Gives a sealed request the token that was in its cookie. */
export function toOpened({ grantType, client }: SealedRequest, token: Secret): OAuthRequest {
  return grantType === undefined
    ? { grantType, client, token }
    : { grantType, client, refreshToken: token }
}

/** A request of either kind. */
export type OAuthRequest = TokenRequest | RevocationRequest

/** A judged request: who asked for what, as far as it could be read, and whether it may go on. */
export interface JudgedRequest {
  /** The alias of a configured client, or `unknown`. */
  readonly client: string
  readonly grantType: GrantType | undefined
  readonly result: Result<OAuthRequest | SealedRequest | BoundRequest>
}

/**
 * Rebuilds the parameters that Cognito gets, from named fields alone: nothing else of the caller's
 * travels on, `scope`, `resource` and `aws_client_metadata` included.
 *
 * @see RFC 6749 sections 4.1.3 and 6; RFC 7009 section 2.1
 */
export function toUpstreamParameters(request: OAuthRequest): Readonly<Record<string, string>> {
  const clientId = { client_id: request.client.clientId }
  if (request.grantType === undefined) return { token: request.token.reveal(), ...clientId }
  const named = { grant_type: request.grantType, ...clientId }
  if (request.grantType === 'refresh_token') {
    return { ...named, refresh_token: request.refreshToken.reveal() }
  }
  return {
    ...named,
    code: request.code.reveal(),
    redirect_uri: request.redirectUri,
    code_verifier: request.codeVerifier.reveal(),
  }
}
