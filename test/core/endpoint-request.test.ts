import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Failure, fail } from '../../core/causes/catalogue.ts'
import {
  findRefusedExtras,
  judgeCaller,
  readCredential,
  readForm,
} from '../../core/endpoint-request.ts'
import type { GatewayEvent } from '../../core/gateway-event.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { toEvent } from '../fixtures/core/sample-event.ts'

const shop = toClient()
const plain = { client_id: 'client1', a: 'b' }
const bare = toEvent(plain)
const form = new Map(Object.entries(plain))

test('reads the form of a well-formed request on every path', () => {
  for (const path of ['/oauth2/token', '/oauth2/revoke', '/']) {
    assert.deepEqual(readForm(toEvent(plain, { path })), { ok: true, value: form })
  }
})

test('reads a form that the HTTP API handed over in base64', () => {
  const body = Buffer.from('client_id=client1&a=b').toString('base64')
  const event = toEvent(plain, { body, isBase64Encoded: true })
  assert.deepEqual(readForm(event), { ok: true, value: form })
})

const json = { 'content-type': 'application/json' }
const gzip = { 'content-encoding': 'gzip' }

/** Mistakes in the order in which they are found: each request makes one and all later ones. */
const mistakes: readonly (readonly [Partial<GatewayEvent>, Record<string, string>, Failure])[] = [
  [{ method: 'GET', query: 'a=b', body: '' }, json, fail('method_not_allowed')],
  [{ query: 'a=b', body: '' }, json, fail('query_not_allowed')],
  [{ body: '' }, json, fail('content_type_unsupported')],
  [{ body: '' }, gzip, fail('content_type_unsupported')],
  [{ body: '' }, {}, fail('body_malformed', { detail: 'empty' })],
]

for (const [changes, headers, failure] of mistakes) {
  test(`finds ${failure.cause} before every later mistake of ${JSON.stringify(headers)}`, () => {
    assert.deepEqual(readForm(toEvent(plain, changes, headers)), failure)
  })
}

test('refuses a request without a content type', () => {
  const event = toEvent(plain, {}, { 'content-type': undefined })
  assert.deepEqual(readForm(event), fail('content_type_unsupported'))
})

test('finds nothing to refuse in a request that has what it needs', () => {
  assert.equal(findRefusedExtras(bare, form), undefined)
})

const toBasic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

test('takes the id of Basic credentials with an empty secret for client_id (RFC 6749 §2.3.1)', () => {
  const authorization = toBasic('client1:')
  for (const parameters of [{ a: 'b' }, plain]) {
    const event = toEvent(parameters, {}, { authorization })
    const read = readForm(event)
    assert.ok(read.ok)
    assert.deepEqual(new Map([...read.value].sort()), new Map([...form].sort()))
    assert.equal(findRefusedExtras(event, read.value), undefined)
  }
})

test('refuses Basic credentials that name another client than the body, or that have a secret', () => {
  for (const pair of ['client2:', 'client1:x', 'client1: ', ':', 'client1']) {
    const event = toEvent(plain, {}, { authorization: toBasic(pair) })
    const read = readForm(event)
    assert.ok(read.ok)
    assert.deepEqual(read.value, form)
    assert.deepEqual(findRefusedExtras(event, read.value), toFound('authorization_header'))
  }
})

const dpop = { dpop: 'canary' }
const extras: readonly (readonly [string, Record<string, string>, string[], Failure])[] = [
  [
    'an Authorization header',
    { authorization: 'Basic canary', ...dpop },
    [],
    toFound('authorization_header'),
  ],
  ['client_secret', dpop, ['client_secret', 'client_assertion'], toFound('client_secret')],
  ['client_assertion', dpop, ['client_assertion', 'assertion'], toFound('client_assertion')],
  ['client_assertion_type', dpop, ['client_assertion_type'], toFound('client_assertion')],
  ['assertion', dpop, ['assertion', 'username'], toFound('assertion')],
  ['username', dpop, ['username'], toFound('user_credentials')],
  ['password', dpop, ['password'], toFound('user_credentials')],
  ['a DPoP proof', dpop, [], fail('dpop_unsupported')],
]

function toFound(
  detail:
    | 'authorization_header'
    | 'client_secret'
    | 'client_assertion'
    | 'assertion'
    | 'user_credentials',
): Failure {
  return fail('caller_sent_credentials', { detail })
}

for (const [what, headers, names, failure] of extras) {
  test(`refuses ${what} by kind, and touches no value (RFC 6749 §2.3)`, () => {
    const sent = new Map([...form, ...names.map((name) => [name, 'canary'] as const)])
    const found = findRefusedExtras(toEvent(plain, {}, headers), sent)
    assert.deepEqual(found, failure)
    assert.doesNotMatch(JSON.stringify(found), /canary/)
  })
}

test('takes a listed origin of a known client (RFC 9700 §4.17)', () => {
  assert.deepEqual(judgeCaller(bare, form, shop), { ok: true, value: shop })
})

const callers: readonly (readonly [string, GatewayEvent, boolean, boolean, Failure])[] = [
  ['no client id', bare, false, false, fail('parameter_missing', { detail: 'client_id' })],
  ['a client that is not known', bare, true, false, fail('client_unknown')],
  ['no origin', toOrigin(undefined), true, true, fail('origin_not_allowed', { detail: 'absent' })],
  ['an empty origin', toOrigin(''), true, true, fail('origin_not_allowed', { detail: 'unlisted' })],
  [
    'another origin',
    toOrigin('https://shop.example.com.evil.example'),
    true,
    true,
    fail('origin_not_allowed', { detail: 'unlisted' }),
  ],
]

