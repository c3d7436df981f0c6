import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, type Failure, fail } from '../../../core/causes/catalogue.ts'
import { diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import type { EarlierUse } from '../../../core/diagnosis/use-history.ts'
import type { Client } from '../../../core/settings/settings.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'
import {
  absent,
  toClientEvidence,
  toDescribedPool,
  toFresh,
  toInput,
  toStale,
} from '../../fixtures/core/sample-evidence.ts'
import {
  codeRequest,
  refreshRequest,
  revocationRequest,
} from '../../fixtures/core/sample-request.ts'

const everyUse: readonly EarlierUse[] = [
  'spent',
  'sent',
  'rotated_out',
  'revoked',
  'none',
  'unknown',
]
const disabled = toClientEvidence({ isOAuthEnabled: false })
const allOfCode = causes.code_rejected.candidates
const enabledCandidates = allOfCode.filter((one) => one !== 'oauth_flows_disabled')
const used = fail('code_already_used', { evidence: ['code_spent_before'] })
const usedLikely = fail('code_already_used', {
  certainty: 'likely',
  evidence: ['code_seen_before'],
})
const off = fail('oauth_flows_disabled', { certainty: 'likely', evidence: ['oauth_flag_off'] })
const firstUse = fail('code_rejected', { evidence: ['no_use_on_record'] })

/** What a refused code is taken for, by what was known of it before and what the pool says. */
const codes: readonly (readonly [EarlierUse, string, PoolEvidence, Failure])[] = [
  ['spent', 'nothing', {}, used],
  ['spent', 'OAuth off', disabled, used],
  ['spent', 'OAuth on', toClientEvidence(), used],
  ['sent', 'nothing', {}, usedLikely],
  ['sent', 'OAuth off', disabled, usedLikely],
  ['none', 'nothing', {}, firstUse],
  ['none', 'no such client', { client: absent }, firstUse],
  ['none', 'OAuth off', disabled, off],
  [
    'none',
    'OAuth on',
    toClientEvidence(),
    fail('code_rejected', {
      evidence: ['no_use_on_record', 'oauth_enabled'],
      candidates: enabledCandidates,
    }),
  ],
  ['unknown', 'nothing', {}, fail('code_rejected')],
  ['unknown', 'OAuth off', disabled, off],
  ['unknown', 'OAuth off, long ago', toStale(disabled, 'client'), off],
  [
    'unknown',
    'OAuth on',
    toClientEvidence(),
    fail('code_rejected', { evidence: ['oauth_enabled'], candidates: enabledCandidates }),
  ],
  ['none', 'OAuth on, long ago', toStale(toClientEvidence(), 'client'), firstUse],
  ['unknown', 'OAuth on, long ago', toStale(toClientEvidence(), 'client'), fail('code_rejected')],
]

for (const [earlier, what, pool, expected] of codes) {
  const named = `${expected.cause}, ${expected.certainty}`
  test(`a code of earlier use ${earlier} and a pool that says ${what}: ${named}`, () => {
    assert.deepEqual(diagnose(toInput(fail('code_rejected'), { earlier, pool })), expected)
  })
}

test('a first use in this memory alone proves nothing: the code may have been spent elsewhere', () => {
  const { candidates } = diagnose(toInput(fail('code_rejected'), { earlier: 'none' }))
  assert.equal(candidates[0], 'code_already_used')
})

const rejectedToken = fail('refresh_token_rejected')
/** What an app client must not read for the reason to stay. */
const unreadable = { scopes: ['openid', 'email'], readAttributes: ['email'] }
const rotating = toClientEvidence({ isRotating: true, ...unreadable })
const fixed = toClientEvidence(unreadable)
const untracked = { pool: toFresh(toDescribedPool()) }
const tracked = { pool: toFresh(toDescribedPool({ hasDeviceTracking: true })) }
const graceful = toClientEvidence({ isRotating: true, retryGracePeriodSeconds: 1 })
const rotatedOut = fail('refresh_token_rotated_out', { evidence: ['token_rotated_before'] })
const rotatedOutLikely = fail('refresh_token_rotated_out', {
  certainty: 'likely',
  evidence: ['token_rotated_before'],
})
const revoked = fail('refresh_token_revoked', {
  certainty: 'likely',
  evidence: ['token_revoked_before'],
})
type Candidate = (typeof causes.refresh_token_rejected.candidates)[number]

function without(...names: readonly Candidate[]): Candidate[] {
  return causes.refresh_token_rejected.candidates.filter((one) => !names.includes(one))
}

const rotationOff = fail('refresh_token_rejected', {
  evidence: ['rotation_off'],
  candidates: without('refresh_token_rotated_out'),
})

/** What a refused refresh token is taken for, by the same. */
const tokens: readonly (readonly [EarlierUse, string, PoolEvidence, Failure])[] = [
  ['rotated_out', 'rotation on, without grace', rotating, rotatedOut],
  ['rotated_out', 'rotation on, long ago', toStale(rotating, 'client'), rotatedOutLikely],
  ['rotated_out', 'rotation on, with a second of grace', graceful, rotatedOutLikely],
  ['rotated_out', 'nothing', {}, rotatedOutLikely],
  ['rotated_out', 'no such client', { client: absent }, rotatedOutLikely],
  ['rotated_out', 'rotation off', fixed, rotatedOutLikely],
  ['revoked', 'nothing', {}, revoked],
  ['revoked', 'rotation on', rotating, revoked],
  [
    'sent',
    'rotation on',
    rotating,
    fail('refresh_token_rotated_out', {
      certainty: 'likely',
      evidence: ['token_seen_before', 'rotation_on'],
    }),
  ],
  ['sent', 'nothing', {}, rejectedToken],
  ['sent', 'rotation off', fixed, rotationOff],
  ['none', 'nothing', {}, rejectedToken],
  ['none', 'no such client', { client: absent }, rejectedToken],
  ['none', 'rotation on', rotating, rejectedToken],
  ['none', 'rotation off', fixed, rotationOff],
  ['none', 'rotation off, long ago', toStale(fixed, 'client'), rejectedToken],
  ['sent', 'rotation off, long ago', toStale(fixed, 'client'), rejectedToken],
  ['unknown', 'nothing', {}, rejectedToken],
  ['unknown', 'no such pool', { pool: absent }, rejectedToken],
  ['unknown', 'device tracking', tracked, rejectedToken],
  ['unknown', 'no device tracking, long ago', toStale(untracked, 'pool'), rejectedToken],
  [
    'unknown',
    'rotation off, and no device tracking long ago',
    { ...fixed, ...toStale(untracked, 'pool') },
    rotationOff,
  ],
  [
    'unknown',
    'no device tracking',
    untracked,
    fail('refresh_token_rejected', {
      evidence: ['device_tracking_off'],
      candidates: without('device_tracking'),
    }),
  ],
  [
    'unknown',
    'rotation off, no device tracking',
    { ...fixed, ...untracked },
    fail('refresh_token_rejected', {
      evidence: ['rotation_off', 'device_tracking_off'],
      candidates: without('refresh_token_rotated_out', 'device_tracking'),
    }),
  ],
]

for (const [earlier, what, pool, expected] of tokens) {
  const named = `${expected.cause}, ${expected.certainty}`
  test(`a refresh token of earlier use ${earlier} and a pool that says ${what}: ${named}`, () => {
    for (const request of [refreshRequest, revocationRequest]) {
      assert.deepEqual(diagnose(toInput(rejectedToken, { request, earlier, pool })), expected)
    }
  })
}

test('attributes that can all be read rule out their reason, whatever other reasons remain', () => {
  const pool = { ...toClientEvidence({ isRotating: true }), ...tracked }
  assert.deepEqual(
    diagnose(toInput(rejectedToken, { request: refreshRequest, pool })),
    fail('refresh_token_rejected', {
      evidence: ['attributes_readable'],
      candidates: without('scope_attributes_unreadable'),
    }),
  )
  const old = toStale(pool, 'client')
  assert.deepEqual(
    diagnose(toInput(rejectedToken, { request: refreshRequest, pool: old })),
    rejectedToken,
  )
})

test('only where the pool has a replica may a code or token be one that another Region has issued', () => {
  const elsewhere = toClient({ userPoolRegion: 'eu-west-1' })
  for (const [failure, request] of [
    [fail('code_rejected'), codeRequest],
    [rejectedToken, refreshRequest],
    [rejectedToken, revocationRequest],
  ] as const) {
    const candidates = (client: Client) =>
      diagnose(toInput(failure, { request: { ...request, client } })).candidates
    assert.equal(candidates(elsewhere).at(-1), 'not_replicated_yet')
    assert.ok(!candidates(toClient()).includes('not_replicated_yet'))
  }
})

test('no setting rules out that a refresh token has expired', () => {
  for (const client of [toClientEvidence(), rotating, graceful]) {
    const pool = { ...client, ...untracked }
    const { candidates } = diagnose(toInput(rejectedToken, { request: refreshRequest, pool }))
    assert.equal(candidates[0], 'refresh_token_expired')
  }
})

test('evidence about a code is never used for a refresh token, nor the reverse', () => {
  for (const earlier of everyUse) {
    for (const pool of [{}, disabled, rotating]) {
      const code = diagnose(toInput(fail('code_rejected'), { earlier, pool }))
      assert.doesNotMatch(JSON.stringify([code.cause, code.evidence]), /token|rotat/)
      const input = toInput(rejectedToken, { request: refreshRequest, earlier, pool })
      const token = diagnose(input)
      assert.doesNotMatch(JSON.stringify([token.cause, token.evidence]), /code_|callback|redirect/)
    }
  }
})

test('a resource that the caller named makes its missing server the first candidate, and rules nothing out', () => {
  assert.ok(codeRequest.grantType === 'authorization_code')
  const request = { ...codeRequest, namesResource: true as const }
  const found = diagnose(toInput(fail('code_rejected'), { request, earlier: 'none' }))
  assert.deepEqual(found.evidence, ['no_use_on_record', 'resource_sent'])
  assert.equal(found.candidates[0], 'resource_server_missing')
  assert.deepEqual([...found.candidates].sort(), [...allOfCode].sort())
  const spent = diagnose(toInput(fail('code_rejected'), { request, earlier: 'spent' }))
  assert.deepEqual(spent, used)
})
