import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeDiscovery } from '../../core/discovery-request.ts'
import type { Client } from '../../core/settings/settings.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { toEvent } from '../fixtures/core/sample-event.ts'

const poolIssuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Shop'
const web = toClient({ name: 'web', clientId: 'web1', issuer: poolIssuer })
const phone: Client = { ...web, name: 'phone', clientId: 'phone1', grants: ['refresh_token'] }
const elsewhere: Client = { ...web, name: 'elsewhere', issuer: `${poolIssuer}2` }

const openid = '/.well-known/openid-configuration'
const oauth = '/.well-known/oauth-authorization-server'
const baseUrl = 'https://proxy.example.com'

function judge(path: string, clients: readonly Client[], publicUrl = '') {
  return judgeDiscovery(toEvent({}, { method: 'GET', path }), clients, publicUrl)
}

/** What a judgement came to: a value, or cause and detail. */
function toSeen({ client, result }: ReturnType<typeof judge>) {
  return [client, result.ok ? result.value : `${result.cause} ${result.detail}`]
}

test('clients that share an issuer share a document with the grants of all', () => {
  const grants = ['refresh_token', 'authorization_code']
  const value = { kind: 'discovery', poolIssuer, issuer: poolIssuer, grants, baseUrl, viaProxy: [] }
  assert.deepEqual(toSeen(judge(openid, [phone, web])), ['unknown', value])
})

test('a client has a document of its own, with its own grants and the configured address', () => {
  const publicUrl = 'https://login.example.com'
  const grants = ['refresh_token']
  const issuers = { poolIssuer, issuer: poolIssuer }
  const value = { kind: 'discovery', ...issuers, grants, baseUrl: publicUrl, viaProxy: [] }
  const judged = judge(`/clients/phone${openid}`, [web, phone], publicUrl)
  assert.deepEqual(toSeen(judged), ['phone', value])
})

test('the address by which the API was called has its base path, and a configured other one has none', () => {
  const event = toEvent({}, { method: 'GET', path: openid, basePath: '/prod' })
  const toBaseUrl = (publicUrl: string) => {
    const { result } = judgeDiscovery(event, [web], publicUrl)
    return result.ok ? result.value.baseUrl : undefined
  }
  assert.equal(toBaseUrl(''), `${baseUrl}/prod`)
  assert.equal(toBaseUrl(baseUrl), `${baseUrl}/prod`)
  assert.equal(toBaseUrl('https://login.example.com'), 'https://login.example.com')
})

test('a document for OAuth clients names the address that it was asked at as its issuer (RFC 8414 §3.3)', () => {
  for (const [path, issuer] of [
    [oauth, baseUrl],
    [`/clients/phone${oauth}`, `${baseUrl}/clients/phone`],
    [`${oauth}/clients/phone`, `${baseUrl}/clients/phone`],
  ] as const) {
    const { result } = judge(path, [web, phone])
    assert.ok(result.ok, path)
    assert.deepEqual([result.value.issuer, result.value.poolIssuer], [issuer, poolIssuer], path)
  }
})

test('there is no document for clients of several issuers, without one, or of no such name', () => {
  const none = 'route_not_found no_discovery'
  for (const path of [openid, oauth]) {
    assert.deepEqual(toSeen(judge(path, [web, elsewhere])), ['unknown', none])
    assert.deepEqual(toSeen(judge(path, [{ ...web, issuer: undefined }])), ['web', none])
    for (const name of ['other', '__proto__', 'WEB']) {
      assert.deepEqual(toSeen(judge(`/clients/${name}${path}`, [web])).at(1), none)
    }
  }
  assert.deepEqual(toSeen(judge('/else', [web])).at(1), none)
})

const hostNames: readonly (readonly [string | undefined, boolean])[] = [
  ['abc123.execute-api.eu-central-1.amazonaws.com', true],
  ['api.example.com/path', false],
  ['api.example.com?x', false],
  ['user@api.example.com', false],
  ['10.0.0.1', false],
  ['API.example.com', false],
  [undefined, false],
]

for (const [domainName, isTaken] of hostNames) {
  const what = isTaken ? 'a document' : 'no document'
  test(`without a configured address, an API at "${domainName}" has ${what}`, () => {
    const event = toEvent({}, { method: 'GET', path: openid, domainName })
    const { result } = judgeDiscovery(event, [web], '')
    assert.equal(result.ok || result.detail, isTaken || 'no_discovery')
  })
}

test('what a client must come here for is named here, where one of the clients must', () => {
  const viaProxyOf = (...clients: readonly Client[]) => {
    const { result } = judge(openid, clients)
    return result.ok && result.value.viaProxy
  }
  const signsOut = { ...web, logoutUris: ['https://shop.example.com/'] }
  assert.deepEqual(viaProxyOf(web, signsOut), ['end_session_endpoint'])
  const cookie: Partial<Client> = { refreshToken: 'cookie' }
  for (const changes of [cookie, { dropResource: true }, { droppedScopes: ['offline_access'] }]) {
    assert.deepEqual(viaProxyOf(web, { ...web, ...changes }), ['authorization_endpoint'])
  }
})
