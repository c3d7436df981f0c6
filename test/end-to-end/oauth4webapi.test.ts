import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  customFetch,
  discoveryRequest,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  processRefreshTokenResponse,
  ResponseBodyError,
  refreshTokenGrantRequest,
  type TokenEndpointRequestOptions,
  validateApplicationLevelSignature,
  validateAuthResponse,
} from 'oauth4webapi'
import { openWorld, type World } from '../../local/world.ts'
import { signInByFetch } from '../fixtures/end-to-end/sign-in-by-fetch.ts'

const client: Client = { client_id: '7demo0rotating1example3344' }

let world: World
let server: AuthorizationServer
let redirectUri: string
let options: TokenEndpointRequestOptions

/** The embedded world speaks plain HTTP, on loopback only. */
const insecure = { [allowInsecureRequests]: true } as const

before(async () => {
  world = await openWorld({ port: 0 })
  const origin = world.frontEnd.url
  redirectUri = `${origin}/callback`
  options = {
    ...insecure,
    // A browser names the page's origin by itself.
    [customFetch]: (address, init) =>
      fetch(address, { ...init, headers: { ...init.headers, origin } }),
  }
  const issuer = new URL(world.userPool.issuer)
  const metadata = await processDiscoveryResponse(issuer, await discoveryRequest(issuer, insecure))
  // The one line that a front end changes: the proxy instead of the user pool.
  server = { ...metadata, token_endpoint: `${world.gateway.url}/oauth2/token` }
})

after(() => world.close())

/** Goes through the sign-in page, and gives what an exchange needs. */
async function signIn() {
  const verifier = generateRandomCodeVerifier()
  const nonce = generateRandomNonce()
  const state = generateRandomState()
  const address = new URL(server.authorization_endpoint ?? '')
  address.search = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid email',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
  }).toString()
  const answer = await signInByFetch(address, redirectUri)
  return { callback: validateAuthResponse(server, client, answer, state), verifier, nonce }
}

const exchange = ({ callback, verifier }: Awaited<ReturnType<typeof signIn>>) =>
  authorizationCodeGrantRequest(server, client, None(), callback, redirectUri, verifier, options)

const refresh = (token: string) => refreshTokenGrantRequest(server, client, None(), token, options)

test('oauth4webapi as npm delivers it signs in and refreshes, and finds both ID tokens valid', async () => {
  const begun = await signIn()
  const response = await exchange(begun)
  const tokens = await processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: begun.nonce,
    requireIdToken: true,
  })
  await validateApplicationLevelSignature(server, response, insecure)

  const again = await refresh(tokens.refresh_token ?? '')
  const renewed = await processRefreshTokenResponse(server, client, again)
  await validateApplicationLevelSignature(server, again, insecure)
  assert.notEqual(renewed.access_token, tokens.access_token)
  assert.ok(renewed.id_token)
  assert.ok(renewed.refresh_token, 'the rotated refresh token is handed on')
  assert.notEqual(renewed.refresh_token, tokens.refresh_token)
})

test("a refused code reaches oauth4webapi as invalid_grant in the proxy's own words (RFC 6749 §5.2)", async () => {
  const begun = await signIn()
  await (await exchange(begun)).body?.cancel()
  const replayed = processAuthorizationCodeResponse(server, client, await exchange(begun))
  await assert.rejects(replayed, (thrown) => {
    assert.ok(thrown instanceof ResponseBodyError)
    assert.equal(thrown.status, 400)
    assert.equal(thrown.error, 'invalid_grant')
    assert.match(thrown.error_description ?? '', /^This authorization code was exchanged before/)
    return true
  })
})

test('a refused refresh token reaches oauth4webapi as invalid_grant too', async () => {
  const refused = processRefreshTokenResponse(server, client, await refresh('of-another-day'))
  await assert.rejects(refused, (thrown) => {
    assert.ok(thrown instanceof ResponseBodyError)
    assert.equal(thrown.error, 'invalid_grant')
    assert.match(thrown.error_description ?? '', /^Cognito refused the refresh token\. /)
    return true
  })
})
