import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toOpened, toUpstreamParameters } from '../../core/oauth-request.ts'
import { Secret } from '../../core/secret.ts'
import { codeRequest, refreshRequest, revocationRequest } from '../fixtures/core/sample-request.ts'

test('a code exchange is sent with its five parameters (RFC 6749 §4.1.3, RFC 7636 §4.5)', () => {
  assert.deepEqual(toUpstreamParameters(codeRequest), {
    grant_type: 'authorization_code',
    client_id: 'client1',
    code: 'code-1',
    redirect_uri: 'https://shop.example.com/callback',
    code_verifier: 'v'.repeat(43),
  })
})

test('a refresh is sent with its three parameters (RFC 6749 §6)', () => {
  assert.deepEqual(toUpstreamParameters(refreshRequest), {
    grant_type: 'refresh_token',
    client_id: 'client1',
    refresh_token: 'refresh-1',
  })
})

test('a revocation is sent with its two parameters, and no grant (RFC 7009 §2.1)', () => {
  assert.deepEqual(toUpstreamParameters(revocationRequest), {
    client_id: 'client1',
    token: 'refresh-1',
  })
})

test('a sealed request is sent like any other once its cookie is open', () => {
  const { client } = refreshRequest
  const token = new Secret('refresh-1')
  const refresh = toOpened({ grantType: 'refresh_token', client, sealed: 'canary' }, token)
  assert.deepEqual(refresh, refreshRequest)
  assert.deepEqual(toUpstreamParameters(refresh), toUpstreamParameters(refreshRequest))
  const revocation = toOpened({ grantType: undefined, client, sealed: 'canary' }, token)
  assert.deepEqual(revocation, revocationRequest)
  assert.deepEqual(toUpstreamParameters(revocation), toUpstreamParameters(revocationRequest))
})

test('nothing travels on that a widened request carries besides', () => {
  const widened = { scope: 'canary', resource: 'canary', clientSecret: new Secret('canary') }
  for (const request of [codeRequest, refreshRequest, revocationRequest]) {
    const parameters = toUpstreamParameters({ ...widened, ...request })
    assert.deepEqual(parameters, toUpstreamParameters(request))
    assert.doesNotMatch(JSON.stringify(parameters), /canary/)
  }
})
