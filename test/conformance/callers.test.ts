// Callers of other makes, with the requests that they send by default.
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import {
  type Call,
  codeGrant,
  openProxy,
  type ProxyOptions,
  refreshGrant,
  webClient,
} from '../fixtures/conformance/proxy.ts'

const tokens = { access_token: 'access', token_type: 'Bearer', expires_in: 3600 }
const toBasic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
const noSecret = toBasic(`${webClient.clientId}:`)

/** A proxy whose one client is a program: it sends no origin. */
async function open(t: TestContext, changes: object = { origins: [], allowNoOrigin: true }) {
  const clients: ProxyOptions['clients'] = (web) => [{ ...web, ...changes }]
  const proxy = await openProxy({ clients })
  t.after(() => proxy.close())
  return proxy
}

const form = 'application/x-www-form-urlencoded'
/** What each library sends where it is given a client id and no secret, and nothing else is set. */
const defaults: readonly (readonly [string, Call])[] = [
  [
    'requests-oauthlib',
    {
      headers: {
        accept: 'application/json',
        authorization: noSecret,
        'content-type': `${form};charset=UTF-8`,
        origin: undefined,
        'user-agent': 'python-requests/2.32.3',
      },
      body: codeGrant({ client_id: undefined }),
    },
  ],
  [
    'requests-oauthlib with include_client_id',
    { headers: { authorization: noSecret, origin: undefined }, body: codeGrant() },
  ],
  [
    'simple-oauth2',
    {
      headers: { accept: 'application/json', authorization: noSecret, origin: undefined },
      body: codeGrant({ client_id: undefined }),
    },
  ],
  [
    "Go's oauth2",
    {
      headers: {
        'accept-encoding': 'gzip',
        authorization: noSecret,
        origin: undefined,
        'user-agent': 'Go-http-client/1.1',
      },
      body: codeGrant({ client_id: undefined }),
    },
  ],
  [
    'a refresh of simple-oauth2',
    {
      headers: { authorization: noSecret, origin: undefined },
      body: refreshGrant({ client_id: undefined }),
    },
  ],
]

for (const [says, call] of defaults) {
  test(`${says} gets tokens with its defaults: an empty secret is none (RFC 6749 §2.3.1)`, async (t) => {
    const proxy = await open(t)
    proxy.upstream.script({ status: 200, body: tokens })
    const reply = await proxy.send(call)
    assert.deepEqual([reply.status, reply.body], [200, tokens])
    const [request] = proxy.upstream.requests
    const expected = toBasic(`${webClient.clientId}:${proxy.secret}`)
    assert.equal(request?.rawHeaders[1], expected)
    assert.equal(new URLSearchParams(request?.body).get('client_id'), webClient.clientId)
  })
}

test('a client without a secret may name itself so to revoke, too', async (t) => {
  const proxy = await open(t)
  proxy.upstream.script({ status: 200, body: '' })
  const headers = { authorization: noSecret, origin: undefined }
  const reply = await proxy.send({ path: '/oauth2/revoke', headers, body: { token: 'refresh-1' } })
  assert.equal(reply.status, 200)
})

for (const [says, authorization] of [
  ['a secret', toBasic(`${webClient.clientId}:s`)],
  ['a blank for a secret', toBasic(`${webClient.clientId}: `)],
  ['the word undefined for a secret', toBasic(`${webClient.clientId}:undefined`)],
  ['another client than the body', toBasic('another:')],
  ['nobody', toBasic(':')],
  ['two clients', `${noSecret},${noSecret}`],
] as const) {
  test(`Basic credentials with ${says} are refused as before, and nothing is sent`, async (t) => {
    const proxy = await open(t)
    const headers = { authorization, origin: undefined }
    const reply = await proxy.send({ headers, body: codeGrant() })
    const cause = 'caller_sent_credentials'
    assertFailure(reply, proxy.records()[0], { cause, detail: 'authorization_header' })
    assert.equal(proxy.upstream.requests.length, 0)
  })
}

test('a page with tracing may sign in: its preflight allows what tracing adds', async (t) => {
  const proxy = await open(t, {})
  const added = ['baggage', 'sentry-trace', 'traceparent', 'tracestate', 'x-datadog-trace-id']
  const reply = await proxy.send({
    method: 'OPTIONS',
    headers: {
      'access-control-request-method': 'POST',
      'access-control-request-headers': added.join(','),
    },
  })
  const allowed = String(reply.headers['access-control-allow-headers']).split(',')
  assert.deepEqual(
    added.filter((name) => !allowed.includes(name)),
    [],
  )
})

test('a Chrome extension calls by its own origin, which is that of no other', async (t) => {
  const origin = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`
  const proxy = await open(t, { origins: [origin] })
  proxy.upstream.script({ status: 200, body: tokens })
  const reply = await proxy.send({ headers: { origin }, body: codeGrant() })
  assert.equal(reply.status, 200)
  const other = `chrome-extension://${'a'.repeat(32)}`
  assert.equal((await proxy.send({ headers: { origin: other }, body: codeGrant() })).status, 403)
})

const home = 'https://app.example/'
const toHint = (aud: string) =>
  `e30.${Buffer.from(JSON.stringify({ aud })).toString('base64url')}.s`

test('a sign-out of the standard reaches Cognito as its own, and only a registered address', async (t) => {
  const proxy = await open(t, { logoutUris: [home] })
  const { clientId } = webClient
  const get = (query: Readonly<Record<string, string>>) =>
    proxy.send({ method: 'GET', path: `/logout?${new URLSearchParams(query)}` })
  const target = new URLSearchParams({ client_id: clientId, logout_uri: home, state: 's' })
  for (const who of [{ client_id: clientId }, { id_token_hint: toHint(clientId) }]) {
    const reply = await get({ ...who, post_logout_redirect_uri: home, state: 's' })
    const location = `${proxy.upstream.url}/logout?${target}`
    assert.deepEqual([reply.status, reply.headers.location], [302, location])
  }
  const known = proxy.records().length
  const evil = { client_id: clientId, post_logout_redirect_uri: 'https://evil.example/' }
  const reply = await get(evil)
  assert.equal(reply.headers.location, undefined)
  const detail = 'post_logout_redirect_uri'
  assertFailure(reply, proxy.records()[known], { cause: 'redirect_uri_not_allowed', detail })
})

test('authorize takes out what Cognito refuses where the client’s settings say so', async (t) => {
  const proxy = await open(t, { droppedScopes: ['offline_access'], dropResource: true })
  const query = `client_id=${webClient.clientId}&scope=openid+offline_access&resource=https%3A%2F%2Fmcp.example&state=s`
  const reply = await proxy.send({ method: 'GET', path: `/oauth2/authorize?${query}` })
  const passedOn = `client_id=${webClient.clientId}&scope=openid&state=s`
  assert.equal(reply.headers.location, `${proxy.upstream.url}/oauth2/authorize?${passedOn}`)
})

test('a library that forgets its refresh token gets it back where the client’s settings say so', async (t) => {
  const body = refreshGrant()
  for (const [changes, expected] of [
    [{}, tokens],
    [{ repeatRefreshToken: true }, { ...tokens, refresh_token: body['refresh_token'] }],
  ] as const) {
    const proxy = await open(t, changes)
    proxy.upstream.script({ status: 200, body: tokens })
    assert.deepEqual((await proxy.send({ body })).body, expected)
  }
})
