import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes.ts'
import { diagnose } from '../../core/diagnosis.ts'
import { toClient } from './sample-client.ts'
import { absent, toDescribedPool, toFresh, toOpen, toStale } from './sample-evidence.ts'
import { codeRequest } from './sample-request.ts'

const present = { pool: toFresh(toDescribedPool()) }
const lacking = { pool: toFresh(toDescribedPool({ hasDomain: false })) }
const shop = { domain: toFresh({ userPoolId: 'eu-central-1_Shop' }) }

test('a domain at which nobody speaks is one without a pool by its own description alone', () => {
  const failure = fail('domain_not_found', { certainty: 'likely', evidence: ['answered_404'] })
  const free = { domain: toFresh({ userPoolId: undefined }) }
  for (const pool of [free, { ...lacking, ...free }, { ...present, ...free }]) {
    const evidence = ['answered_404', 'domain_without_pool'] as const
    const found = diagnose(toOpen(failure, { pool }))
    assert.deepEqual(found, fail('domain_not_found', { certainty: 'proved', evidence }))
    const old = diagnose(toOpen(failure, { pool: toStale(pool, 'domain') }))
    assert.deepEqual(old, fail('domain_not_found', { certainty: 'likely', evidence }))
  }
  for (const pool of [lacking, { ...lacking, domain: absent }, { ...lacking, ...shop }]) {
    assert.deepEqual(diagnose(toOpen(failure, { pool })), failure)
  }
})

test('a name that does not exist stays proved, whatever an older description says', () => {
  const failure = fail('domain_not_found', { evidence: ['name_unresolved'] })
  const free = { domain: toFresh({ userPoolId: undefined }) }
  for (const pool of [free, toStale(free, 'domain')]) {
    const found = diagnose(toOpen(failure, { pool }))
    const evidence = ['name_unresolved', 'domain_without_pool'] as const
    assert.deepEqual(found, fail('domain_not_found', { certainty: 'proved', evidence }))
  }
})

test('a name of one’s own without a description is only likely to be without a pool: it may be an alias', () => {
  const failure = fail('domain_not_found', { certainty: 'likely', evidence: ['answered_404'] })
  const client = toClient({ domain: 'https://login.example.com' })
  const pool = { domain: toFresh({ userPoolId: undefined }) }
  const found = diagnose(toOpen(failure, { pool, request: { ...codeRequest, client } }))
  const evidence = ['answered_404', 'domain_without_pool'] as const
  assert.deepEqual(found, fail('domain_not_found', { certainty: 'likely', evidence }))
})
