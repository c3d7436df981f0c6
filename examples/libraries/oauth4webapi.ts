import * as oauth from 'oauth4webapi'
import { api, callback, clientId, home, issuer, proxy } from './settings.ts'

export const client: oauth.Client = { client_id: clientId }

export async function discover(): Promise<oauth.AuthorizationServer> {
  const answer = await fetch(`${proxy}/.well-known/openid-configuration`)
  return oauth.processDiscoveryResponse(new URL(issuer), answer)
}

/** Only a proxy on the developer's own machine speaks plain HTTP. */
const insecure = { [oauth.allowInsecureRequests]: proxy.startsWith('http:') }
const server = discover()
let accessToken = ''
let refreshToken = ''

/** Leaves for the user pool's sign-in page. */
export async function signIn(): Promise<void> {
  const begun = { state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() }
  const verifier = oauth.generateRandomCodeVerifier()
  sessionStorage.setItem('sign-in', JSON.stringify({ ...begun, verifier }))
  const address = new URL((await server).authorization_endpoint ?? '')
  address.search = new URLSearchParams({
    ...begun,
    client_id: clientId,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  location.assign(address)
}

/** To be called at the callback address. */
export async function finishSignIn(): Promise<void> {
  const { state, nonce, verifier } = JSON.parse(sessionStorage.getItem('sign-in') ?? '{}')
  sessionStorage.removeItem('sign-in')
  const as = await server
  const answer = oauth.validateAuthResponse(as, client, new URL(location.href), state)
  const request = [as, client, oauth.None(), answer, callback, verifier, insecure] as const
  const response = await oauth.authorizationCodeGrantRequest(...request)
  const expected = { expectedNonce: nonce, requireIdToken: true }
  keep(await oauth.processAuthorizationCodeResponse(as, client, response, expected))
}

/** Without rotation the refresh token stays the same, and none comes with a refresh. */
function keep(tokens: oauth.TokenEndpointResponse): void {
  accessToken = tokens.access_token
  refreshToken = tokens.refresh_token ?? refreshToken
}

export async function callApi(): Promise<unknown> {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await fetch(api, { headers })).json()
}

export async function refresh(): Promise<void> {
  const as = await server
  const request = [as, client, oauth.None(), refreshToken, insecure] as const
  const response = await oauth.refreshTokenGrantRequest(...request)
  keep(await oauth.processRefreshTokenResponse(as, client, response))
}

/** Cognito's logout page wants its own two parameters. */
export async function signOut(): Promise<void> {
  const as = await server
  const request = [as, client, oauth.None(), refreshToken, insecure] as const
  await oauth.processRevocationResponse(await oauth.revocationRequest(...request))
  const query = new URLSearchParams({ client_id: clientId, logout_uri: home })
  location.assign(`${as.end_session_endpoint}?${query}`)
}

/** What the proxy said, where it did: the library reads a 4xx, and hands over a 5xx as it came. */
export async function explain(thrown: unknown) {
  const cause = thrown instanceof Error ? thrown.cause : undefined
  const isRead = thrown instanceof oauth.ResponseBodyError
  if (!isRead && !(cause instanceof Response)) return undefined
  const said = isRead ? thrown.cause : await (cause as Response).json()
  return { error: said['error'], description: said['error_description'], page: said['error_uri'] }
}