const cdns: readonly Readonly<Record<string, string>>[] = [
  { 'x-amz-cf-id': 'x' },
  { via: '1.1 0123abcd.cloudfront.net (CloudFront)' },
  { 'cf-ray': 'x' },
  { 'cdn-loop': 'cloudflare; loops=1' },
  { via: '1.1 varnish, 1.1 varnish' },
  { 'akamai-origin-hop': '1' },
  { 'fastly-ff': 'x' },
  { 'x-azure-ref': 'x' },
]

test('tells a request without an origin that came through a CDN that the CDN must forward it', () => {
  for (const headers of cdns) {
    const event = toEvent(plain, {}, { ...headers, origin: undefined })
    assert.deepEqual(
      judgeCaller(event, form, shop),
      fail('origin_not_allowed', { detail: 'absent_behind_cdn' }),
    )
    // An origin that came and is not listed was not dropped.
    const other = toEvent(plain, {}, { ...headers, origin: 'https://evil.example' })
    const unlisted = fail('origin_not_allowed', { detail: 'unlisted' })
    assert.deepEqual(judgeCaller(other, form, shop), unlisted)
    assert.ok(judgeCaller(toEvent(plain, {}, headers), form, shop).ok)
  }
  const elsewhere = toEvent(plain, {}, { via: '1.1 proxy.example', origin: undefined })
  assert.deepEqual(
    judgeCaller(elsewhere, form, shop),
    fail('origin_not_allowed', { detail: 'absent' }),
  )
})

test('tells a request for a cookie client that lost its header on the way through a CDN', () => {
  const cookieShop = toClient({ refreshToken: 'cookie' })
  for (const headers of cdns) {
    const judge = (value: string | undefined) =>
      judgeCaller(toEvent(plain, {}, { ...headers, 'x-requested-with': value }), form, cookieShop)
    assert.deepEqual(judge(undefined), fail('csrf_header_missing', { detail: 'behind_cdn' }))
    assert.deepEqual(judge('XMLHttpRequest'), fail('csrf_header_missing'))
  }
})

function toOrigin(origin: string | undefined): GatewayEvent {
  return toEvent(plain, {}, { origin })
}

for (const [what, event, hasId, isKnown, expected] of callers) {
  test(`refuses ${what}`, () => {
    const sent = hasId ? form : new Map([['a', 'b']])
    assert.deepEqual(judgeCaller(event, sent, isKnown ? shop : undefined), expected)
  })
}

test('takes a request for a cookie client only with its header, exactly (BCP §6.1.3.3.3)', () => {
  const cookieShop = toClient({ refreshToken: 'cookie' })
  const judge = (value: string | undefined, origin: string | undefined = cookieShop.origins[0]) =>
    judgeCaller(toEvent(plain, {}, { 'x-requested-with': value, origin }), form, cookieShop)
  assert.deepEqual(judge('token-proxy'), { ok: true, value: cookieShop })
  for (const value of [undefined, '', 'XMLHttpRequest', 'Token-Proxy', 'token-proxy,token-proxy']) {
    assert.deepEqual(judge(value), fail('csrf_header_missing'))
    // Who may not ask at all is told that first.
    const unlisted = fail('origin_not_allowed', { detail: 'unlisted' })
    assert.deepEqual(judge(value, 'https://evil.example'), unlisted)
  }
})

test('takes no origin where the client allows that, and then still no unlisted one', () => {
  const native = toClient({ allowNoOrigin: true, origins: [] })
  assert.deepEqual(judgeCaller(toOrigin(undefined), form, native), { ok: true, value: native })
  assert.deepEqual(
    judgeCaller(toOrigin('null'), form, native),
    fail('origin_not_allowed', { detail: 'unlisted' }),
  )
})

const plausible = [
  'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6',
  'a',
  'AbC_d-e.f=',
  'eyJ0eXAiOiJKV1QifQ.e30.c2ln',
  'eyJlbmMi..iv.text.tag',
  'a'.repeat(1024),
]

test("accepts every code and token made of Cognito's own characters", () => {
  for (const name of ['code', 'refresh_token', 'token'] as const) {
    for (const value of plausible) {
      const read = readCredential(new Map([[name, value]]), name)
      assert.ok(read.ok && read.value.reveal() === value, `${name} ${value}`)
    }
    const none = fail('parameter_missing', { detail: name })
    assert.deepEqual(readCredential(new Map(), name), none)
  }
})

test('takes no code or token with another character, and no code of another size', () => {
  for (const name of ['code', 'refresh_token', 'token'] as const) {
    const malformed = fail('parameter_malformed', { detail: name })
    for (const character of '!"#$%&\'()*+,/:;<>?@[\\]^`{|}~ é') {
      const read = readCredential(new Map([[name, `a${character}b`]]), name)
      assert.deepEqual(read, malformed, character)
    }
    const long = readCredential(new Map([[name, 'a'.repeat(1025)]]), name)
    assert.equal(long.ok, name !== 'code')
  }
})
