import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toSmokeClient } from '../../../core/smoke/target.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

test('takes the first origin and redirect URI of a client', () => {
  assert.deepEqual(toSmokeClient(toClient({ issuer: 'https://issuer.example.com' })), {
    name: 'shop',
    clientId: 'client1',
    origin: 'https://shop.example.com',
    redirectUri: 'https://shop.example.com/callback',
    isCookieMode: false,
    hasDiscovery: true,
  })
})

test('takes no redirect URI of a client that exchanges no codes', () => {
  const client = toSmokeClient(toClient({ grants: ['refresh_token'], refreshToken: 'cookie' }))
  assert.deepEqual(
    [client.redirectUri, client.isCookieMode, client.hasDiscovery],
    [undefined, true, false],
  )
})
