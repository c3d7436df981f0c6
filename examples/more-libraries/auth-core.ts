import type { AuthConfig } from '@auth/core'
import Cognito from '@auth/core/providers/cognito'

/** What the server is told by its environment. */
export interface AuthSettings {
  readonly proxy: string
  readonly domain: string
  readonly issuer: string
  readonly clientId: string
  /** Encrypts the session cookie; it has nothing to do with the app client. */
  readonly authSecret: string
}

/** The redirect URI is `/auth/callback/cognito`; in Next.js, `/api/auth/callback/cognito`. */
export function toConfiguration(settings: AuthSettings): AuthConfig {
  const { proxy, domain, issuer, clientId, authSecret } = settings
  return {
    basePath: '/auth',
    secret: authSecret,
    trustHost: true,
    providers: [
      Cognito({
        clientId,
        issuer,
        client: { token_endpoint_auth_method: 'none' },
        checks: ['pkce', 'state', 'nonce'],
        // With both, the provider does not ask the user pool for its document.
        authorization: {
          url: `${domain}/oauth2/authorize`,
          params: { scope: 'openid email profile' },
        },
        token: `${proxy}/oauth2/token`,
        userinfo: `${domain}/oauth2/userInfo`,
      }),
    ],
  }
}
