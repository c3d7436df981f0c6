import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Failure, fail } from '../../../core/causes/catalogue.ts'
import { diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import {
  absent,
  toClientEvidence,
  toFresh,
  toInput,
  toSecrets,
  toStale,
} from '../../fixtures/core/sample-evidence.ts'

const shop = { domain: toFresh({ userPoolId: 'eu-central-1_Shop' }) }

test('an app client has no secret only where none is listed, and lately', () => {
  const secretless = { ...toClientEvidence({ secret: undefined }), ...shop }
  for (const [isFresh, expected] of [
    [true, 'proved'],
    [false, 'likely'],
  ] as const) {
    const pool = { ...secretless, activeSecrets: { ...toSecrets(0), isFresh } }
    const { cause, certainty } = diagnose(toInput(fail('client_rejected'), { pool }))
    assert.deepEqual([cause, certainty], ['client_has_no_secret', expected])
  }
})

test('a secret that is not described may still be there, as after a rotation', () => {
  const secretless = toClientEvidence({ secret: undefined })
  const evidence = ['client_present', 'secret_undescribed'] as const
  const mismatch = ['client_secret_mismatch', 'secret_change_spreading'] as const
  const [first, last] = mismatch
  const elsewhereToo = [first, 'domain_of_another_pool', last] as const
  const rows: readonly (readonly [PoolEvidence, Failure['candidates']])[] = [
    [{ activeSecrets: toSecrets(1), ...shop }, mismatch],
    [{ activeSecrets: toSecrets(2), ...shop }, mismatch],
    [
      { activeSecrets: { ...toSecrets(1), isFresh: false }, ...shop },
      [first, 'client_has_no_secret', last],
    ],
    [{ activeSecrets: toSecrets(1) }, elsewhereToo],
    [{ activeSecrets: absent, ...shop }, [first, 'client_has_no_secret', last]],
    [shop, [first, 'client_has_no_secret', last]],
  ]
  for (const [others, candidates] of rows) {
    const found = diagnose(toInput(fail('client_rejected'), { pool: { ...secretless, ...others } }))
    const { cause, certainty } = found
    assert.deepEqual([cause, certainty], ['client_rejected', 'undetermined'])
    assert.deepEqual([found.evidence, found.candidates], [evidence, candidates])
  }
  const pool = { ...toStale(secretless, 'client'), activeSecrets: toSecrets(1), ...shop }
  assert.deepEqual(diagnose(toInput(fail('client_rejected'), { pool })), fail('client_rejected'))
})
