import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findNamed, type Named } from '../../../core/explain/named.ts'

const clientId = '5k2v9q7d3m1x8r4t6b0n2h5j7f'
const secret = '1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v3w4x5y6z'
const domain = 'https://shop.auth.eu-central-1.amazoncognito.com'
const nothing: Named = {
  ...{ clientId: undefined, userPoolId: undefined, domain: undefined },
  ...{ redirectUri: undefined, alias: undefined },
}

const texts: readonly [what: string, text: string, named: Partial<Named>][] = [
  [
    'a curl command',
    `curl ${domain}/oauth2/token -d grant_type=authorization_code -d client_id=${clientId} -d redirect_uri=https://app.example/callback`,
    { clientId, domain, redirectUri: 'https://app.example/callback' },
  ],
  [
    'an encoded address of the sign-in page',
    `${domain}/oauth2/authorize?client_id=${clientId}&redirect_uri=https%3A%2F%2Fapp.example%2F`,
    { clientId, domain },
  ],
  [
    'an issuer',
    'iss: https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Qm4Zt7RkB',
    { userPoolId: 'eu-central-1_Qm4Zt7RkB' },
  ],
  ['a Basic header', `Authorization: Basic ${btoa(`${clientId}:${secret}`)}`, { clientId }],
  ['a Basic header that is none', 'Authorization: Basic AAAAAAAAAAAAAAAAAAAAA', {}],
  ['a record', '{"request_id":"one","client":"web","cause":"waf_blocked"}', { alias: 'web' }],
  ['nothing', 'It does not work.', {}],
]
for (const [what, text, named] of texts) {
  test(`${what} names ${Object.keys(named).join(' and ') || 'nothing'}`, () => {
    assert.deepEqual(findNamed(text), { ...nothing, ...named })
  })
}

test('of several clients, none is the one that is meant', () => {
  const other = clientId.replace('5', '6')
  assert.equal(findNamed(`client_id=${clientId}&client_id=${other}`).clientId, undefined)
  assert.equal(findNamed(`client_id=${clientId}&client_id=${clientId}`).clientId, clientId)
})

test('what stands where an id belongs and is a credential is not taken for one', () => {
  for (const text of [
    `client_id=${secret}`,
    `Authorization: Basic ${btoa(`${secret}:${clientId}`)}`,
    `https://app.example/?client_id=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln`,
  ]) {
    assert.deepEqual(findNamed(text), nothing, text)
  }
})

test('a redirect URI that may hold a credential is not taken', () => {
  const uris = [
    `https://user:${secret}@app.example/`,
    `https://app.example/${secret}`,
    'https://app.example/callback?code=0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
    `https://app.example/${'a/'.repeat(100)}`,
  ]
  for (const uri of uris) {
    const text = `grant_type=authorization_code&redirect_uri=${uri}`
    assert.equal(findNamed(text).redirectUri, undefined, uri)
  }
})
