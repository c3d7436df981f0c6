import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { type Failure, fail } from '../../core/causes/catalogue.ts'
import type { GatewayEvent } from '../../core/gateway-event.ts'
import { toUpstreamParameters } from '../../core/oauth-request.ts'
import { judgeTokenRequest } from '../../core/token-request.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import {
  codeParameters,
  refreshParameters,
  toEvent,
  verifier,
} from '../fixtures/core/sample-event.ts'
import { toPlain } from '../fixtures/core/sample-request.ts'

const shop = toClient()
const clients = new Map([[shop.clientId, shop]])
const judge = (event: GatewayEvent) => judgeTokenRequest(event, clients)

/** The whole code exchange without one of its parameters. */
function without(parameters: Readonly<Record<string, string>>, name: string) {
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name))
}

test('lets a code exchange through, its credentials sealed (RFC 6749 §4.1.3)', () => {
  const { client, grantType, result } = judge(toEvent(codeParameters))
  assert.equal(client, 'shop')
  assert.equal(grantType, 'authorization_code')
  assert.ok(result.ok)
  assert.doesNotMatch(inspect(result.value, { depth: null }) + JSON.stringify(result), /code-1|vvv/)
  assert.equal(result.value.client, shop)
  assert.deepEqual(toUpstreamParameters(toPlain(result.value)), codeParameters)
})

test('lets a refresh through, its credentials sealed (RFC 6749 §6)', () => {
  const { client, grantType, result } = judge(toEvent(refreshParameters))
  assert.equal(client, 'shop')
  assert.equal(grantType, 'refresh_token')
  assert.ok(result.ok)
  assert.doesNotMatch(inspect(result.value, { depth: null }) + JSON.stringify(result), /refresh-1/)
  assert.equal(result.value.client, shop)
  assert.deepEqual(toUpstreamParameters(toPlain(result.value)), refreshParameters)
})

test('rebuilds the upstream parameters from named fields, and drops every other (RFC 6749 §3.2)', () => {
  const others = {
    scope: 'openid',
    resource: 'https://api.example.com',
    audience: 'x',
    aws_client_metadata: '{"role":"admin"}',
    refresh_token: 'other',
    __proto__x: 'y',
    constructor: 'z',
  }
  const code = judge(toEvent({ ...others, ...codeParameters })).result
  assert.ok(code.ok)
  assert.deepEqual(toUpstreamParameters(toPlain(code.value)), codeParameters)
  const refresh = judge(toEvent({ ...others, ...codeParameters, ...refreshParameters })).result
  assert.ok(refresh.ok)
  assert.deepEqual(toUpstreamParameters(toPlain(refresh.value)), refreshParameters)
})

type Headers = Readonly<Record<string, string | undefined>>

const code = codeParameters
const refresh = refreshParameters
const redirectRefused = (detail: 'trailing_slash' | 'letter_case' | 'nothing_near') =>
  fail('redirect_uri_not_allowed', { detail })

