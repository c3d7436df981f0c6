import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { isChangedAtCognito } from '../../../core/diagnosis/changed-at-cognito.ts'
import { diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import { Secret } from '../../../core/secret.ts'
import { shop } from '../../fixtures/core/rejected-client-evidence.ts'
import {
  toClientEvidence,
  toInput,
  toSecrets,
  toStale,
} from '../../fixtures/core/sample-evidence.ts'

const storedAtSeconds = 1_700_000_000
const storedAtMs = storedAtSeconds * 1000

test('secrets were changed at Cognito where the oldest is a minute younger than the stored value', () => {
  for (const [oldestAtSeconds, at, expected] of [
    [storedAtSeconds + 61, storedAtMs, true],
    [storedAtSeconds + 60, storedAtMs, false],
    [storedAtSeconds - 86_400, storedAtMs, false],
    [undefined, storedAtMs, false],
    [storedAtSeconds + 61, undefined, false],
  ] as const) {
    const found = isChangedAtCognito({ count: 1, oldestAtSeconds }, at)
    assert.equal(found, expected, `${oldestAtSeconds} ${at}`)
  }
})

const after = storedAtSeconds + 3600
const undescribed = { ...toClientEvidence({ secret: undefined }), ...shop }
const other = { ...toClientEvidence({ secret: new Secret('another') }), ...shop }

function toFound(
  pool: PoolEvidence,
  evidence: readonly ('secret_unchanged' | 'refetch_failed' | 'secret_changed_untried')[] = [],
) {
  const failure = fail('client_rejected', { evidence })
  const found = diagnose(toInput(failure, { pool, storedAtMs }))
  return [found.cause, found.certainty, ...found.evidence].join(' ')
}

test('a refusal by secrets that are all younger than the stored one is likely a change at Cognito', () => {
  const changed = 'changed_at_cognito'
  for (const [pool, expected] of [
    [
      { ...undescribed, activeSecrets: toSecrets(1, after) },
      `client_secret_mismatch likely secret_unchanged one_active_secret ${changed}`,
    ],
    [
      { ...undescribed, activeSecrets: toSecrets(2, after) },
      `client_secret_mismatch likely secret_unchanged two_active_secrets ${changed}`,
    ],
    [
      { ...other, activeSecrets: toSecrets(2, after) },
      `client_secret_mismatch likely secret_unchanged secret_differs two_active_secrets ${changed}`,
    ],
    [
      { ...undescribed, activeSecrets: toSecrets(2, storedAtSeconds - 1) },
      'client_rejected undetermined secret_unchanged client_present secret_undescribed',
    ],
    [
      toStale({ ...undescribed, activeSecrets: toSecrets(1, after) }, 'activeSecrets'),
      'client_rejected undetermined secret_unchanged client_present secret_undescribed',
    ],
  ] as const) {
    assert.equal(toFound(pool, ['secret_unchanged']), expected)
  }
})

test('a new app client whose secret was never stored is proved, and the dates say the same', () => {
  const secret = new Secret('another')
  const pool = {
    ...toClientEvidence({ secret, createdAtSeconds: after }),
    ...shop,
    activeSecrets: toSecrets(1, after),
  }
  assert.equal(
    toFound(pool),
    'client_secret_mismatch proved secret_differs one_active_secret changed_at_cognito',
  )
})

test('the date of a secret that may not be the stored one any more says nothing', () => {
  const pool = { ...undescribed, activeSecrets: toSecrets(1, after) }
  for (const seen of ['refetch_failed', 'secret_changed_untried'] as const) {
    assert.equal(
      toFound(pool, [seen]),
      `client_rejected undetermined ${seen} client_present secret_undescribed`,
    )
  }
})
