import {
  generateCodeVerifier,
  OAuth2Client,
  OAuth2HttpError,
  type OAuth2Token,
} from '@badgateway/oauth2-client'
import { api, callback, clientId, domain, home, proxy } from './settings.ts'

export const client = new OAuth2Client({
  server: proxy,
  clientId,
  discoveryEndpoint: `${proxy}/.well-known/openid-configuration`,
})

let tokens: OAuth2Token | undefined

/** Leaves for the user pool's sign-in page. */
export async function signIn(): Promise<void> {
  const begun = { state: crypto.randomUUID(), codeVerifier: await generateCodeVerifier() }
  sessionStorage.setItem('sign-in', JSON.stringify(begun))
  const scope = ['openid', 'email', 'profile']
  const request = { ...begun, redirectUri: callback, scope }
  location.assign(await client.authorizationCode.getAuthorizeUri(request))
}

/** To be called at the callback address. */
export async function finishSignIn(): Promise<void> {
  const begun = JSON.parse(sessionStorage.getItem('sign-in') ?? '{}')
  sessionStorage.removeItem('sign-in')
  const request = { ...begun, redirectUri: callback }
  tokens = await client.authorizationCode.getTokenFromCodeRedirect(location.href, request)
}

export async function callApi(): Promise<unknown> {
  const headers = { authorization: `Bearer ${tokens?.accessToken}` }
  return (await fetch(api, { headers })).json()
}

export async function refresh(): Promise<void> {
  if (tokens !== undefined) tokens = await client.refreshToken(tokens)
}

/** The library knows nothing of sign-out pages: Cognito's is written out. */
export async function signOut(): Promise<void> {
  if (tokens !== undefined) await client.revoke(tokens, 'refresh_token')
  const query = new URLSearchParams({ client_id: clientId, logout_uri: home })
  location.assign(`${domain}/logout?${query}`)
}

/** What the proxy said, where it did; the description stands in the message, too. */
export function explain(thrown: unknown) {
  if (!(thrown instanceof OAuth2HttpError)) return undefined
  const { error, error_description, error_uri } = thrown.parsedBody
  return { error, description: error_description, page: error_uri }
}
