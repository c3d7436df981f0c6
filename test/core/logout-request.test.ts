import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStandardLogout, judgeLogout } from '../../core/logout-request.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

const shop = toClient({ logoutUris: ['https://shop.example.com/', 'com.example.shop:/out'] })
const clients = new Map([[shop.clientId, shop]])
const home = 'https://shop.example.com/'

const toHint = (claims: unknown) => {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return `e30.${payload}.c2ln`
}

function judge(query: Readonly<Record<string, string>>): string {
  const { client, result } = judgeLogout(new Map(Object.entries(query)), clients)
  return result.ok ? `${client} ${result.value}` : `${client} ${result.cause} ${result.detail}`
}

test('a sign-out is the standard’s unless it has an address that Cognito knows', () => {
  for (const [names, expected] of [
    [['post_logout_redirect_uri'], true],
    [['id_token_hint'], true],
    [['id_token_hint', 'client_id'], true],
    [['client_id'], false],
    [['client_id', 'logout_uri', 'id_token_hint'], false],
    [['client_id', 'redirect_uri', 'response_type', 'post_logout_redirect_uri'], false],
  ] as const) {
    const query = new Map(names.map((name) => [name, 'x']))
    assert.equal(isStandardLogout(query), expected, names.join())
  }
})

test('a registered address becomes logout_uri, and state goes along (RP-Initiated Logout §2)', () => {
  const location = `shop ${shop.domain}/logout?client_id=client1&logout_uri=https%3A%2F%2Fshop.example.com%2F`
  const standard = { post_logout_redirect_uri: home }
  assert.equal(judge({ ...standard, client_id: 'client1' }), location)
  assert.equal(judge({ ...standard, id_token_hint: toHint({ aud: 'client1' }) }), location)
  const both = { client_id: 'client1', id_token_hint: toHint({ aud: 'client1', n: 'äöü?>' }) }
  assert.equal(judge({ ...standard, ...both, ui_locales: 'de' }), location)
  const state = { ...standard, client_id: 'client1', state: 'a b&logout_uri=https://evil.example' }
  assert.equal(judge(state), `${location}&state=a%20b%26logout_uri%3Dhttps%3A%2F%2Fevil.example`)
})

test('an address that is not registered leads nowhere (RFC 9700 §4.11)', () => {
  for (const address of [
    'https://evil.example/',
    'https://shop.example.com',
    'https://shop.example.com/other',
    'https://shop.example.com/?x',
    'HTTPS://shop.example.com/',
    'https://shop.example.com/callback',
  ]) {
    const query = { client_id: 'client1', post_logout_redirect_uri: address }
    const refused = 'shop redirect_uri_not_allowed post_logout_redirect_uri'
    assert.equal(judge(query), refused, address)
  }
})

test('a client without such addresses has none, even if it has origins', () => {
  const bare = toClient()
  const query = { client_id: 'client1', post_logout_redirect_uri: 'https://shop.example.com' }
  const judged = judgeLogout(new Map(Object.entries(query)), new Map([[bare.clientId, bare]]))
  assert.equal(!judged.result.ok && judged.result.cause, 'redirect_uri_not_allowed')
})

test('missing and unknown fields are named', () => {
  const hint = toHint({ aud: 'client1' })
  for (const [query, seen] of [
    [{ post_logout_redirect_uri: home }, 'unknown parameter_missing client_id'],
    [{ id_token_hint: hint }, 'shop parameter_missing post_logout_redirect_uri'],
    [{ client_id: 'other', post_logout_redirect_uri: home }, 'unknown client_unknown undefined'],
    [
      { id_token_hint: toHint({ aud: 'other' }), post_logout_redirect_uri: home },
      'unknown client_unknown undefined',
    ],
  ] as const) {
    assert.equal(judge(query), seen)
  }
})

test('a hint that is no ID token of the client is refused, with a client_id beside it or without', () => {
  for (const id_token_hint of [
    'x',
    'a.b',
    'e30.%.c2ln',
    'e30.e30.c2ln',
    toHint({ aud: ['client1'] }),
    toHint([]),
    toHint('client1'),
    `e30.${Buffer.from('{').toString('base64url')}.c2ln`,
    `e30.${'A'.repeat(30_000)}.c2ln`,
  ]) {
    const refused = 'unknown parameter_malformed id_token_hint'
    assert.equal(judge({ id_token_hint, post_logout_redirect_uri: home }), refused)
    const named = { client_id: 'client1', id_token_hint, post_logout_redirect_uri: home }
    assert.equal(judge(named), refused)
  }
  const foreign = { client_id: 'client1', id_token_hint: toHint({ aud: 'other' }) }
  assert.equal(
    judge({ ...foreign, post_logout_redirect_uri: home }),
    'unknown parameter_malformed id_token_hint',
  )
})
