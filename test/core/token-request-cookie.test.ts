import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { judgeTokenRequest } from '../../core/token-request.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { codeParameters, toEvent } from '../fixtures/core/sample-event.ts'

const client = toClient({ refreshToken: 'cookie' })
const challenge = 'c'.repeat(43)
const cookies = new Map([
  ['__Host-refresh-shop', 'sealed-1'],
  [`__Host-sign-in-shop.${challenge}`, 'v'.repeat(43)],
])
const refresh = { grant_type: 'refresh_token', client_id: 'client1' }

type Texts = Readonly<Record<string, string | undefined>>

function judge(parameters: Record<string, string>, headers: Texts = {}, asker = client) {
  const event = toEvent(parameters, { cookies }, { 'x-requested-with': 'token-proxy', ...headers })
  return judgeTokenRequest(event, new Map([[asker.clientId, asker]])).result
}

test('lets a refresh without a token through, sealed as its cookie is (BCP §6.2)', () => {
  const value = { grantType: 'refresh_token', client, sealed: 'sealed-1' }
  assert.deepEqual(judge(refresh), { ok: true, value })
})

test('refuses a refresh token that a page should not have', () => {
  const refused = fail('parameter_malformed', { detail: 'refresh_token' })
  assert.deepEqual(judge({ ...refresh, refresh_token: 'refresh-1' }), refused)
})

test('lets a code exchange through as for any client, and only with the header', () => {
  const result = judge(codeParameters)
  assert.ok(result.ok && 'signIns' in result.value)
  assert.deepEqual([...result.value.signIns.keys()], [challenge])
  for (const parameters of [codeParameters, refresh]) {
    const bare = judge(parameters, { 'x-requested-with': undefined })
    assert.deepEqual(bare, fail('csrf_header_missing'))
  }
})

test('leaves the cookie and the header of another client alone', () => {
  const plain = toClient()
  const missing = fail('parameter_missing', { detail: 'refresh_token' })
  assert.deepEqual(judge(refresh, {}, plain), missing)
  const code = judge(codeParameters, { 'x-requested-with': undefined }, plain)
  assert.ok(code.ok && !('signIns' in code.value))
})

test('refuses a refresh where the client may not refresh, cookie or not', () => {
  const codeOnly = toClient({ refreshToken: 'cookie', grants: ['authorization_code'] })
  assert.deepEqual(judge(refresh, {}, codeOnly), fail('grant_type_unsupported'))
})
