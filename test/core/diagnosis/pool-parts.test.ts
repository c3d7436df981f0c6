import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CauseName } from '../../../core/causes/catalogue.ts'
import { chooseMoreParts, choosePoolParts } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence, PoolPart } from '../../../core/diagnosis/pool-evidence.ts'
import { absent, toDescribedPool, toFresh } from '../../fixtures/core/sample-evidence.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

const parts: { readonly [N in CauseName]?: readonly PoolPart[] } = {
  client_rejected: ['client', 'activeSecrets', 'pool'],
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
    const asked = [...choosePoolParts(name), ...chooseMoreParts(name, { pool: absent })]
    assert.ok(asked.length <= 4)
    assert.equal(new Set(asked).size, asked.length)
  }
})

test('the owner of the domain is looked up only after a rejected client, if the pool does not claim the domain', () => {
  const foreign = toFresh(toDescribedPool({ hasDomain: false }))
  const open: readonly PoolEvidence[] = [{ pool: absent }, { pool: foreign }]
  for (const evidence of open) {
    assert.deepEqual(chooseMoreParts('client_rejected', evidence), ['domain'])
  }
  for (const evidence of [{}, { pool: toFresh(toDescribedPool()) }]) {
    assert.deepEqual(chooseMoreParts('client_rejected', evidence), [])
  }
  for (const name of causeNames.filter((one) => one !== 'client_rejected')) {
    assert.deepEqual(chooseMoreParts(name, { pool: absent }), [])
  }
})
