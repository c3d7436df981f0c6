// With digests of edge keys in the settings, both functions serve only what came through the CDN in front.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { edgeKeyHeader } from '../../core/edge-key.ts'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import {
  cookieName,
  cookieRefresh,
  cookieSettings,
  keySecretId,
  newKey as newCookieKey,
  openBrowser,
  toTokens,
} from '../fixtures/conformance/cookie-proxy.ts'
import { openDirectHandler, toAnswer, toEvent } from '../fixtures/conformance/direct-handler.ts'
import {
  type Call,
  codeGrant,
  openProxy,
  type Reply,
  refreshGrant,
  type TestedProxy,
  toEnvironment,
  webClient,
} from '../fixtures/conformance/proxy.ts'

const newKey = () => randomBytes(32).toString('base64url')
const digestOf = (key: string) => createHash('sha256').update(key).digest('hex')
/** During a rotation the CDN sends either. */
const [oldKey, nextKey] = [newKey(), newKey()]
const digests = { TOKEN_PROXY_EDGE_KEY_DIGESTS: `${digestOf(oldKey)},${digestOf(nextKey)}` }

let proxy: TestedProxy
before(async () => {
  proxy = await openProxy({
    env: { ...cookieSettings, ...digests },
    clients: (web) => [
      { ...web, refreshToken: 'cookie' },
      { ...web, name: 'body', clientId: 'body', secretId: 'token-proxy/body' },
    ],
  })
  proxy.secrets.put(keySecretId, newCookieKey())
})
after(() => proxy.close())

const withKey = (key: string | readonly string[], name = edgeKeyHeader) => ({ [name]: key })
const refresh = () => refreshGrant({ client_id: 'body' })
const get = { method: 'GET', headers: { 'content-type': undefined, origin: undefined } } as const
const authorize = `/oauth2/authorize?${new URLSearchParams({ client_id: 'body', redirect_uri: webClient.redirectUris[0] })}`

/** Sends a call, and gives what was written of it. */
async function ask(call: Call) {
  const known = proxy.records().length
  const reply = await proxy.send(call)
  return { reply, records: proxy.records().slice(known) }
}

/** One call for each way into the functions. */
const ways: readonly (readonly [string, Call])[] = [
  ['a refresh', { body: refresh() }],
  ['a code exchange', { body: codeGrant({ client_id: 'body' }) }],
  ['a revocation', { path: '/oauth2/revoke', body: { token: 'a', client_id: 'body' } }],
  ['a request that is refused anyway', { body: refreshGrant({ client_id: 'nobody' }) }],
  ['a redirect', { ...get, path: authorize }],
  ['a request for a document', { ...get, path: '/.well-known/openid-configuration' }],
  ['a request for what is not there', { ...get, path: '/wp-login.php' }],
]

for (const [says, call] of ways) {
  test(`${says} without a key is refused as edge_key_missing, and nothing is asked for it`, async () => {
    const upstreamCalls = proxy.upstream.requests.length
    const { reply, records } = await ask(call)
    assertFailure(reply, records[0], { cause: 'edge_key_missing' })
    assert.deepEqual([records.length, reply.headers['set-cookie']], [1, undefined])
    assert.equal(proxy.upstream.requests.length, upstreamCalls)
  })

  test(`${says} with a wrong key is never told as its sender’s mistake`, async () => {
    const { reply, records } = await ask({ ...call, headers: { ...call.headers, ...withKey('x') } })
    assertFailure(reply, records[0], { cause: 'edge_key_mismatch' })
    assert.deepEqual(records[0]?.['evidence'], ['other_key'])
    assert.equal(records[0]?.['certainty'], 'likely')
  })
}

const wrongKeys: readonly (readonly [string, string | readonly string[]])[] = [
  ['no text', ''],
  ['the digest of a key', digestOf(oldKey)],
  ['a key in capitals', oldKey.toUpperCase()],
  ['a part of a key', oldKey.slice(0, -1)],
  ['a key twice', [oldKey, oldKey]],
  ['both keys', [oldKey, nextKey]],
  ['a key after a wrong one', ['x', oldKey]],
]
for (const [says, key] of wrongKeys) {
  test(`${says} in the header lets nobody in`, async () => {
    const { reply, records } = await ask({ body: refresh(), headers: withKey(key) })
    assertFailure(reply, records[0], { cause: 'edge_key_mismatch' })
  })
}

test('a request that a CDN passed on without a key is not the mistake of its users', async () => {
  const headers = { 'x-amz-cf-id': 'a' }
  const { reply, records } = await ask({ body: refresh(), headers })
  assertFailure(reply, records[0], { cause: 'edge_key_mismatch' })
  assert.deepEqual(records[0]?.['evidence'], ['absent_behind_cdn'])
})

