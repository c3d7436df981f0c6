import { HttpErrorResponse, provideHttpClient } from '@angular/common/http'
import { createApplication } from '@angular/platform-browser'
import { type AuthConfig, OAuthService, provideOAuthClient } from 'angular-oauth2-oidc'
import { api, callback, clientId, home, issuer, proxy } from './settings.ts'

export const configuration: AuthConfig = {
  issuer,
  clientId,
  redirectUri: callback,
  responseType: 'code',
  scope: 'openid email profile',
  // Cognito's endpoints do not begin with its issuer.
  strictDiscoveryDocumentValidation: false,
  // Only a proxy on the developer's own machine speaks plain HTTP.
  requireHttps: !proxy.startsWith('http:'),
}

export const discoveryDocument = `${proxy}/.well-known/openid-configuration`

/** In a component, `inject(OAuthService)` is the same. */
export const service = openService()

async function openService(): Promise<OAuthService> {
  const { injector } = await createApplication({
    providers: [provideHttpClient(), provideOAuthClient()],
  })
  const oauth = injector.get(OAuthService)
  oauth.configure(configuration)
  await oauth.loadDiscoveryDocument(discoveryDocument)
  return oauth
}

/** Leaves for the user pool's sign-in page. */
export const signIn = async () => (await service).initCodeFlow()

/** To be called at the callback address. */
export const finishSignIn = async () => (await service).tryLoginCodeFlow()

export async function callApi(): Promise<unknown> {
  const headers = { authorization: `Bearer ${(await service).getAccessToken()}` }
  return (await fetch(api, { headers })).json()
}

export const refresh = async () => (await service).refreshToken()

/**
 * Revoked by hand: `revokeTokenAndLogout` sends the access token too, which Cognito refuses to revoke.
 * Cognito's logout page wants its own two parameters.
 */
export async function signOut(): Promise<void> {
  const oauth = await service
  const token = oauth.getRefreshToken()
  const body = new URLSearchParams({ token, client_id: clientId })
  await fetch(oauth.revocationEndpoint ?? '', { method: 'POST', body })
  oauth.logOut({ client_id: clientId, logout_uri: home })
}

/** What the proxy said, where it did. */
export function explain(thrown: unknown) {
  if (!(thrown instanceof HttpErrorResponse)) return undefined
  const { error, error_description, error_uri } = thrown.error
  return { error, description: error_description, page: error_uri }
}
