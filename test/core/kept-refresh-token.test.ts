import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { withKeptRefreshToken } from '../../core/kept-refresh-token.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'
import type { TokenResult } from '../../core/token-response.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

const client = toClient({ repeatRefreshToken: true })
const refresh = { grantType: 'refresh_token' as const, client, refreshToken: new Secret('old') }
const tokens = { access_token: 'a', token_type: 'Bearer' }
const without: TokenResult = { ok: true, value: tokens }
const rotated: TokenResult = { ok: true, value: { ...tokens, refresh_token: 'new' } }

test('a refresh without a new refresh token repeats the old one where the client asks for it', () => {
  const repeated = { ok: true, value: { ...tokens, refresh_token: 'old' } }
  assert.deepEqual(withKeptRefreshToken(refresh, without), repeated)
})

test('a rotated refresh token is passed on unchanged', () => {
  assert.deepEqual(withKeptRefreshToken(refresh, rotated), rotated)
})

test('nothing is repeated by default, and otherwise only after a refresh', () => {
  const code: OAuthRequest = {
    grantType: 'authorization_code',
    client,
    code: new Secret('c'),
    redirectUri: 'https://shop.example.com/callback',
    codeVerifier: new Secret('v'),
  }
  assert.equal(withKeptRefreshToken({ ...refresh, client: toClient() }, without), without)
  assert.equal(withKeptRefreshToken(code, without), without)
})

test('a failure and a revocation stay as they are', () => {
  const failure = fail('refresh_token_rejected')
  assert.equal(withKeptRefreshToken(refresh, failure), failure)
  const revoked: TokenResult = { ok: true, value: undefined }
  const revocation: OAuthRequest = { grantType: undefined, client, token: new Secret('t') }
  assert.equal(withKeptRefreshToken(revocation, revoked), revoked)
})
