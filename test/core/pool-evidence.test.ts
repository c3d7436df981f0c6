import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CauseName } from '../../core/causes.ts'
import { choosePoolParts, type PoolPart } from '../../core/pool-evidence.ts'
import { causeNames } from './sample-outcome.ts'

const parts: { readonly [N in CauseName]?: readonly PoolPart[] } = {
  client_rejected: ['client', 'activeSecrets', 'pool', 'domain'],
  client_unauthorized: ['client'],
  code_rejected: ['client'],
  refresh_token_rejected: ['client', 'pool'],
  domain_not_found: ['domain'],
  cognito_request_rejected: ['client'],
}

for (const name of causeNames) {
  const asked = parts[name] ?? []
  test(`asks the user pool for ${asked.join(', ') || 'nothing'} after ${name}`, () => {
    assert.deepEqual(choosePoolParts(name), asked)
  })
}

test('no failure asks for more parts than four calls can bring, nor for one twice', () => {
  for (const name of causeNames) {
    const asked = choosePoolParts(name)
    assert.ok(asked.length <= 4)
    assert.equal(new Set(asked).size, asked.length)
  }
})