type Refusal = readonly [string, Readonly<Record<string, string>>, Failure, Headers?]
const refusals: readonly Refusal[] = [
  [
    'no grant type',
    without(code, 'grant_type'),
    fail('parameter_missing', { detail: 'grant_type' }),
  ],
  [
    'an empty grant type',
    { ...code, grant_type: '' },
    fail('parameter_missing', { detail: 'grant_type' }),
  ],
  [
    'client_credentials (RFC 6749 §4.4)',
    { ...code, grant_type: 'client_credentials' },
    fail('grant_type_unsupported'),
  ],
  ['the password grant', { ...code, grant_type: 'password' }, fail('grant_type_unsupported')],
  [
    'a grant type in another case',
    { ...code, grant_type: 'Authorization_Code' },
    fail('grant_type_unsupported'),
  ],
  [
    'a grant type named __proto__',
    { ...code, grant_type: '__proto__' },
    fail('grant_type_unsupported'),
  ],
  ['no client id', without(code, 'client_id'), fail('parameter_missing', { detail: 'client_id' })],
  [
    'an empty client id',
    { ...code, client_id: '' },
    fail('parameter_missing', { detail: 'client_id' }),
  ],
  ['an unknown client id', { ...code, client_id: 'client2' }, fail('client_unknown')],
  ['a client id in another case', { ...code, client_id: 'Client1' }, fail('client_unknown')],
  ['the client id __proto__', { ...code, client_id: '__proto__' }, fail('client_unknown')],
  ['the client id constructor', { ...code, client_id: 'constructor' }, fail('client_unknown')],
  ['the alias as a client id', { ...code, client_id: 'shop' }, fail('client_unknown')],
  ['no code', without(code, 'code'), fail('parameter_missing', { detail: 'code' })],
  ['an empty code', { ...code, code: '' }, fail('parameter_missing', { detail: 'code' })],
  [
    'a code with a space',
    { ...code, code: 'a b' },
    fail('parameter_malformed', { detail: 'code' }),
  ],
  [
    'a code that begins with a space',
    { ...code, code: ' a' },
    fail('parameter_malformed', { detail: 'code' }),
  ],
  ['a code beyond ASCII', { ...code, code: 'aé' }, fail('parameter_malformed', { detail: 'code' })],
  [
    'no redirect URI',
    without(code, 'redirect_uri'),
    fail('parameter_missing', { detail: 'redirect_uri' }),
  ],
  [
    'a redirect URI with one more slash',
    { ...code, redirect_uri: `${code.redirect_uri}/` },
    redirectRefused('trailing_slash'),
  ],
  [
    'a redirect URI in another case',
    { ...code, redirect_uri: 'https://SHOP.example.com/callback' },
    redirectRefused('letter_case'),
  ],
  [
    'another redirect URI',
    { ...code, redirect_uri: 'https://evil.example' },
    redirectRefused('nothing_near'),
  ],
  ['no verifier', without(code, 'code_verifier'), fail('pkce_verifier_missing')],
  ['an empty verifier', { ...code, code_verifier: '' }, fail('pkce_verifier_missing')],
  [
    'no refresh token',
    without(refresh, 'refresh_token'),
    fail('parameter_missing', { detail: 'refresh_token' }),
  ],
  [
    'a refresh token with a space',
    { ...refresh, refresh_token: 'a b' },
    fail('parameter_malformed', { detail: 'refresh_token' }),
  ],
  ['a DPoP proof (RFC 9449 §5)', code, fail('dpop_unsupported'), { dpop: '' }],
  ['no origin', code, fail('origin_not_allowed', { detail: 'absent' }), { origin: undefined }],
]

for (const [what, parameters, failure, headers] of refusals) {
  test(`refuses ${what} as ${failure.cause}`, () => {
    assert.deepEqual(judge(toEvent(parameters, {}, headers)).result, failure)
  })
}

const origins = [
  'null',
  '',
  '*',
  'https://shop.example.com/',
  'https://shop.example.com:443',
  'http://shop.example.com',
  'https://SHOP.example.com',
  'https://evil.shop.example.com',
  'https://shop.example.com.evil.example',
  'https://shop.example.com, https://shop.example.com',
]

for (const origin of origins) {
  test(`refuses the origin ${JSON.stringify(origin)}, listed or allowNoOrigin notwithstanding`, () => {
    const expected = fail('origin_not_allowed', { detail: 'unlisted' })
    assert.deepEqual(judge(toEvent(code, {}, { origin })).result, expected)
    const native = toClient({ allowNoOrigin: true })
    const { result } = judgeTokenRequest(
      toEvent(code, {}, { origin }),
      new Map([[native.clientId, native]]),
    )
    assert.deepEqual(result, expected)
  })
}

test('takes a request without an origin only where the client allows it', () => {
  const native = toClient({ allowNoOrigin: true, origins: [] })
  const event = toEvent(code, {}, { origin: undefined })
  assert.ok(judgeTokenRequest(event, new Map([[native.clientId, native]])).result.ok)
})

for (const [length, isTaken] of [
  [42, false],
  [43, true],
  [128, true],
  [129, false],
] as const) {
  test(`${isTaken ? 'takes' : 'refuses'} a verifier of ${length} characters (RFC 7636 §4.1)`, () => {
    const { result } = judge(toEvent({ ...code, code_verifier: 'v'.repeat(length) }))
    assert.equal(result.ok ? 'ok' : result.cause, isTaken ? 'ok' : 'pkce_verifier_malformed')
  })
}

test('takes a verifier of unreserved characters alone (RFC 7636 §4.1)', () => {
  const every = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'
  assert.ok(judge(toEvent({ ...code, code_verifier: every })).result.ok)
  for (const character of '!"#$%&\'()*+,/:;<=>?@[\\]^`{|} é') {
    for (const other of [`${character}${verifier}`, `${verifier}${character}`]) {
      const { result } = judge(toEvent({ ...code, code_verifier: other }))
      assert.deepEqual(result, fail('pkce_verifier_malformed'), character)
    }
  }
})

test('notes that a resource was named, and not which one (RFC 8707 §2.2)', () => {
  const { result } = judge(toEvent({ ...code, resource: 'https://canary.example/' }))
  assert.ok(result.ok)
  assert.ok('namesResource' in result.value && result.value.namesResource === true)
  assert.doesNotMatch(JSON.stringify(result.value), /canary/)
  const without = judge(toEvent(code)).result
  assert.ok(without.ok && !('namesResource' in without.value))
})
