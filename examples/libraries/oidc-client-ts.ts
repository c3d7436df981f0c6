import { ErrorResponse, UserManager } from 'oidc-client-ts'
import { api, callback, clientId, home, proxy } from './settings.ts'

export const users = new UserManager({
  authority: proxy,
  client_id: clientId,
  redirect_uri: callback,
  scope: 'openid email profile',
  // Cognito revokes refresh tokens only.
  revokeTokenTypes: ['refresh_token'],
})

/** Leaves for the user pool's sign-in page. */
export const signIn = () => users.signinRedirect()

/** To be called at the callback address. */
export const finishSignIn = () => users.signinCallback()

export async function callApi(): Promise<unknown> {
  const user = await users.getUser()
  const answer = await fetch(api, { headers: { authorization: `Bearer ${user?.access_token}` } })
  return answer.json()
}

export const refresh = () => users.signinSilent()

/** Cognito's logout page wants its own two parameters. */
export async function signOut(): Promise<void> {
  await users.revokeTokens()
  await users.signoutRedirect({ extraQueryParams: { client_id: clientId, logout_uri: home } })
}

/** What the proxy said, where it did. */
export function explain(thrown: unknown) {
  if (!(thrown instanceof ErrorResponse)) return undefined
  const { error, error_description, error_uri } = thrown
  return { error, description: error_description, page: error_uri }
}
