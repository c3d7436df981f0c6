import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findObstacles } from '../../../core/setup/described-setup.ts'
import { toSetup } from '../../fixtures/core/described-setup.ts'

test('finds nothing in the way of an app client with a secret and a pool with a domain', () => {
  const setups = [
    toSetup(),
    toSetup({ domainPrefix: undefined, customDomain: 'login.example.com' }),
    // After a rotation, Cognito shows no secret although there is one.
    toSetup({ isSecretDescribed: false }),
    toSetup({ isSecretDescribed: false, activeSecrets: undefined }),
    toSetup({ activeSecrets: undefined }),
  ]
  for (const setup of setups) assert.deepEqual(findObstacles(setup), [])
})

test('lists all obstacles at once', () => {
  const [secret, domain, ...others] = findObstacles(
    toSetup({ isSecretDescribed: false, activeSecrets: 0, domainPrefix: undefined }),
  )
  assert.match(secret ?? '', /^the app client has no secret/)
  assert.match(domain ?? '', /create-user-pool-domain --region eu-central-1 --user-pool-id eu-/)
  assert.deepEqual(others, [])
})
