import { isOidcError, OidcClient, type OidcConfiguration } from '@axa-fr/oidc-client'
import { api, callback, clientId, home, proxy } from '../libraries/settings.ts'

export const configuration: OidcConfiguration = {
  authority: proxy,
  client_id: clientId,
  redirect_uri: callback,
  scope: 'openid email profile',
  // Cognito revokes refresh tokens only.
  logout_tokens_to_invalidate: ['refresh_token'],
}

const client = OidcClient.getOrCreate(() => fetch)(configuration)

/** Leaves for the user pool's sign-in page. */
export const signIn = () => client.loginAsync()

/** To be called at the callback address. */
export const finishSignIn = () => client.loginCallbackAsync()

export async function callApi(): Promise<unknown> {
  return (await client.fetchWithTokens(fetch)(api)).json()
}

export const refresh = () => client.renewTokensOrThrowAsync()

/** Revokes, and leaves for the logout page. */
export const signOut = () => client.logoutAsync(home)

/** What the proxy reports, without the address of the cause's page. */
export function explain(thrown: unknown) {
  if (!isOidcError(thrown)) return undefined
  const { oauthError, oauthErrorDescription } = thrown
  return { error: oauthError, description: oauthErrorDescription, page: undefined }
}
