import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMetadataPath, judgeMetadataRequest } from '../../core/metadata-request.ts'
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
const phone: Client = { ...web, name: 'phone', clientId: 'phone1', grants: ['refresh_token'] }
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

const discovery = '/.well-known/openid-configuration'

test('clients that share an issuer share a document with the grants of all', () => {
  assert.deepEqual(toSeen(judge(discovery, '', [phone, web])), [
    'unknown',
    {
      kind: 'discovery',
      issuer,
      grants: ['refresh_token', 'authorization_code'],
      baseUrl: 'https://proxy.example.com',
    },
  ])
})

test('a client has a document of its own, with its own grants and the configured address', () => {
  const judged = judge(`/clients/phone${discovery}`, '', [web, phone], 'https://login.example.com')
  assert.deepEqual(toSeen(judged), [
    'phone',
    { kind: 'discovery', issuer, grants: ['refresh_token'], baseUrl: 'https://login.example.com' },
  ])
})

test('there is no document for clients of several issuers, without one, or of no such name', () => {
  const none = 'route_not_found no_discovery'
  assert.deepEqual(toSeen(judge(discovery, '', [web, elsewhere])), ['unknown', none])
  const unnamed = { ...web, issuer: undefined }
  assert.deepEqual(toSeen(judge(discovery, '', [unnamed])), ['web', none])
  for (const path of [`/clients/other${discovery}`, `/clients/__proto__${discovery}`, '/else']) {
    assert.deepEqual(toSeen(judge(path, '', [web])), ['unknown', none])
  }
})

test('without a configured address and a host name that can be one, there is no document', () => {
  const event = toEvent({}, { method: 'GET', path: discovery, domainName: undefined })
  const { result } = judgeMetadataRequest(event, new Map([['web1', web]]), '')
  assert.equal(!result.ok && result.detail, 'no_discovery')
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

test('the paths of the metadata are known to those who ask by another method', () => {
  for (const path of [
    discovery,
    `/clients/web${discovery}`,
    '/login',
    '/logout',
    '/oauth2/authorize',
  ]) {
    assert.equal(isMetadataPath(path), true, path)
  }
  for (const path of ['/', '/oauth2/token', `/clients/WEB${discovery}`, '/login/']) {
    assert.equal(isMetadataPath(path), false, path)
  }
})
