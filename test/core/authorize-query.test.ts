import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesAuthorize, toAuthorizeQuery } from '../../core/authorize-query.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

const drops = toClient({ droppedScopes: ['offline_access', 'roles'], dropResource: true })

test('the query of a client without omitted parameters is passed on byte for byte', () => {
  const plain = toClient()
  const query = 'scope=openid+offline_access&resource=https%3a%2f%2fx&&state=%c3%a4'
  assert.equal(toAuthorizeQuery(query, plain), query)
  assert.deepEqual(
    [plain, toClient({ dropResource: true }), toClient({ droppedScopes: ['x'] })].map(
      changesAuthorize,
    ),
    [false, true, true],
  )
})

const rows: readonly (readonly [string, string, string])[] = [
  ['a scope', 'scope=openid+offline_access&state=%c3%a4', 'scope=openid&state=%c3%a4'],
  ['several scopes', 'scope=offline_access%20openid%20%20roles%20email', 'scope=openid%20email'],
  ['a name in percent', 'sc%6Fpe=openid%20roles', 'scope=openid'],
  [
    'no part of a scope',
    'scope=openid+roles2+offline_access.x',
    'scope=openid+roles2+offline_access.x',
  ],
  ['no scope in another case', 'scope=openid+Roles', 'scope=openid+Roles'],
  ['no other parameter', 'state=offline_access&prompt=roles', 'state=offline_access&prompt=roles'],
  ['not the last scope', 'scope=offline_access+roles', 'scope=offline_access+roles'],
  ['nothing of an empty scope', 'scope=&&a', 'scope=&&a'],
  ['resource', 'a=1&resource=https%3A%2F%2Fx&res%6Furce=y&b=2', 'a=1&b=2'],
  ['no other resource', 'resources=x&x=resource', 'resources=x&x=resource'],
]

for (const [what, query, expected] of rows) {
  test(`takes out ${what}, and leaves the rest byte for byte`, () => {
    assert.equal(toAuthorizeQuery(query, drops), expected)
  })
}

test('takes out only what the settings say', () => {
  const query = 'scope=openid+offline_access&resource=x'
  const noResource = toClient({ dropResource: true })
  assert.equal(toAuthorizeQuery(query, noResource), 'scope=openid+offline_access')
  const noOffline = toClient({ droppedScopes: ['offline_access'] })
  assert.equal(toAuthorizeQuery(query, noOffline), 'scope=openid&resource=x')
})
