import { type OAuthRequest, toUpstreamParameters } from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'

const secret = new Secret('s3cret')

export const revealed: string = secret.reveal()
// @ts-expect-error: a secret is no text
export const text: string = secret
// @ts-expect-error: a text is no secret
export const sealed: Secret = 's3cret'
// @ts-expect-error: an object that only looks like one is no secret
export const lookalike: Secret = { ...secret, reveal: () => 's3cret' }
// @ts-expect-error: a secret is compared with a secret alone
secret.equals('s3cret')
// @ts-expect-error: the value has no other way out
export const value = secret.value

/** A request's credentials are sealed, so that none can be sent on by mistake. */
export function toParameters(request: OAuthRequest): Readonly<Record<string, string>> {
  if (request.grantType === 'authorization_code') {
    // @ts-expect-error: a code is sealed
    const code: string = request.code
    // @ts-expect-error: a verifier is sealed
    const verifier: string = request.codeVerifier
    // @ts-expect-error: a code exchange has no refresh token
    const none = request.refreshToken
    return { ...toUpstreamParameters(request), code, verifier, none }
  }
  if (request.grantType === undefined) {
    // @ts-expect-error: a token to revoke is sealed
    const token: string = request.token
    // @ts-expect-error: a revocation has no code
    const none = request.code
    return { ...toUpstreamParameters(request), token, none }
  }
  // @ts-expect-error: a refresh token is sealed
  const token: string = request.refreshToken
  return { ...toUpstreamParameters(request), token }
}