for (const [says, key, name] of [
  ['the old key', oldKey],
  ['the new key', nextKey],
  ['a key under a name in capitals', oldKey, 'X-Token-Proxy-EDGE-KEY'],
] as const) {
  test(`${says} lets requests of both functions in, and goes no further`, async () => {
    const headers = withKey(key, name)
    const known = proxy.upstream.requests.length
    proxy.upstream.script(toTokens())
    const { reply, records } = await ask({ body: refresh(), headers })
    assert.deepEqual([reply.status, records[0]?.['outcome']], [200, 'ok'])
    const sent = JSON.stringify(proxy.upstream.requests.slice(known))
    assert.ok(!sent.toLowerCase().includes(edgeKeyHeader) && !sent.includes(key))
    const redirect = await proxy.send({ ...get, path: authorize, headers })
    assert.equal(redirect.status, 302)
    assert.ok(!String(redirect.headers.location).includes(key))
  })
}

test('monitors go through the CDN, too, and leave no record whatever they are told', async () => {
  const lines = proxy.lines().length
  const statuses = async (headers: Call['headers']) => {
    const replies: readonly Reply[] = [
      await proxy.send({ ...get, path: '/health', headers: { ...get.headers, ...headers } }),
      await proxy.send({ ...get, path: '/', headers: { ...get.headers, ...headers } }),
    ]
    return replies.map(({ status }) => status)
  }
  assert.deepEqual(await statuses({}), [403, 403])
  assert.deepEqual(await statuses(withKey('x')), [503, 503])
  assert.deepEqual(await statuses(withKey(nextKey)), [200, 200])
  assert.equal(proxy.lines().length, lines)
})

test('a preflight is answered without a key, and lets no page send one', async () => {
  const reply = await proxy.send({
    method: 'OPTIONS',
    headers: {
      'content-type': undefined,
      'access-control-request-method': 'POST',
      'access-control-request-headers': edgeKeyHeader,
    },
  })
  assert.equal(reply.status, 204)
  const allowed = String(reply.headers['access-control-allow-headers'])
  assert.ok(allowed.includes('content-type') && !allowed.includes(edgeKeyHeader))
})

test('a cookie is set and read only for requests that came through the CDN', async () => {
  const browser = openBrowser((call) =>
    proxy.send({ ...call, headers: { ...withKey(oldKey), ...call.headers } }),
  )
  proxy.upstream.script(toTokens('first'))
  assert.equal((await browser.exchange()).status, 200)
  const cookie = browser.cookies.get(cookieName)
  for (const [headers, status] of [
    [withKey([]), 403],
    [withKey('x'), 503],
  ] as const) {
    const refused = await browser.post(cookieRefresh, { headers })
    assert.deepEqual([refused.status, refused.headers['set-cookie']], [status, undefined])
  }
  assert.equal(browser.cookies.get(cookieName), cookie)
  proxy.upstream.script(toTokens('second'))
  assert.equal((await browser.post(cookieRefresh)).status, 200)
})

test('a leaked secret is found in requests that go around the CDN, too, and in the header of the key', async () => {
  for (const call of [
    { body: { ...refresh(), x: proxy.secret } },
    { body: refresh(), headers: withKey(proxy.secret) },
  ]) {
    const { records } = await ask(call)
    assert.equal(records[0]?.['cause'], 'caller_sent_credentials')
    assert.ok(String(records[0]?.['evidence']).includes('stored_secret'))
  }
})

test('neither the header nor a key is in any line', () => {
  const lines = proxy.lines().join('\n').toLowerCase()
  for (const text of [edgeKeyHeader, oldKey, nextKey]) {
    assert.ok(!lines.includes(text.toLowerCase()))
  }
  assert.ok(proxy.records().length > 20)
})

test('a stage or base path before the path changes nothing', async (t) => {
  const nowhere = 'http://127.0.0.1:1'
  const handler = openDirectHandler({
    ...toEnvironment(nowhere, [{ ...webClient, domain: nowhere }]),
    ...digests,
    TOKEN_PROXY_PUBLIC_URL: cookieSettings.TOKEN_PROXY_PUBLIC_URL,
  })
  t.after(() => handler.close())
  const { headers } = toEvent('')
  const events = [{}, withKey('x'), withKey(nextKey)].flatMap((more) =>
    [
      {
        rawPath: '/prod/oauth2/token',
        requestContext: { stage: 'prod', http: { method: 'POST' } },
      },
      { rawPath: '/auth/v1/oauth2/token', routeKey: 'POST /oauth2/token' },
    ].map((place) => ({ event: toEvent('', { ...place, headers: { ...headers, ...more } }) })),
  )
  const answers = (await handler.invoke(events)).map(toAnswer)
  // An empty form is refused for what it lacks, once it is let in.
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 503, 503, 400, 400],
  )
})
