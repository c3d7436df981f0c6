import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { judgeProbe } from '../../../core/doctor/live-probe.ts'
import { toFindings, toPoolClient } from '../../fixtures/core/sample-findings.ts'

test('takes the refusal of the code itself, and only that, as proof', () => {
  const probe = (probe: ReturnType<typeof fail>) => judgeProbe(toFindings({ probe }))
  assert.equal(probe(fail('code_rejected')).status, 'ok')
  assert.equal(probe(fail('refresh_token_rejected')).status, 'ok')
  assert.equal(probe(fail('waf_blocked')).cause, 'waf_blocked')
  assert.equal(probe(fail('waf_blocked')).command, undefined)
  assert.match(probe(fail('client_secret_mismatch')).command ?? '', /put-secret-value/)
  for (const cause of ['domain_not_found', 'domain_of_another_pool'] as const) {
    assert.match(probe(fail(cause)).command ?? '', /describe-user-pool .*CustomDomain/, cause)
  }
})

test('says what was sent: a code, or a refresh token if the client does not exchange codes', () => {
  for (const [grants, sent] of [
    [['authorization_code', 'refresh_token'], /^an invented code was /],
    [['authorization_code'], /^an invented code was /],
    [['refresh_token'], /^an invented refresh token was /],
  ] as const) {
    const client = toPoolClient({ grants })
    for (const probe of [
      fail('refresh_token_rejected'),
      fail('waf_blocked'),
      { ok: true, value: undefined } as const,
    ]) {
      assert.match(judgeProbe(toFindings({ client, probe })).found, sent)
    }
  }
})

test('fails a probe that was answered with tokens, and skips one that was not sent', () => {
  const tokens = toFindings({ probe: { ok: true, value: undefined } })
  assert.equal(judgeProbe(tokens).cause, 'cognito_answer_unusable')
  assert.equal(judgeProbe(toFindings({ probe: undefined })).status, 'skipped')
})
