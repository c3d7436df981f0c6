import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deployment } from '../../../core/causes/deployment.ts'
import { exchangeFacts, secretFacts } from '../../../core/facts.ts'

test('a failure of the secret carries the facts of the secret, and a crash carries none', () => {
  for (const [name, cause] of Object.entries(deployment)) {
    const isSecret = name.startsWith('secret_')
    const expected = isSecret ? secretFacts : name === 'deadline_exhausted' ? exchangeFacts : []
    assert.deepEqual(cause.facts, expected, name)
  }
})

test('one met is enough to wake somebody where waiting cannot fix it', () => {
  const atOnce = [
    'secret_not_found',
    'secret_access_denied',
    'secret_malformed',
    'config_invalid',
    'unforeseen',
  ]
  for (const [name, { alarm }] of Object.entries(deployment)) {
    assert.equal(alarm.atLeast === 1, atOnce.includes(name), name)
  }
})
