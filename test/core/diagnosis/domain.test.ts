import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import {
  absent,
  toDescribedPool,
  toFresh,
  toInput,
  toStale,
} from '../../fixtures/core/sample-evidence.ts'

const lacking = { pool: toFresh(toDescribedPool({ hasDomain: false })) }
const owning = { pool: toFresh(toDescribedPool()) }
const shop = { domain: toFresh({ userPoolId: 'eu-central-1_Shop' }) }
const free = { domain: toFresh({ userPoolId: undefined }) }
const elsewhere = { domain: toFresh({ userPoolId: 'eu-central-1_Other' }) }
const answered404 = fail('domain_not_found', { certainty: 'likely', evidence: ['answered_404'] })
const unresolved = fail('domain_not_found', { evidence: ['name_unresolved'] })

/** The same evidence, as it was read a moment and long ago. */
const everyAge = (pool: PoolEvidence) => [pool, toStale(pool, 'domain')]

test('a 404 at a domain without a pool of this account is likely and no more: another account may have it', () => {
  for (const pool of [...everyAge(free), { ...lacking, ...free }]) {
    const evidence = ['answered_404', 'domain_without_pool'] as const
    const found = diagnose(toInput(answered404, { pool }))
    assert.deepEqual(found, fail('domain_not_found', { certainty: 'likely', evidence }))
  }
})

test('a 404 at the domain of another pool is likely and no more: that one would answer', () => {
  for (const pool of everyAge(elsewhere)) {
    const evidence = ['answered_404', 'domain_elsewhere'] as const
    const found = diagnose(toInput(answered404, { pool }))
    assert.deepEqual(found, fail('domain_of_another_pool', { certainty: 'likely', evidence }))
  }
})

test('a name that does not exist stays proved, even against a description', () => {
  for (const [described, slug] of [
    [free, 'domain_without_pool'],
    [elsewhere, 'domain_elsewhere'],
  ] as const) {
    for (const pool of everyAge(described)) {
      const evidence = ['name_unresolved', slug] as const
      const found = diagnose(toInput(unresolved, { pool }))
      assert.deepEqual(found, fail('domain_not_found', { evidence }))
    }
  }
})

test('a domain that is the pool’s own or absent explains nothing', () => {
  for (const pool of [lacking, owning, { domain: absent }, shop]) {
    for (const failure of [answered404, unresolved]) {
      assert.deepEqual(diagnose(toInput(failure, { pool })), failure)
    }
  }
})

test('a domain is another pool’s only where the settings name a pool', () => {
  const input = toInput(answered404, { pool: elsewhere }, { userPoolId: undefined })
  assert.deepEqual(diagnose(input), answered404)
})
