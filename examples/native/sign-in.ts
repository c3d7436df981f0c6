// Signs in from a command line, as a native app does: in the user's browser, with PKCE and without a secret.
import { parseArgs } from 'node:util'
import * as oauth from 'oauth4webapi'
import { listenOnLoopback } from './loopback.ts'

/** What the app is shipped with; nothing of it is a secret. */
export interface Addresses {
  readonly proxy: string
  readonly issuer: string
  readonly clientId: string
  /** As registered at the app client and in the proxy's settings. */
  readonly redirectUris: readonly string[]
}

type Say = (line: string) => void
const print: Say = (line) => process.stdout.write(`${line}\n`)

/** Signs in, calls, refreshes and revokes; prints each result, and returns whether all succeeded. */
export function run(addresses: Addresses, say: Say = print): Promise<boolean> {
  return openSession(addresses, say)
    .then((session) => use(session, say))
    .then(
      () => true,
      (thrown: unknown) => {
        say(explain(thrown))
        return false
      },
    )
}

interface Session {
  readonly as: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly insecure: { readonly [oauth.allowInsecureRequests]: boolean }
  readonly tokens: oauth.TokenEndpointResponse
}

async function openSession({ proxy, issuer, clientId, redirectUris }: Addresses, say: Say) {
  // Only a proxy on the developer's own machine speaks plain HTTP.
  const insecure = { [oauth.allowInsecureRequests]: proxy.startsWith('http:') }
  const as = await oauth.processDiscoveryResponse(new URL(issuer), await askProxy(proxy))
  const client: oauth.Client = { client_id: clientId }
  const verifier = oauth.generateRandomCodeVerifier()
  const begun = { state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() }
  const loopback = await listenOnLoopback(redirectUris, begun.state)
  const address = new URL(as.authorization_endpoint ?? '')
  address.search = new URLSearchParams({
    ...begun,
    client_id: clientId,
    redirect_uri: loopback.redirectUri,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  say(`Open this address in your browser, and sign in:\n\n${address}\n`)
  const answer = await loopback.answer.finally(loopback.close)
  const callback = oauth.validateAuthResponse(as, client, answer, begun.state)
  const request = [as, client, oauth.None(), callback, loopback.redirectUri, verifier] as const
  const response = await oauth.authorizationCodeGrantRequest(...request, insecure)
  const expected = { expectedNonce: begun.nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, expected)
  return { as, client, insecure, tokens }
}

/** The proxy says where everything is, its own token endpoint included. */
function askProxy(proxy: string): Promise<Response> {
  return fetch(`${proxy}/.well-known/openid-configuration`).then(
    (answer) => answer,
    () => Promise.reject(new Error(`Nothing answers at ${proxy}.`)),
  )
}

async function use({ as, client, insecure, tokens }: Session, say: Say): Promise<void> {
  const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? ''
  const answer = await oauth.userInfoRequest(as, client, tokens.access_token, insecure)
  const user = await oauth.processUserInfoResponse(as, client, subject, answer)
  say(`Signed in as ${user.name} (${user.email}).`)

  const first = tokens.refresh_token ?? ''
  const request = [as, client, oauth.None(), first, insecure] as const
  const response = await oauth.refreshTokenGrantRequest(...request)
  const fresh = await oauth.processRefreshTokenResponse(as, client, response)
  // Without rotation none comes back, and the old one stays good.
  const newest = fresh.refresh_token ?? first
  const rotation = newest === first ? 'kept' : 'replaced'
  say(`Refreshed: tokens for ${fresh.expires_in} seconds; the refresh token was ${rotation}.`)

  const revocation = [as, client, oauth.None(), newest, insecure] as const
  await oauth.processRevocationResponse(await oauth.revocationRequest(...revocation))
  say('Signed out: the refresh token is revoked.')
}

/** What went wrong, in the words of whoever refused. */
function explain(thrown: unknown): string {
  if (thrown instanceof oauth.ResponseBodyError) {
    const id = thrown.response.headers.get('x-request-id')
    return `The proxy refused (${thrown.error}): ${thrown.error_description}\nRequest id: ${id}`
  }
  if (thrown instanceof oauth.AuthorizationResponseError) {
    return `The user pool refused (${thrown.error}): ${thrown.error_description ?? 'no more is said'}`
  }
  return thrown instanceof Error ? thrown.message : String(thrown)
}

if (import.meta.main) {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true } as const
  const options = { proxy: text, issuer: text, 'client-id': text, 'redirect-uri': texts }
  const { values } = parseArgs({ options })
  const { proxy = '', issuer = '', 'client-id': clientId = '' } = values
  const redirectUris = values['redirect-uri'] ?? []
  process.exitCode = (await run({ proxy, issuer, clientId, redirectUris })) ? 0 : 1
}
