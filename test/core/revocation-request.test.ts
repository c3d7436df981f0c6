import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { type DetailOf, type Failure, fail } from '../../core/causes/catalogue.ts'
import type { GatewayEvent } from '../../core/gateway-event.ts'
import { toUpstreamParameters } from '../../core/oauth-request.ts'
import { judgeRevocationRequest } from '../../core/revocation-request.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { toEvent as toTokenEvent } from '../fixtures/core/sample-event.ts'
import { toPlain } from '../fixtures/core/sample-request.ts'

const shop = toClient()
const clients = new Map([[shop.clientId, shop]])
const revocation = { client_id: 'client1', token: 'refresh-1' }

function toEvent(
  parameters: Readonly<Record<string, string>>,
  changes: Partial<GatewayEvent> = {},
  headers: Readonly<Record<string, string | undefined>> = {},
): GatewayEvent {
  return toTokenEvent(parameters, { path: '/oauth2/revoke', ...changes }, headers)
}

const judge = (event: GatewayEvent) => judgeRevocationRequest(event, clients)

test('lets a revocation through under no grant, its token sealed (RFC 7009 §2.1)', () => {
  const { client, grantType, result } = judge(toEvent(revocation))
  assert.equal(client, 'shop')
  assert.equal(grantType, undefined)
  assert.ok(result.ok)
  assert.equal(result.value.grantType, undefined)
  assert.equal(result.value.client, shop)
  assert.doesNotMatch(inspect(result.value, { depth: null }) + JSON.stringify(result), /refresh-1/)
  assert.deepEqual(toUpstreamParameters(toPlain(result.value)), revocation)
})

test('drops the hint at the kind of token, and every other parameter (RFC 7009 §2.1)', () => {
  const others = { token_type_hint: 'access_token', grant_type: 'refresh_token', scope: 'canary' }
  const { result, grantType } = judge(toEvent({ ...others, ...revocation }))
  assert.equal(grantType, undefined)
  assert.ok(result.ok)
  assert.deepEqual(toUpstreamParameters(toPlain(result.value)), revocation)
})

test('a client of any grant may revoke', () => {
  for (const grants of [['authorization_code'], ['refresh_token'], []] as const) {
    const client = toClient({ grants })
    const byId = new Map([[client.clientId, client]])
    assert.ok(judgeRevocationRequest(toEvent(revocation), byId).result.ok)
  }
})

type Headers = Readonly<Record<string, string | undefined>>
type Refusal = readonly [string, Readonly<Record<string, string>>, Failure, Headers?]
const missing = (detail: DetailOf<'parameter_missing'>) => fail('parameter_missing', { detail })
const malformed = fail('parameter_malformed', { detail: 'token' })
const unlisted = fail('origin_not_allowed', { detail: 'unlisted' })

const refusals: readonly Refusal[] = [
  ['no token', { client_id: 'client1' }, missing('token')],
  ['an empty token', { ...revocation, token: '' }, missing('token')],
  [
    'a token under another name',
    { client_id: 'client1', refresh_token: 'refresh-1' },
    missing('token'),
  ],
  ['a token with a space', { ...revocation, token: 'a b' }, malformed],
  ['a token that begins with a space', { ...revocation, token: ' a' }, malformed],
  ['a token beyond ASCII', { ...revocation, token: 'aé' }, malformed],
  ['no client id', { token: 'refresh-1' }, missing('client_id')],
  ['an unknown client id', { ...revocation, client_id: 'client2' }, fail('client_unknown')],
  ['the client id __proto__', { ...revocation, client_id: '__proto__' }, fail('client_unknown')],
  [
    'no origin',
    revocation,
    fail('origin_not_allowed', { detail: 'absent' }),
    { origin: undefined },
  ],
  ['another origin', revocation, unlisted, { origin: 'https://evil.example' }],
  ['a DPoP proof', revocation, fail('dpop_unsupported'), { dpop: '' }],
  [
    'client_secret',
    { ...revocation, client_secret: 'canary' },
    fail('caller_sent_credentials', { detail: 'client_secret' }),
  ],
  [
    'an Authorization header',
    revocation,
    fail('caller_sent_credentials', { detail: 'authorization_header' }),
    { authorization: 'Basic canary' },
  ],
]

for (const [what, parameters, failure, headers] of refusals) {
  test(`refuses a revocation with ${what} as ${failure.cause} (RFC 7009 §2.1)`, () => {
    const judged = judge(toEvent(parameters, {}, headers))
    const client = parameters['client_id'] === 'client1' ? 'shop' : 'unknown'
    assert.deepEqual(judged, { client, grantType: undefined, result: failure })
    assert.doesNotMatch(JSON.stringify(judged), /canary|refresh-1/)
  })
}

test('takes the token of a cookie client from its cookie, and from nowhere else', () => {
  const client = toClient({ refreshToken: 'cookie' })
  const cookies = new Map([['__Host-refresh-shop', 'sealed-1']])
  const judgeCookie = (token: Record<string, string>, headers: Headers = {}) =>
    judgeRevocationRequest(
      toEvent(
        { client_id: 'client1', ...token },
        { cookies },
        { 'x-requested-with': 'token-proxy', ...headers },
      ),
      new Map([[client.clientId, client]]),
    ).result
  const value = { grantType: undefined, client, sealed: 'sealed-1' }
  assert.deepEqual(judgeCookie({}), { ok: true, value })
  assert.deepEqual(judgeCookie({ token: 'refresh-1' }), malformed)
  const bare = { 'x-requested-with': undefined }
  assert.deepEqual(judgeCookie({}, bare), fail('csrf_header_missing'))
})

const envelopes: readonly (readonly [string, Partial<GatewayEvent>, Headers, Failure])[] = [
  ['GET', { method: 'GET' }, {}, fail('method_not_allowed')],
  ['a query string', { query: 'token=canary' }, {}, fail('query_not_allowed')],
  ['JSON', {}, { 'content-type': 'application/json' }, fail('content_type_unsupported')],
  ['an empty body', { body: '' }, {}, fail('body_malformed', { detail: 'empty' })],
  [
    'a token twice',
    { body: 'client_id=client1&token=canary&token=canary' },
    {},
    fail('parameter_repeated'),
  ],
]

for (const [what, changes, headers, failure] of envelopes) {
  test(`refuses a revocation that comes as ${what} before it looks who asks`, () => {
    assert.deepEqual(judge(toEvent(revocation, changes, headers)), {
      client: 'unknown',
      grantType: undefined,
      result: failure,
    })
  })
}

test('names the first mistake of several: credentials, proof, caller, token', () => {
  const steps: readonly (readonly [string, Record<string, string>, Headers])[] = [
    ['caller_sent_credentials', { password: 'x' }, { dpop: 'x', origin: undefined }],
    ['dpop_unsupported', { a: 'b' }, { dpop: 'x', origin: undefined }],
    ['parameter_missing', { a: 'b' }, { origin: undefined }],
    ['client_unknown', { client_id: 'client2' }, { origin: undefined }],
    ['origin_not_allowed', { client_id: 'client1', token: 'a b' }, { origin: undefined }],
    ['parameter_malformed', { client_id: 'client1', token: 'a b' }, {}],
  ]
  for (const [cause, parameters, headers] of steps) {
    const { result } = judge(toEvent(parameters, {}, headers))
    assert.equal(result.ok ? 'ok' : result.cause, cause)
  }
})
