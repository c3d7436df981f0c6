import { createOidc, oidcEarlyInit, type ParamsOfCreateOidc } from 'oidc-spa/core'
import { api, callback, clientId, home, proxy } from '../libraries/settings.ts'

export const configuration: ParamsOfCreateOidc = {
  issuerUri: proxy,
  clientId,
  scopes: ['email', 'profile'],
  // This is the redirect URI, too: register it at the app client and at the proxy, with the slash.
  BASE_URL: home,
  // The sign-in pages cannot be shown in a frame.
  sessionRestorationMethod: 'full page redirect',
}

// It takes the code out of the address before anything else runs. Its Vite plugin does the same.
oidcEarlyInit({ BASE_URL: home })

const opened = createOidc(configuration)

/** Leaves for the user pool's sign-in page; afterwards the library shows the page at `redirectUrl`. */
export async function signIn(): Promise<void> {
  const oidc = await opened
  if (!oidc.isUserLoggedIn) await oidc.login({ redirectUrl: callback })
}

/** The library has exchanged the code when it opens. */
export async function finishSignIn() {
  const oidc = await opened
  if (!oidc.isUserLoggedIn) throw oidc.initializationError ?? new Error('not signed in')
  return oidc
}

export async function callApi(): Promise<unknown> {
  const { accessToken } = await (await finishSignIn()).getTokens()
  return (await fetch(api, { headers: { authorization: `Bearer ${accessToken}` } })).json()
}

export const refresh = async () => (await finishSignIn()).renewTokens()

/** It does not revoke; these lines do. */
export async function signOut(): Promise<void> {
  const oidc = await finishSignIn()
  const { refreshToken = '' } = await oidc.getTokens()
  const body = new URLSearchParams({ token: refreshToken, client_id: clientId })
  await fetch(`${proxy}/oauth2/revoke`, { method: 'POST', body })
  await oidc.logout({ redirectTo: 'home' })
}

/** The library passes on its own message only. */
export const explain = (_thrown: unknown) => undefined
