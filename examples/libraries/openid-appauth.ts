import {
  AppAuthError,
  AuthorizationNotifier,
  AuthorizationRequest,
  AuthorizationServiceConfiguration,
  BaseTokenRequestHandler,
  BasicQueryStringUtils,
  FetchRequestor,
  type LocationLike,
  RedirectRequestHandler,
  RevokeTokenRequest,
  TokenRequest,
  type TokenResponse,
} from '@openid/appauth'
import { api, callback, clientId, home, proxy } from './settings.ts'

export const requestor = new FetchRequestor()
export const configuration = AuthorizationServiceConfiguration.fetchFromIssuer(proxy, requestor)

/** The library looks for the code behind `#`; a code comes in the query. */
class QueryInSearch extends BasicQueryStringUtils {
  override parse(input: LocationLike) {
    return this.parseQueryString(input.search)
  }
}

const redirects = new RedirectRequestHandler(undefined, new QueryInSearch())
const requests = new BaseTokenRequestHandler(requestor)
const ourselves = { client_id: clientId, redirect_uri: callback }
let tokens: TokenResponse | undefined

/** Leaves for the user pool's sign-in page. */
export async function signIn(): Promise<void> {
  const scope = 'openid email profile'
  const request = new AuthorizationRequest({ ...ourselves, scope, response_type: 'code' })
  redirects.performAuthorizationRequest(await configuration, request)
}

/** To be called at the callback address. */
export async function finishSignIn(): Promise<void> {
  const { code, verifier } = await takeCode()
  const request = new TokenRequest({
    ...ourselves,
    grant_type: 'authorization_code',
    code,
    extras: { code_verifier: verifier },
  })
  tokens = await requests.performTokenRequest(await configuration, request)
}

function takeCode(): Promise<{ readonly code: string; readonly verifier: string }> {
  return new Promise((resolve, reject) => {
    const notifier = new AuthorizationNotifier()
    notifier.setAuthorizationListener((request, response, error) => {
      if (response === null) return reject(error ?? new Error('no sign-in was begun here'))
      resolve({ code: response.code, verifier: request.internal?.['code_verifier'] ?? '' })
    })
    redirects.setAuthorizationNotifier(notifier)
    redirects.completeAuthorizationRequestIfPossible()
  })
}

export async function callApi(): Promise<unknown> {
  const headers = { authorization: `Bearer ${tokens?.accessToken}` }
  return (await fetch(api, { headers })).json()
}

/** Without rotation the refresh token stays, and none comes with the answer. */
export async function refresh(): Promise<void> {
  const old = tokens?.refreshToken ?? ''
  const request = { ...ourselves, grant_type: 'refresh_token', refresh_token: old }
  tokens = await requests.performTokenRequest(await configuration, new TokenRequest(request))
  tokens.refreshToken ??= old
}

/** The library has no sign-out: Cognito's logout page wants its own two parameters. */
export async function signOut(): Promise<void> {
  const token = tokens?.refreshToken ?? ''
  const request = new RevokeTokenRequest({ token, client_id: clientId })
  const { endSessionEndpoint } = await configuration
  await requests.performRevokeTokenRequest(await configuration, request)
  const query = new URLSearchParams({ client_id: clientId, logout_uri: home })
  location.assign(`${endSessionEndpoint}?${query}`)
}

/** All that the library tells: the status of the answer. What the proxy said stands in the network log. */
export function explain(thrown: unknown) {
  return thrown instanceof AppAuthError ? { error: thrown.message, description: '' } : undefined
}
