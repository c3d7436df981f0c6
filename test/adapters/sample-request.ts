import type { Explanations } from '../../adapters/explanation.ts'
import type { TokenRequest } from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'
import type { Client } from '../../core/settings.ts'
import { toClient } from '../core/sample-client.ts'

/** A judged code exchange. */
export function toCodeRequest(changes: Partial<Client> = {}): TokenRequest {
  return {
    grantType: 'authorization_code',
    client: toClient(changes),
    code: new Secret('code-1'),
    redirectUri: 'https://shop.example.com/callback',
    codeVerifier: new Secret('v'.repeat(43)),
  }
}

/** A judged refresh. */
export function toRefreshRequest(changes: Partial<Client> = {}): TokenRequest {
  return {
    grantType: 'refresh_token',
    client: toClient(changes),
    refreshToken: new Secret('refresh-1'),
  }
}

/** Explanations that add nothing: each result is what it was. */
export const noExplanations: Explanations = {
  begin: () => ({ end: async (result) => result }),
}
