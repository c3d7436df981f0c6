import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readsItsScopes } from '../../../core/diagnosis/scope-attributes.ts'
import { toDescribedClient } from '../../fixtures/core/sample-evidence.ts'

const profile = [
  ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username'],
  ...['profile', 'picture', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
]

/** Scopes of an app client, the attributes that it may read, and whether that is enough. */
const cases: readonly (readonly [readonly string[], readonly string[], boolean])[] = [
  [[], [], true],
  [['openid', 'aws.cognito.signin.user.admin', 'https://api.example/read'], [], true],
  [['email'], ['email', 'email_verified'], true],
  [['email'], ['email'], false],
  [['email'], ['email_verified'], false],
  [['phone'], ['phone_number', 'phone_number_verified'], true],
  [['phone'], ['phone_number'], false],
  [['profile'], profile, true],
  ...profile.map((one) => [['profile'], profile.filter((other) => other !== one), false] as const),
  [['openid', 'email', 'phone'], ['email', 'email_verified'], false],
]

for (const [scopes, readAttributes, expected] of cases) {
  const readable = expected ? 'can' : 'cannot'
  test(`an app client of the scopes [${scopes}] that may read [${readAttributes}] ${readable} read them all`, () => {
    assert.equal(readsItsScopes(toDescribedClient({ scopes, readAttributes })), expected)
  })
}

test('by default every attribute of a scope can be read', () => {
  assert.ok(readsItsScopes(toDescribedClient({ scopes: ['email', 'phone', 'profile'] })))
})
