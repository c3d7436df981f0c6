import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type DiscoveryDocument,
  judgeDiscoveryAnswer,
  toProxyDocument,
} from '../../core/discovery.ts'

const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Shop'
const document = {
  issuer,
  authorization_endpoint: 'https://shop.example.com/oauth2/authorize',
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  token_endpoint: 'https://shop.example.com/oauth2/token',
  token_endpoint_auth_methods_supported: ['client_secret_basic'],
  scopes_supported: ['openid', 'email'],
  claims_parameter_supported: false,
}

function judge(body: unknown, status = 200) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = { status, body: text, upstreamRequestId: undefined, retryAfterSeconds: 7 }
  return judgeDiscoveryAnswer(answer, issuer)
}

/** What a failure came to, in one text. */
function toSeen(result: ReturnType<typeof judge>): string {
  return result.ok ? 'ok' : [result.cause, ...result.evidence].join(' ')
}

test('a document of the requested issuer is accepted', () => {
  assert.deepEqual(judge(document), { ok: true, value: document })
})

test('unusual fields of a discovery document are left out', () => {
  const odd = { ...document, nested: { a: 1 }, mixed: ['a', 1], count: 3, 'Not-A-Name': 'x' }
  assert.deepEqual(judge(odd), { ok: true, value: document })
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`field${at}`, 'x']))
  const judged = judge({ ...document, ...many })
  assert.ok(judged.ok)
  assert.equal(Object.keys(judged.value).length, 64)
})

test('a document of another issuer, or without its addresses, is not taken (OpenID Discovery §4.3)', () => {
  const { authorization_endpoint, ...lacking } = document
  for (const body of [
    { ...document, issuer: `${issuer}2` },
    lacking,
    { ...document, jwks_uri: 'javascript:alert(1)' },
    { ...document, jwks_uri: ['https://shop.example.com/jwks'] },
  ]) {
    assert.equal(toSeen(judge(body)), 'cognito_answer_unusable not_discovery')
  }
  for (const body of ['<html>', '[]', '']) {
    assert.equal(toSeen(judge(body)), 'cognito_answer_unusable not_json')
  }
})

test('an answer that AWS WAF marks as its own counts as a block, with any status', () => {
  for (const status of [200, 202, 405]) {
    const answer = {
      status,
      body: JSON.stringify(document),
      upstreamRequestId: undefined,
      retryAfterSeconds: undefined,
      wafAction: 'challenge' as const,
    }
    assert.equal(toSeen(judgeDiscoveryAnswer(answer, issuer)), 'waf_blocked waf_challenge')
  }
})

test('an answer that is no success says who must act, and is never the fault of the caller', () => {
  for (const [status, seen] of [
    [429, 'cognito_throttled'],
    [500, 'cognito_error'],
    [503, 'cognito_error'],
    [301, 'cognito_redirected'],
    [204, 'cognito_answer_unusable status_unexpected'],
    [400, 'cognito_answer_unusable status_unexpected'],
    [404, 'cognito_answer_unusable status_unexpected'],
  ] as const) {
    assert.equal(toSeen(judge(document, status)), seen)
  }
  const throttled = judge(document, 429)
  assert.equal(!throttled.ok && throttled.retryAfterSeconds, 7)
})

const baseUrl = 'https://proxy.example.com'

test('the document sends front ends here to get and revoke tokens, without a secret and with PKCE', () => {
  const endpoints = { issuer, baseUrl, grants: ['refresh_token'], viaProxy: [] } as const
  const own: DiscoveryDocument = toProxyDocument(document, endpoints)
  assert.deepEqual(own, {
    ...document,
    token_endpoint: `${baseUrl}/oauth2/token`,
    revocation_endpoint: `${baseUrl}/oauth2/revoke`,
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['refresh_token'],
  })
})

test('the document names the issuer that it is asked to name (RFC 8414 §3.3)', () => {
  const own = toProxyDocument(document, { issuer: baseUrl, baseUrl, grants: [], viaProxy: [] })
  assert.deepEqual([own['issuer'], own['jwks_uri']], [baseUrl, document.jwks_uri])
})

test('an endpoint that no configured front end can use is not passed on', () => {
  const open = {
    authorization_endpoint: 'https://shop.example.com/oauth2/authorize',
    end_session_endpoint: 'https://shop.example.com/logout',
    userinfo_endpoint: 'https://shop.example.com/oauth2/userInfo',
  }
  const closed = {
    registration_endpoint: 'https://shop.example.com/oauth2/register',
    introspection_endpoint: 'https://shop.example.com/oauth2/introspect',
    introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
    device_authorization_endpoint: 'https://shop.example.com/oauth2/device',
    pushed_authorization_request_endpoint: 'https://shop.example.com/oauth2/par',
  }
  const pool = { ...document, ...open, ...closed }
  const own = toProxyDocument(pool, { issuer, baseUrl, grants: [], viaProxy: [] })
  for (const [name, address] of Object.entries(open)) assert.equal(own[name], address)
  for (const name of Object.keys(closed)) assert.equal(own[name], undefined, name)
})

test('what is true only for clients of the pool is not promised to those of the proxy', () => {
  const promises = {
    client_id_metadata_document_supported: true,
    dpop_signing_alg_values_supported: ['ES256'],
    require_pushed_authorization_requests: true,
    signed_metadata: 'a.b.c',
    tls_client_certificate_bound_access_tokens: true,
  }
  const iss = { authorization_response_iss_parameter_supported: true }
  const pool = { ...document, ...promises, ...iss }
  const write = (named: string) =>
    toProxyDocument(pool, { issuer: named, baseUrl, grants: [], viaProxy: [] })
  for (const name of Object.keys(promises)) assert.equal(write(issuer)[name], undefined, name)
  // Sign-in answers with the issuer of the pool: a client that knows another one would refuse it (RFC 9207).
  const [name = ''] = Object.keys(iss)
  assert.equal(write(issuer)[name], true)
  assert.equal(write(baseUrl)[name], undefined)
})

test('an endpoint that front ends have to reach through the proxy is named there', () => {
  const viaProxy = ['authorization_endpoint', 'end_session_endpoint'] as const
  const own = toProxyDocument(document, { issuer, baseUrl, grants: [], viaProxy })
  assert.deepEqual(
    viaProxy.map((name) => own[name]),
    [`${baseUrl}/oauth2/authorize`, `${baseUrl}/logout`],
  )
})
