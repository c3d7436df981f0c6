// Libraries that run in Node.js, as npm delivers them, with the files that the guide shows.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Auth } from '@auth/core'
import { auth } from '@modelcontextprotocol/sdk/client/auth.js'
import { toConfiguration } from '../../examples/more-libraries/auth-core.ts'
import { toProvider } from '../../examples/more-libraries/mcp-sdk.ts'
import { toClient } from '../../examples/more-libraries/simple-oauth2.ts'
import { listenOnLocalhost } from '../../local/front-end/localhost.ts'
import { demoClients } from '../../local/world-config.ts'
import { openPoolWorld, type PoolWorld } from '../fixtures/end-to-end/pool-world.ts'
import { signInByFetch } from '../fixtures/end-to-end/sign-in-by-fetch.ts'

const { clientId = '', redirectUris = [] } = demoClients.find(({ name }) => name === 'native') ?? {}
const callback = redirectUris[0] ?? ''
/** Where Auth.js expects the user back. */
const authOrigin = 'http://127.0.0.1:8804'
const authCallback = `${authOrigin}/auth/callback/cognito`

let world: PoolWorld

before(async () => {
  world = await openPoolWorld({
    settings: (client) => ({ ...client, redirectUris: [...client.redirectUris, authCallback] }),
  })
  const client = world.config.appClients.find((one) => one.clientId === clientId)
  client?.callbackUrls.push(authCallback)
})
after(() => world.close())

/** The paths at the user pool that the proxy asked since then. */
const pathsSince = (count: number) => world.userPool.calls.slice(count).map(({ path }) => path)

test('the MCP SDK finds the proxy from the MCP server, signs in with an app client of its own and refreshes', async (t) => {
  const mcp = await listenOnLocalhost((request, response) => {
    const isMetadata = request.url === '/.well-known/oauth-protected-resource/mcp'
    response.writeHead(isMetadata ? 200 : 404, { 'content-type': 'application/json' })
    const resource = `http://localhost:${mcp.port}/mcp`
    response.end(JSON.stringify({ resource, authorization_servers: [world.proxyUrl] }))
  }, 0)
  t.after(() => mcp.close())
  const serverUrl = `http://localhost:${mcp.port}/mcp`
  const opened: URL[] = []
  const openBrowser = (address: URL) => void opened.push(address)
  const provider = toProvider({ clientId, callback, openBrowser })
  const callsBefore = world.userPool.calls.length

  assert.equal(await auth(provider, { serverUrl }), 'REDIRECT')
  const [address] = opened
  assert.ok(address)
  const back = await signInByFetch(address, callback)
  const authorizationCode = back.searchParams.get('code') ?? ''
  assert.equal(await auth(provider, { serverUrl, authorizationCode }), 'AUTHORIZED')
  const first = await provider.tokens()
  assert.equal(await auth(provider, { serverUrl }), 'AUTHORIZED')
  const second = await provider.tokens()
  assert.notEqual(second?.access_token, first?.access_token)
  assert.deepEqual(pathsSince(callsBefore), ['/oauth2/token', '/oauth2/token'])
})

/** Signs in with simple-oauth2, which leaves PKCE to the app. */
async function signInSimply() {
  const { proxyUrl, userPool } = world
  const client = toClient({ proxy: proxyUrl, domain: userPool.domainUrl, clientId })
  const verifier = randomBytes(32).toString('base64url')
  // The library passes on what its types do not know.
  const pkce = {
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  const scope = 'openid email'
  const address = client.authorizeURL({ redirect_uri: callback, scope, state: 'abc', ...pkce })
  const back = await signInByFetch(new URL(address), callback)
  const code = back.searchParams.get('code') ?? ''
  return client.getToken({ code, redirect_uri: callback, ...{ code_verifier: verifier } })
}

test('simple-oauth2 signs in, refreshes and revokes with its empty secret (RFC 6749 section 2.3.1)', async () => {
  const callsBefore = world.userPool.calls.length
  const tokens = await signInSimply()
  const renewed = await tokens.refresh()
  assert.notEqual(renewed.token['access_token'], tokens.token['access_token'])
  await renewed.revoke('refresh_token')
  const paths = ['/oauth2/token', '/oauth2/token', '/oauth2/revoke']
  assert.deepEqual(pathsSince(callsBefore), paths)
})

test('simple-oauth2 forgets its refresh token where none comes with a refresh, as the guide says', async (t) => {
  const client = world.config.appClients.find((one) => one.clientId === clientId)
  assert.ok(client)
  const rotation = client.refreshTokenRotation
  t.after(() => {
    client.refreshTokenRotation = rotation
  })
  client.refreshTokenRotation = undefined
  const tokens = await signInSimply()
  assert.ok(tokens.token['refresh_token'])
  const renewed = await tokens.refresh()
  assert.equal(renewed.token['refresh_token'], undefined)
})

test("the Cognito provider of Auth.js signs in, once its redirect URI's own path is registered", async () => {
  const { proxyUrl, userPool } = world
  const config = toConfiguration({
    ...{ proxy: proxyUrl, domain: userPool.domainUrl, issuer: userPool.issuer, clientId },
    authSecret: randomBytes(32).toString('hex'),
  })
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, cookie }
    const request = new Request(new URL(path, authOrigin), { ...init, headers })
    const response = await Auth(request, config)
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return response
  }
  const { csrfToken } = await (await ask('/auth/csrf')).json()
  const body = new URLSearchParams({ csrfToken })
  const begun = await ask('/auth/signin/cognito', { method: 'POST', body })
  const back = await signInByFetch(new URL(begun.headers.get('location') ?? ''), authCallback)
  const done = await ask(back.href)
  assert.equal(done.headers.get('location'), authOrigin)
  const { user } = await (await ask('/auth/session')).json()
  assert.equal(user.email, 'ada@example.com')
})
