import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grantTypes } from '../../../core/causes/cause.ts'

test('the proxy supports the grants of a signed-in user, and no other', () => {
  assert.deepEqual(grantTypes, ['authorization_code', 'refresh_token'])
})
