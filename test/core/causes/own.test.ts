import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchangeFacts, secretFacts } from '../../../core/causes/cause.ts'
import { own } from '../../../core/causes/own.ts'
import { type ContractRow, toContractRows } from '../../fixtures/core/sample-rows.ts'

const contract: readonly ContractRow[] = [
  ['secret_not_found', 503, 'temporarily_unavailable', 'operator'],
  ['secret_access_denied', 503, 'temporarily_unavailable', 'operator'],
  ['secret_malformed', 503, 'temporarily_unavailable', 'operator'],
  ['secret_unavailable', 503, 'temporarily_unavailable', 'cognito'],
  ['config_invalid', 503, 'server_error', 'operator'],
  ['deadline_exhausted', 503, 'temporarily_unavailable', 'operator'],
  ['proxy_overloaded', 429, 'temporarily_unavailable', 'operator'],
  ['unforeseen', 500, 'server_error', 'operator'],
]

test("what is the proxy's own fault is answered as the contract says", () => {
  assert.deepEqual(toContractRows(own), contract)
})

test('a failure of the secret carries the facts of the secret, and a crash carries none', () => {
  for (const [name, cause] of Object.entries(own)) {
    const isSecret = name.startsWith('secret_')
    const expected = isSecret ? secretFacts : name === 'deadline_exhausted' ? exchangeFacts : []
    assert.deepEqual(cause.facts, expected, name)
  }
})

test('one met is enough to wake somebody where waiting cannot mend it', () => {
  const atOnce = [
    'secret_not_found',
    'secret_access_denied',
    'secret_malformed',
    'config_invalid',
    'unforeseen',
  ]
  for (const [name, { alarm }] of Object.entries(own)) {
    assert.equal(alarm.atLeast === 1, atOnce.includes(name), name)
  }
})
