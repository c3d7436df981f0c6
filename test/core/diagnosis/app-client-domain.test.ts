// A rejected client at a domain that may be another pool's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import {
  elsewhere,
  gone,
  lacking,
  otherClient,
  present,
  shop,
  spreading,
} from '../../fixtures/core/rejected-client-evidence.ts'
import {
  absent,
  toClientEvidence,
  toFresh,
  toInput,
  toSecrets,
  toStale,
} from '../../fixtures/core/sample-evidence.ts'

const proofElsewhere = fail('domain_of_another_pool', { evidence: ['domain_elsewhere'] })
const likelyElsewhere = fail('domain_of_another_pool', {
  certainty: 'likely',
  evidence: ['domain_elsewhere'],
})

test('the domain of another pool explains the rejection of a client of this pool, with any secret', () => {
  for (const other of [
    toClientEvidence(),
    toClientEvidence({ secret: undefined }),
    { ...otherClient, activeSecrets: toSecrets(1) },
    { ...otherClient, ...lacking },
  ]) {
    const pool = { ...other, ...elsewhere }
    assert.deepEqual(diagnose(toInput(fail('client_rejected'), { pool })), proofElsewhere)
    const old = { pool: toStale(pool, 'client') }
    assert.deepEqual(diagnose(toInput(fail('client_rejected'), old)), likelyElsewhere)
  }
})

test('the domain of another pool is only likely if nothing is known of the client', () => {
  assert.deepEqual(diagnose(toInput(fail('client_rejected'), { pool: elsewhere })), likelyElsewhere)
})

test('if domain and client both belong elsewhere, the pool of the settings may be the wrong one', () => {
  for (const [other, slug] of [
    [gone, 'client_absent'],
    [{ ...gone, ...lacking }, 'client_absent'],
    [{ ...gone, pool: absent }, 'user_pool_absent'],
  ] as const) {
    const pool = { ...other, ...elsewhere }
    const evidence = [slug, 'domain_elsewhere'] as const
    assert.deepEqual(
      diagnose(toInput(fail('client_rejected'), { pool })),
      fail('client_rejected', { evidence }),
    )
  }
})

type Named = Parameters<typeof toInput>[2]
const domains: readonly (readonly [string, PoolEvidence, Named?])[] = [
  ['is of this pool', shop],
  ['is of no pool', { domain: toFresh({ userPoolId: undefined }) }],
  ['is absent', { domain: absent }],
  ['is compared with no pool of the settings', elsewhere, { userPoolId: undefined }],
]

for (const [what, domain, named] of domains) {
  test(`a domain that ${what} takes nothing from what the client proves`, () => {
    const pool = { ...otherClient, activeSecrets: toSecrets(1), ...present, ...domain }
    const { cause, certainty } = diagnose(toInput(fail('client_rejected'), { pool }, named))
    assert.deepEqual([cause, certainty], ['client_secret_mismatch', 'proved'])
    const alone = diagnose(toInput(fail('client_rejected'), { pool: domain }, named))
    assert.deepEqual(alone, fail('client_rejected'))
  })

  test(`a domain that ${what} makes no missing domain another's`, () => {
    const failure = fail('domain_not_found', { evidence: ['answered_404'] })
    const found = diagnose(toInput(failure, { pool: domain }, named))
    assert.equal(found.cause, 'domain_not_found')
    assert.equal(found.evidence[0], 'answered_404')
  })
}

test('if a pool claims a domain that is described as another pool’s, the owner stays open', () => {
  const claimed = { ...elsewhere, ...present }
  assert.deepEqual(
    diagnose(toInput(fail('client_rejected'), { pool: claimed })),
    fail('client_rejected'),
  )
  const differing = { ...otherClient, activeSecrets: toSecrets(1), ...claimed }
  assert.deepEqual(
    diagnose(toInput(fail('client_rejected'), { pool: differing })),
    fail('client_secret_mismatch', {
      certainty: 'likely',
      evidence: ['secret_differs', 'one_active_secret'],
    }),
  )
})

test('a domain that is described as the pool’s own is so, whether or not the pool lists it', () => {
  const owned = { ...toClientEvidence(), ...shop, ...lacking }
  assert.deepEqual(diagnose(toInput(fail('client_rejected'), { pool: owned })), spreading)
})
