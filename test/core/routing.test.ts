import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Failure, fail } from '../../core/causes/catalogue.ts'
import type { GatewayEvent } from '../../core/gateway-event.ts'
import { judgeRevocationRequest } from '../../core/revocation-request.ts'
import { judgeRequest } from '../../core/routing.ts'
import { judgeTokenRequest } from '../../core/token-request.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { codeParameters, refreshParameters, toEvent } from '../fixtures/core/sample-event.ts'

const shop = toClient()
const clients = new Map([[shop.clientId, shop]])
const judge = (event: GatewayEvent) => judgeRequest(event, clients)
const revocationParameters = { client_id: 'client1', token: 'refresh-1' }

const forms = [codeParameters, refreshParameters, revocationParameters, { a: 'b' }]

test('judges every request by the rules of its path', () => {
  for (const parameters of forms) {
    const token = toEvent(parameters, { path: '/oauth2/token' })
    assert.deepEqual(judge(token), judgeTokenRequest(token, clients))
    const revocation = toEvent(parameters, { path: '/oauth2/revoke' })
    assert.deepEqual(judge(revocation), judgeRevocationRequest(revocation, clients))
  }
})

test('lets a request through at its own path alone', () => {
  const isTaken = (parameters: Record<string, string>, path: string) =>
    judge(toEvent(parameters, { path })).result.ok
  assert.ok(isTaken(codeParameters, '/oauth2/token'))
  assert.ok(isTaken(refreshParameters, '/oauth2/token'))
  assert.ok(isTaken(revocationParameters, '/oauth2/revoke'))
  assert.ok(!isTaken(codeParameters, '/oauth2/revoke'))
  assert.ok(!isTaken(refreshParameters, '/oauth2/revoke'))
  assert.ok(!isTaken(revocationParameters, '/oauth2/token'))
})

const envelopes: readonly (readonly [string, Partial<GatewayEvent>, Failure])[] = [
  ['another path', { path: '/oauth2/introspect' }, fail('route_not_found')],
  [
    'user info',
    { path: '/oauth2/userInfo', method: 'GET' },
    fail('route_not_found', { detail: 'user_info' }),
  ],
  ['an empty path', { path: '' }, fail('route_not_found')],
  ['a slash at the end', { path: '/oauth2/token/' }, fail('route_not_found')],
  ['a slash at the end of revoke', { path: '/oauth2/revoke/' }, fail('route_not_found')],
  ['a path in another case', { path: '/OAuth2/token' }, fail('route_not_found')],
  ['revoke in another case', { path: '/oauth2/Revoke' }, fail('route_not_found')],
  ['a stage before the path', { path: '/dev/oauth2/token' }, fail('route_not_found')],
  ['two slashes', { path: '//oauth2/token' }, fail('route_not_found')],
  ['a path written in percent', { path: '/oauth2/%74oken' }, fail('route_not_found')],
  ['a path named __proto__', { path: '__proto__' }, fail('route_not_found')],
  ['another path before another method', { path: '/', method: 'GET' }, fail('route_not_found')],
  ['GET at the path of tokens', { method: 'GET' }, fail('method_not_allowed')],
  [
    'GET at the path of revocations',
    { path: '/oauth2/revoke', method: 'GET' },
    fail('method_not_allowed'),
  ],
]

test('a metadata request with a method other than GET is answered as such', () => {
  for (const path of ['/login', '/.well-known/openid-configuration', '/oauth2/authorize']) {
    const failure = fail('method_not_allowed', { detail: 'metadata' })
    assert.deepEqual(judge(toEvent(codeParameters, { path })).result, failure)
  }
})

for (const [what, changes, failure] of envelopes) {
  test(`refuses ${what} before the body is read (RFC 6749 §3.2)`, () => {
    for (const body of [undefined, '', '{']) {
      const event = toEvent(codeParameters, { ...changes, ...(body === undefined ? {} : { body }) })
      assert.deepEqual(judge(event), {
        client: 'unknown',
        grantType: undefined,
        result: failure,
      })
    }
  })
}
