import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeMetadataRequest } from '../../core/metadata-request.ts'
import type { Client } from '../../core/settings/settings.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { toEvent } from '../fixtures/core/sample-event.ts'

const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Shop'
const web: Client = {
  ...toClient(),
  name: 'web',
  clientId: 'web1',
  issuer,
  domain: 'https://shop.example.com',
  grants: ['authorization_code', 'refresh_token'],
}
const elsewhere: Client = {
  ...web,
  name: 'elsewhere',
  clientId: 'elsewhere1',
  issuer: `${issuer}2`,
  domain: 'https://elsewhere.example.com',
}

function judge(path: string, query: string, clients: readonly Client[], publicUrl = '') {
  const event = toEvent({}, { method: 'GET', path, query })
  const byId = new Map(clients.map((client) => [client.clientId, client]))
  return judgeMetadataRequest(event, byId, publicUrl)
}

/** What a judgement came to: a value, or cause and detail. */
function toSeen({ client, result }: ReturnType<typeof judge>) {
  return [client, result.ok ? result.value : `${result.cause} ${result.detail}`]
}

test('a request for a document is judged as one', () => {
  const path = '/.well-known/openid-configuration'
  const [client, value] = toSeen(judge(path, '', [web]))
  assert.equal(client, 'web')
  assert.equal(typeof value === 'object' && value.kind, 'discovery')
})

for (const path of ['/oauth2/authorize', '/login', '/logout']) {
  test(`${path} leads to the domain of the client that the query names, with the query as it came`, () => {
    const query =
      'response_type=code&client_id=elsewhere1&state=%C3%A4+b&x=https%3A%2F%2Fevil.example'
    const location = `https://elsewhere.example.com${path}?${query}`
    assert.deepEqual(toSeen(judge(path, query, [web, elsewhere])), [
      'elsewhere',
      { kind: 'redirect', location },
    ])
  })
}

test('a sign-out of the standard is translated at /logout alone', () => {
  const shop = { ...web, logoutUris: ['https://shop.example.com/'] }
  const query = 'client_id=web1&post_logout_redirect_uri=https%3A%2F%2Fshop.example.com%2F'
  const translated = query.replace('post_logout_redirect_uri', 'logout_uri')
  const to = (rest: string) => ({ kind: 'redirect', location: `${shop.domain}${rest}` })
  assert.deepEqual(toSeen(judge('/logout', query, [shop])), ['web', to(`/logout?${translated}`)])
  assert.deepEqual(toSeen(judge('/login', query, [shop])), ['web', to(`/login?${query}`)])
  const refused = 'redirect_uri_not_allowed post_logout_redirect_uri'
  assert.deepEqual(toSeen(judge('/logout', query, [web])), ['web', refused])
})

test('authorize alone takes out what the settings of the client say', () => {
  const drops = { ...web, droppedScopes: ['offline_access'] }
  const query = 'client_id=web1&scope=openid+offline_access'
  for (const [path, sent] of [
    ['/oauth2/authorize', 'client_id=web1&scope=openid'],
    ['/login', query],
  ] as const) {
    const location = `${drops.domain}${path}?${sent}`
    assert.deepEqual(toSeen(judge(path, query, [drops])), ['web', { kind: 'redirect', location }])
  }
})

test('a redirect without exactly one known client leads nowhere (RFC 9700 §4.11)', () => {
  for (const [query, seen] of [
    ['', 'parameter_missing client_id'],
    ['response_type=code', 'parameter_missing client_id'],
    ['client_id=', 'parameter_missing client_id'],
    ['client_id=other', 'client_unknown undefined'],
    ['client_id=web1&client_id=elsewhere1', 'parameter_repeated undefined'],
    ['client_id=web1&client%5Fid=web1', 'parameter_repeated undefined'],
    ['client_id=web1&x=%FF', 'parameter_malformed query'],
    ['client_id=web1&x=%0D%0Alocation:evil', 'parameter_malformed query'],
    ['client_id=web1&x=a\r\nb', 'parameter_malformed query'],
    ['client_id=web1&x=a b', 'parameter_malformed query'],
    ['client_id=web1&x=ä', 'parameter_malformed query'],
    [`client_id=web1&x=${'a'.repeat(9000)}`, 'parameter_malformed query'],
  ] as const) {
    assert.deepEqual(toSeen(judge('/login', query, [web, elsewhere])), ['unknown', seen], query)
  }
})

test('a client in cookie mode begins to sign in with a pair of the proxy, and only signs out without', () => {
  const shop: Client = { ...web, refreshToken: 'cookie', dropResource: true }
  const challenge = 'c'.repeat(43)
  const kept = `client_id=web1&code_challenge=${challenge}&code_challenge_method=S256`
  for (const [path, query, sent] of [
    ['/oauth2/authorize', `resource=x&${kept}`, kept],
    ['/login', kept, kept],
    ['/logout', `response_type=code&${kept}`, `response_type=code&${kept}`],
  ] as const) {
    const address = `${shop.domain}${path}`
    const signIn = { kind: 'sign_in', client: shop, challenge, address, query: sent, open: [] }
    assert.deepEqual(toSeen(judge(path, query, [shop])), ['web', signIn])
  }
  const location = `${shop.domain}/logout?${kept}`
  assert.deepEqual(toSeen(judge('/logout', kept, [shop])), ['web', { kind: 'redirect', location }])
})
