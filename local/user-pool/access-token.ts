import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { SigningKey } from './signing-key.ts'

/** The parts of a granted access token that its JWT shows. */
export interface AccessTokenGrant {
  /** The provider's own opaque token; it becomes `jti`, so that revoking it is felt at userInfo. */
  readonly tokenId: string
  readonly sub: string
  readonly username: string
  readonly clientId: string
  readonly scope: string
  readonly authTimeSeconds: number
  readonly issuedAtSeconds: number
  readonly expiresAtSeconds: number
}

/** Signs an access token with the claims that Cognito's have: no `aud`, but `client_id` and `token_use`. */
export function signAccessToken(
  grant: AccessTokenGrant,
  issuer: string,
  key: SigningKey,
): Promise<string> {
  return new SignJWT({
    sub: grant.sub,
    client_id: grant.clientId,
    event_id: randomUUID(),
    token_use: 'access',
    scope: grant.scope,
    auth_time: grant.authTimeSeconds,
    username: grant.username,
    version: 2,
  })
    .setProtectedHeader({ kid: key.publicJwk.kid, alg: 'RS256' })
    .setIssuer(issuer)
    .setJti(grant.tokenId)
    .setIssuedAt(grant.issuedAtSeconds)
    .setExpirationTime(grant.expiresAtSeconds)
    .sign(key.privateKey)
}

/** Finds the provider's own token for an `Authorization` header with a JWT that was signed here. */
export async function tokenIdOf(
  authorization: string | undefined,
  issuer: string,
  key: SigningKey,
): Promise<string | undefined> {
  const jwt = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
  try {
    const { payload } = await jwtVerify(jwt, key.publicKey, { issuer, algorithms: ['RS256'] })
    return payload['token_use'] === 'access' ? payload.jti : undefined
  } catch {
    return undefined
  }
}
