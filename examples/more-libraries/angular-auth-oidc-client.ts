import { HttpErrorResponse, provideHttpClient } from '@angular/common/http'
import { createApplication } from '@angular/platform-browser'
import {
  OidcSecurityService,
  type OpenIdConfiguration,
  provideAuth,
} from 'angular-auth-oidc-client'
import { firstValueFrom } from 'rxjs'
import { api, callback, clientId, home, proxy } from '../libraries/settings.ts'

export const configuration: OpenIdConfiguration = {
  authority: proxy,
  clientId,
  redirectUrl: callback,
  postLogoutRedirectUri: home,
  responseType: 'code',
  scope: 'openid email profile',
  useRefreshToken: true,
  // Without rotation, no refresh token comes with a refresh: the library keeps the old one.
  allowUnsafeReuseRefreshToken: true,
  // An ID token that comes with a refresh may repeat the nonce of the sign-in.
  ignoreNonceAfterRefresh: true,
  // The issuer stays the user pool, which is not where the document was read.
  strictIssuerValidationOnWellKnownRetrievalOff: true,
}

/** In a component, `inject(OidcSecurityService)` is the same. */
const service = createApplication({
  providers: [provideHttpClient(), provideAuth({ config: configuration })],
}).then(({ injector }) => injector.get(OidcSecurityService))

/** Leaves for the user pool's sign-in page. */
export const signIn = async () => (await service).authorize()

/** To be called at the callback address. */
export async function finishSignIn(): Promise<void> {
  const { isAuthenticated, errorMessage } = await firstValueFrom((await service).checkAuth())
  if (!isAuthenticated) throw new Error(errorMessage)
}

export async function callApi(): Promise<unknown> {
  const accessToken = await firstValueFrom((await service).getAccessToken())
  return (await fetch(api, { headers: { authorization: `Bearer ${accessToken}` } })).json()
}

export const refresh = async () => firstValueFrom((await service).forceRefreshSession())

/** `logoffAndRevokeTokens` would revoke the access token too, which Cognito refuses. */
export async function signOut(): Promise<void> {
  const oidc = await service
  await firstValueFrom(oidc.revokeRefreshToken())
  await firstValueFrom(oidc.logoff())
}

/** What the proxy reports. */
export function explain(thrown: unknown) {
  if (!(thrown instanceof HttpErrorResponse)) return undefined
  const { error, error_description, error_uri } = thrown.error
  return { error, description: error_description, page: error_uri }
}
