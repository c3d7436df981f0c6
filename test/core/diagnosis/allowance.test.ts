import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes } from '../../../core/causes/catalogue.ts'
import { type Allowance, toAllowance } from '../../../core/diagnosis/allowance.ts'
import { choosePoolParts } from '../../../core/diagnosis/diagnosis.ts'

/** Written by hand: the causes that are looked into, by who can bring them about. */
const expected: Readonly<Record<Allowance, readonly string[]>> = {
  caller: ['code_rejected', 'refresh_token_rejected'],
  anyone: ['client_unauthorized', 'cognito_request_rejected'],
  operator: ['client_rejected', 'domain_not_found'],
}

test('a look at the user pool is paid for by whoever can have brought about the failure', () => {
  const names = Object.keys(causes) as (keyof typeof causes)[]
  const looked = names.filter((name) => choosePoolParts(name).length > 0)
  const found = Object.groupBy(looked, toAllowance)
  for (const [allowance, wanted] of Object.entries(expected)) {
    assert.deepEqual(found[allowance as Allowance]?.toSorted(), wanted, allowance)
  }
  assert.equal(looked.length, Object.values(expected).flat().length)
})
