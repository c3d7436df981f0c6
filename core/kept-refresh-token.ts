import type { OAuthRequest } from './oauth-request.ts'
import type { TokenResult } from './token-response.ts'

/**
 * Hands the unchanged refresh token back where Cognito sends none and the client's settings ask for it: without
 * rotation there is none in the answer to a refresh, and some libraries then forget the one that they had.
 *
 * @see RFC 6749 section 6: a new refresh token is optional, and the old one stays valid without
 */
export function withKeptRefreshToken(request: OAuthRequest, result: TokenResult): TokenResult {
  if (!result.ok || result.value === undefined) return result
  if (request.grantType !== 'refresh_token' || !request.client.repeatRefreshToken) return result
  const refresh_token = result.value.refresh_token ?? request.refreshToken.reveal()
  return { ok: true, value: { ...result.value, refresh_token } }
}
