import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DetailOf, fail } from '../../core/causes/catalogue.ts'
import type { GrantType } from '../../core/causes/cause.ts'
import { judgeTokenRequest } from '../../core/token-request.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { codeParameters, refreshParameters, toEvent } from '../fixtures/core/sample-event.ts'

const shop = toClient()
const clients = new Map([[shop.clientId, shop]])

type Credential = DetailOf<'caller_sent_credentials'>
const credentials: readonly (readonly [string, Credential])[] = [
  ['client_secret', 'client_secret'],
  ['client_assertion', 'client_assertion'],
  ['client_assertion_type', 'client_assertion'],
  ['client_assertions', 'client_assertion'],
  ['assertion', 'assertion'],
  ['username', 'user_credentials'],
  ['password', 'user_credentials'],
]

for (const [name, detail] of credentials) {
  test(`refuses ${name} from a caller, and shows nothing of it (RFC 6749 §2.3)`, () => {
    for (const parameters of [codeParameters, refreshParameters, { client_id: 'client2' }]) {
      const event = toEvent({ ...parameters, [name]: 'canary' })
      const { result } = judgeTokenRequest(event, clients)
      assert.deepEqual(result, fail('caller_sent_credentials', { detail }))
    }
  })
  test(`counts an empty ${name} as absent (RFC 6749 §3.2)`, () => {
    const event = toEvent({ ...codeParameters, [name]: '' })
    assert.ok(judgeTokenRequest(event, clients).result.ok)
  })
}

test('refuses an Authorization header, an empty one included (RFC 6749 §2.3)', () => {
  for (const authorization of ['Basic canary', 'Bearer canary', '']) {
    const { result } = judgeTokenRequest(toEvent(codeParameters, {}, { authorization }), clients)
    assert.deepEqual(result, fail('caller_sent_credentials', { detail: 'authorization_header' }))
  }
})

test('takes names that only resemble credentials for names like any other', () => {
  const names = { secret: 'x', client_secrets: 'x', my_client_assertion: 'x', passwords: 'x' }
  assert.ok(judgeTokenRequest(toEvent({ ...codeParameters, ...names }), clients).result.ok)
})

test('names the credential that comes first where several are sent', () => {
  const all = ['client_secret', 'client_assertion', 'assertion', 'username', 'password']
  const expected: Credential[] = [
    'client_secret',
    'client_assertion',
    'assertion',
    'user_credentials',
    'user_credentials',
  ]
  for (const [index, detail] of expected.entries()) {
    const sent = Object.fromEntries(all.slice(index).map((name) => [name, 'x']))
    const { result } = judgeTokenRequest(toEvent({ ...codeParameters, ...sent }), clients)
    assert.deepEqual(result, fail('caller_sent_credentials', { detail }))
  }
})

/** Mistakes in the order in which they are found: each request makes one and all later ones. */
test('names the first mistake of several, credentials before all', () => {
  const headers = { authorization: 'x', dpop: 'x', origin: 'https://evil.example' }
  const all = { code: 'a b', redirect_uri: 'x' }
  const steps: readonly (readonly [string, Record<string, string>, Record<string, string>])[] = [
    ['caller_sent_credentials', all, headers],
    ['dpop_unsupported', all, { dpop: 'x', origin: headers.origin }],
    ['parameter_missing', all, { origin: headers.origin }],
    ['grant_type_unsupported', { ...all, grant_type: 'x' }, { origin: headers.origin }],
    ['parameter_missing', { ...all, grant_type: 'authorization_code' }, { origin: headers.origin }],
    ['client_unknown', { ...all, ...toNamed('client2') }, { origin: headers.origin }],
    ['origin_not_allowed', { ...all, ...toNamed('client1') }, { origin: headers.origin }],
    ['parameter_malformed', { ...all, ...toNamed('client1') }, {}],
    ['redirect_uri_not_allowed', { ...toNamed('client1'), code: 'a', redirect_uri: 'x' }, {}],
    ['pkce_verifier_missing', { ...codeParameters, code_verifier: '' }, {}],
  ]
  for (const [cause, parameters, changed] of steps) {
    const { result } = judgeTokenRequest(toEvent(parameters, {}, changed), clients)
    assert.equal(result.ok ? 'ok' : result.cause, cause)
  }
})

function toNamed(client_id: string) {
  return { grant_type: 'authorization_code', client_id }
}

const grants: readonly (readonly [readonly GrantType[], boolean, boolean])[] = [
  [['authorization_code'], true, false],
  [['refresh_token'], false, true],
  [['authorization_code', 'refresh_token'], true, true],
]

for (const [allowed, isCodeTaken, isRefreshTaken] of grants) {
  test(`carries only the grants of the client, here ${allowed.join(' and ')} (RFC 6749 §5.2)`, () => {
    const client = toClient({ grants: allowed })
    const byId = new Map([[client.clientId, client]])
    for (const [parameters, isTaken] of [
      [codeParameters, isCodeTaken],
      [refreshParameters, isRefreshTaken],
    ] as const) {
      const { result } = judgeTokenRequest(toEvent(parameters), byId)
      assert.equal(result.ok ? 'ok' : result.cause, isTaken ? 'ok' : 'grant_type_unsupported')
    }
  })
}

test('holds each client to its own origins and redirect URIs', () => {
  const blog = toClient({
    name: 'blog',
    clientId: 'client2',
    origins: ['https://blog.example.com'],
    redirectUris: ['https://blog.example.com/callback'],
  })
  const both = new Map([...clients, [blog.clientId, blog] as const])
  const mixed = { ...codeParameters, client_id: 'client2' }
  const foreign = judgeTokenRequest(toEvent(mixed), both)
  assert.equal(foreign.client, 'blog')
  assert.ok(!foreign.result.ok)
  assert.equal(foreign.result.cause, 'origin_not_allowed')
  const origin = 'https://blog.example.com'
  const borrowed = judgeTokenRequest(toEvent(mixed, {}, { origin }), both)
  assert.ok(!borrowed.result.ok)
  assert.equal(borrowed.result.cause, 'redirect_uri_not_allowed')
  const own = { ...mixed, redirect_uri: 'https://blog.example.com/callback' }
  assert.ok(judgeTokenRequest(toEvent(own, {}, { origin }), both).result.ok)
})

test('reports client and grant as far as they could be read', () => {
  const seen = (parameters: Record<string, string>) => {
    const { client, grantType } = judgeTokenRequest(toEvent(parameters), clients)
    return [client, grantType]
  }
  assert.deepEqual(seen({ grant_type: 'refresh_token' }), ['unknown', 'refresh_token'])
  assert.deepEqual(seen({ client_id: 'client1', grant_type: 'x' }), ['shop', undefined])
  assert.deepEqual(seen({ client_id: 'canary', grant_type: 'canary' }), ['unknown', undefined])
  assert.deepEqual(seen({ a: 'b' }), ['unknown', undefined])
})

test('a refusal carries no byte of the request', () => {
  const canary = 'canary-of-the-request'
  for (const name of ['grant_type', 'client_id', 'code', 'redirect_uri', 'code_verifier']) {
    for (const value of [canary, `${canary} `, `https://${canary}.example`]) {
      const judged = judgeTokenRequest(toEvent({ ...codeParameters, [name]: value }), clients)
      if (!judged.result.ok) assert.doesNotMatch(JSON.stringify(judged), /canary/)
    }
  }
})
