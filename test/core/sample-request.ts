import type {
  OAuthRequest,
  RevocationRequest,
  SealedRequest,
  TokenRequest,
} from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'
import { toClient } from './sample-client.ts'

const client = toClient()

/** A code exchange that may go on. */
export const codeRequest: TokenRequest = {
  grantType: 'authorization_code',
  client,
  code: new Secret('code-1'),
  redirectUri: 'https://shop.example.com/callback',
  codeVerifier: new Secret('v'.repeat(43)),
}

/** A refresh that may go on. */
export const refreshRequest: TokenRequest = {
  grantType: 'refresh_token',
  client,
  refreshToken: new Secret('refresh-1'),
}

/** A request that is no cookie's: what a test of the parameters wants. */
export function toPlain(request: OAuthRequest | SealedRequest): OAuthRequest {
  if ('sealed' in request) throw new TypeError('the token is sealed in a cookie')
  return request
}

/** A revocation that may go on. */
export const revocationRequest: RevocationRequest = {
  grantType: undefined,
  client,
  token: new Secret('refresh-1'),
}
