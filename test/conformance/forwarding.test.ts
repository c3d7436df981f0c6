import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { makeCertificate } from '../../bench/certificate.ts'
import { assertFailure, assertHeaders } from '../fixtures/conformance/contract.ts'
import {
  type Call,
  codeGrant,
  type FormParameters,
  openProxy,
  type ProxyOptions,
  refreshGrant,
  webClient,
} from '../fixtures/conformance/proxy.ts'

const tokens = { access_token: 'access', token_type: 'Bearer', expires_in: 3600 }

async function open(t: TestContext, options: ProxyOptions = {}) {
  const proxy = await openProxy(options)
  t.after(() => proxy.close())
  return proxy
}

/** Everything in which a caller could try to speak past the proxy. */
const hostileHeaders = {
  accept: 'text/html',
  'accept-encoding': 'gzip',
  cookie: 'session=1; XSRF-TOKEN=2',
  forwarded: 'host=evil.example;proto=https',
  host: 'evil.example',
  referer: 'https://evil.example/?code=1',
  'user-agent': 'evil',
  via: '1.1 evil',
  'x-amz-security-token': 'evil',
  'x-cognito-domain': 'https://evil.example',
  'x-forwarded-for': '203.0.113.1',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-port': '1',
  'x-forwarded-proto': 'https',
  'x-http-method-override': 'DELETE',
  'x-original-url': '/evil',
  'x-rewrite-url': '/evil',
}
/** Written with characters that end or join parameters in a form. */
const hostileRedirect =
  "https://app.example/cb?a=1&client_id=evil&b=%26code%3Devil+c;d='()!~@:,$[]|{}^`"
const hostileParameters = {
  audience: 'evil',
  aws_client_metadata: '{"role":"admin"}',
  code_challenge: 'evil',
  domain: 'https://evil.example',
  redirect_url: 'https://evil.example',
  resource: 'https://evil.example',
  response_type: 'token',
  scope: 'admin',
  token_endpoint: 'https://evil.example',
}

for (const [grant, parameters] of [
  ['code exchange', codeGrant()],
  ['refresh', refreshGrant()],
] as const) {
  test(`a ${grant} reaches Cognito as its own parameters and fixed headers alone (RFC 6749 §2.3.1, §3.2)`, async (t) => {
    const { upstream, secret, ...proxy } = await open(t)
    upstream.script({ status: 200, body: tokens })
    const body = { ...hostileParameters, ...parameters }
    const reply = await proxy.send({ body, headers: hostileHeaders })
    assert.equal(reply.status, 200)
    const [seen] = upstream.requests
    const sent = Object.entries(parameters).map(
      ([name, value]) => `${name}=${encodeURIComponent(value)}`,
    )
    assert.equal(seen?.body, sent.join('&'))
    assert.equal(`${seen.method} ${seen.path}`, 'POST /oauth2/token')
    const pair = Buffer.from(`${webClient.clientId}:${secret}`).toString('base64')
    assert.deepEqual(
      seen.rawHeaders,
      [
        ['authorization', `Basic ${pair}`],
        ['content-type', 'application/x-www-form-urlencoded'],
        ['content-length', String(seen.body.length)],
        ['accept', 'application/json'],
        ['accept-encoding', 'identity'],
        ['user-agent', 'token-proxy'],
        ['Host', new URL(upstream.url).host],
        ['Connection', 'keep-alive'],
      ].flat(),
    )
    assert.ok(!seen.body.includes(secret) && !seen.path.includes(secret))
  })
}

