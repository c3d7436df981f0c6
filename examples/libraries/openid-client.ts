import * as client from 'openid-client'
import { api, callback, clientId, home, proxy } from './settings.ts'

export const configuration = client.discovery(
  new URL(`${proxy}/.well-known/openid-configuration`),
  clientId,
  undefined,
  client.None(),
  // Only a proxy on the developer's own machine speaks plain HTTP.
  { execute: proxy.startsWith('http:') ? [client.allowInsecureRequests] : [] },
)

let accessToken = ''
let refreshToken = ''

/** Leaves for the user pool's sign-in page. */
export async function signIn(): Promise<void> {
  const begun = { state: client.randomState(), nonce: client.randomNonce() }
  const verifier = client.randomPKCECodeVerifier()
  sessionStorage.setItem('sign-in', JSON.stringify({ ...begun, verifier }))
  const address = client.buildAuthorizationUrl(await configuration, {
    ...begun,
    redirect_uri: callback,
    scope: 'openid email profile',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  location.assign(address)
}

/** To be called at the callback address. */
export async function finishSignIn(): Promise<void> {
  const { state, nonce, verifier } = JSON.parse(sessionStorage.getItem('sign-in') ?? '{}')
  sessionStorage.removeItem('sign-in')
  const tokens = await client.authorizationCodeGrant(await configuration, new URL(location.href), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  })
  keep(tokens)
}

/** Without rotation the refresh token stays the same, and none comes with a refresh. */
function keep(tokens: client.TokenEndpointResponse): void {
  accessToken = tokens.access_token
  refreshToken = tokens.refresh_token ?? refreshToken
}

export async function callApi(): Promise<unknown> {
  const request = [accessToken, new URL(api), 'GET'] as const
  const answer = await client.fetchProtectedResource(await configuration, ...request)
  return answer.json()
}

export async function refresh(): Promise<void> {
  keep(await client.refreshTokenGrant(await configuration, refreshToken))
}

/** Cognito's logout page wants a parameter of its own. */
export async function signOut(): Promise<void> {
  await client.tokenRevocation(await configuration, refreshToken)
  location.assign(client.buildEndSessionUrl(await configuration, { logout_uri: home }))
}

/** What the proxy said, where it did: the library reads a 4xx, and hands over a 5xx as it came. */
export async function explain(thrown: unknown) {
  const cause = thrown instanceof Error ? thrown.cause : undefined
  const isRead = thrown instanceof client.ResponseBodyError
  if (!isRead && !(cause instanceof Response)) return undefined
  const said = isRead ? thrown.cause : await (cause as Response).json()
  return { error: said['error'], description: said['error_description'], page: said['error_uri'] }
}
