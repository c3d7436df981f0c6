import { createHash, randomBytes } from 'node:crypto'
import { fail, type Result } from '../core/causes/catalogue.ts'
import type { BoundRequest, CodeRequest } from '../core/oauth-request.ts'
import { Secret } from '../core/secret.ts'
import type { ProxyPair } from '../core/sign-in-cookie.ts'

/** Makes the proxy's own verifier and challenge for one sign-in; 256 bits, as RFC 7636 section 7.1 asks. */
export function makeProxyPair(): ProxyPair {
  const verifier = new Secret(randomBytes(32).toString('base64url'))
  return { verifier, challenge: toChallenge(verifier) }
}

/** Makes the S256 challenge of a verifier (RFC 7636 section 4.2). */
export function toChallenge(verifier: Secret): string {
  return createHash('sha256').update(verifier.reveal()).digest('base64url')
}

/** A code exchange with the verifier that Cognito expects, and the front end's challenge. */
export interface FoundSignIn {
  readonly request: CodeRequest
  readonly challenge: string
}

/**
 * Finds the cookie of the sign-in that a code exchange ends, by the challenge of the front end's verifier:
 * a wrong verifier finds none. Fails with `sign_in_cookie_missing`.
 */
export function findSignIn({ signIns, ...exchange }: BoundRequest): Result<FoundSignIn> {
  const challenge = toChallenge(exchange.codeVerifier)
  const codeVerifier = signIns.get(challenge)
  if (codeVerifier === undefined) return fail('sign_in_cookie_missing')
  return { ok: true, value: { request: { ...exchange, codeVerifier }, challenge } }
}