test('no character of a value can end it, add a parameter or change another one', async (t) => {
  const { upstream, ...proxy } = await open(t, {
    clients: (web) => [{ ...web, redirectUris: [hostileRedirect] }],
  })
  // All that a code, a token and a redirect URI may have.
  const token = 'aZ0-_=.client_id=evil=='
  for (const parameters of [
    codeGrant({ code: token, redirect_uri: hostileRedirect }),
    refreshGrant({ refresh_token: token }),
  ]) {
    upstream.script({ status: 200, body: tokens })
    assert.equal((await proxy.send({ body: parameters })).status, 200)
    const body = upstream.requests.at(-1)?.body ?? ''
    assert.deepEqual([...new URLSearchParams(body)], Object.entries(parameters))
    assert.doesNotMatch(body, /[^A-Za-z0-9\-._~!'()*%&=]/)
  }
})

const formType = 'application/x-www-form-urlencoded'
const accepted: readonly (readonly [string, Call])[] = [
  ['a form type in capitals', { headers: { 'content-type': formType.toUpperCase() } }],
  ['a form type in UTF-8', { headers: { 'content-type': `${formType};charset=UTF-8` } }],
  ['a quoted charset', { headers: { 'content-type': `${formType}; charset="utf-8"` } }],
  ['the identity encoding', { headers: { 'content-encoding': 'identity' } }],
  ['an empty query', { path: '/oauth2/token?' }],
  ['a verifier of 43 characters', { body: codeGrant({ code_verifier: 'a'.repeat(43) }) }],
  [
    'a verifier of 128 characters',
    { body: codeGrant({ code_verifier: 'a~._-9Z'.repeat(18).padEnd(128, 'x') }) },
  ],
  ['empty parameters that are not needed', { body: codeGrant({ client_secret: '', scope: '' }) }],
  [
    'the second of two redirect URIs',
    { body: codeGrant({ redirect_uri: 'com.example.app:/done' }) },
  ],
  [
    'no origin where none is needed',
    { headers: { origin: undefined }, body: codeGrant({ client_id: 'native' }) },
  ],
]

test('what a careful client may send is accepted', async (t) => {
  const { upstream, ...proxy } = await open(t, {
    clients: ({ redirectUris, ...web }) => {
      const both = { ...web, redirectUris: [...redirectUris, 'com.example.app:/done'] }
      return [
        both,
        {
          ...both,
          name: 'native',
          clientId: 'native',
          secretId: 'native',
          origins: [],
          allowNoOrigin: true,
        },
      ]
    },
  })
  for (const [says, call] of accepted) {
    upstream.script({ status: 200, body: tokens })
    assert.equal((await proxy.send({ body: codeGrant(), ...call })).status, 200, says)
  }
})

test('nothing is sent to a domain with an untrusted certificate (RFC 6749 §10.9)', async (t) => {
  const proxy = await open(t, { upstream: { tls: makeCertificate({ ips: ['127.0.0.1'] }) } })
  const reply = await proxy.send({ body: codeGrant() })
  const record = assertFailure(reply, proxy.records()[0], { cause: 'cognito_unreachable' })
  assert.deepEqual(record['evidence'], ['certificate_rejected'])
  assert.equal(proxy.upstream.requests.length, 0)
})

test('a success is rebuilt from named fields and carries no header of Cognito (RFC 6749 §5.1)', async (t) => {
  const { upstream, ...proxy } = await open(t)
  const known: FormParameters = { id_token: 'id', refresh_token: 'rotated', scope: 'openid email' }
  upstream.script({
    status: 200,
    headers: { 'set-cookie': 'XSRF-TOKEN=1', 'x-amz-cognito-request-id': 'id-1', server: 'Server' },
    body: { ...tokens, ...known, extra: 'x', error: 'invalid_grant', __proto__: { x: 1 } },
  })
  const reply = await proxy.send({ body: refreshGrant() })
  assert.deepEqual(reply.body, { ...tokens, ...known })
  const [record] = proxy.records()
  assert.equal(assertHeaders(reply), record?.['request_id'])
})

test('a preflight costs no function call, and only configured origins are let through', async (t) => {
  const proxy = await open(t)
  const preflight = (origin: string) =>
    proxy.send({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
  const allowed = await preflight('https://app.example')
  assert.equal(allowed.status, 204)
  assert.equal(allowed.headers['access-control-allow-origin'], 'https://app.example')
  for (const origin of ['https://evil.example', 'null', 'https://app.example.evil.example']) {
    assert.equal((await preflight(origin)).headers['access-control-allow-origin'], undefined)
  }
  assert.equal(proxy.gateway.sandboxes(), 0)
  assert.deepEqual(proxy.lines(), [])
})
