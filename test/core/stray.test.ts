import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { findStray } from '../../core/stray.ts'

const notMetadata = fail('method_not_allowed', { detail: 'metadata' })
const userInfo = fail('route_not_found', { detail: 'user_info' })

for (const [method, path, failure] of [
  ['GET', '/oauth2/authorize', undefined],
  ['GET', '/.well-known/openid-configuration', undefined],
  ['GET', '/', undefined],
  ['GET', '/health', undefined],
  ['HEAD', '/health', notMetadata],
  ['POST', '/oauth2/authorize', notMetadata],
  ['DELETE', '/clients/web/.well-known/openid-configuration', notMetadata],
  ['GET', '/oauth2/token', fail('method_not_allowed')],
  ['HEAD', '/oauth2/revoke', fail('method_not_allowed')],
  // Only an API of somebody's own brings it here.
  ['POST', '/oauth2/token', fail('route_not_found')],
  ['POST', '/', fail('route_not_found')],
  ['GET', '/oauth2/userInfo', userInfo],
  ['POST', '/oauth2/userInfo', userInfo],
  ['POST', '/oauth2/token/', fail('route_not_found')],
  ['GET', '/wp-login.php', fail('route_not_found')],
  ['', '', fail('route_not_found')],
] as const) {
  test(`${method} ${path} is ${failure?.cause ?? 'no stray'}`, () => {
    assert.deepEqual(findStray({ method, path }), failure)
  })
}
