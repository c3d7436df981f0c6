import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import {
  judgeClock,
  judgeDomainAnswer,
  judgeDomainName,
  judgeDomainOwner,
  judgeProbe,
  judgeSecretForm,
  judgeSecretReadable,
} from '../../../core/doctor/access.ts'
import { toAppClient, toFindings, toPoolClient } from '../../fixtures/core/sample-findings.ts'

const greet = (aheadSeconds: number | undefined) =>
  toFindings({ greeting: { ok: true, value: { aheadSeconds } } })
const own = (userPoolId: string | undefined, status?: string) =>
  toFindings({ domain: { ok: true, value: { userPoolId, status } } })

test('tells a secret that cannot be read from one that is not in order', () => {
  const malformed = toFindings({ secret: fail('secret_malformed', { evidence: ['not_json'] }) })
  assert.equal(judgeSecretReadable(malformed).status, 'ok')
  assert.equal(judgeSecretForm(malformed).cause, 'secret_malformed')
  assert.match(judgeSecretForm(malformed).command ?? '', /put-secret-value/)
})

test('prints no call over the secret of another app client, since secretId may be the wrong one', () => {
  const evidence = ['client_id_differs'] as const
  const mixedUp = judgeSecretForm(toFindings({ secret: fail('secret_malformed', { evidence }) }))
  assert.equal(mixedUp.cause, 'secret_malformed')
  assert.equal(mixedUp.command, undefined)
  assert.match(mixedUp.fix ?? '', /^secretId may be the wrong one/)
})

test('says of every call that replaces a stored secret that it does', () => {
  for (const { fix, command } of [
    judgeSecretForm(toFindings({ secret: fail('secret_malformed') })),
    judgeProbe(toFindings({ probe: fail('client_secret_mismatch') })),
  ]) {
    assert.match(command ?? '', /put-secret-value/)
    assert.match(fix ?? '', /First make sure that secretId is right/)
  }
})

test('makes no secret under an ARN, but asks for another one', () => {
  const client = toPoolClient({ secretId: 'arn:aws:secretsmanager:eu-central-1:1:secret:x-a1b2c3' })
  const lost = judgeSecretReadable(toFindings({ client, secret: fail('secret_not_found') }))
  assert.equal(lost.command, undefined)
  assert.match(lost.fix ?? '', /ARN/)
})

test('stores no secret of an app client that has none or is not there', () => {
  for (const appClient of [
    { ok: true, value: toAppClient({ secret: undefined }) },
    { ok: false, why: 'absent' },
  ] as const) {
    for (const secret of [fail('secret_not_found'), fail('secret_malformed')]) {
      const findings = toFindings({ appClient, secret })
      assert.equal(judgeSecretForm(findings).command, undefined)
    }
  }
  const denied = { ok: false, why: 'denied' } as const
  const unread = toFindings({ appClient: denied, secret: fail('secret_malformed') })
  assert.match(judgeSecretForm(unread).command ?? '', /put-secret-value/)
})

test('gives each client a policy of its own, so that no role loses what another one gave it', () => {
  const secret = fail('secret_access_denied')
  const [one, other] = ['shop', 'admin'].map(
    (name) => judgeSecretReadable(toFindings({ client: toPoolClient({ name }), secret })).command,
  )
  assert.match(one ?? '', /--policy-name read-secret-of-shop /)
  assert.match(other ?? '', /--policy-name read-secret-of-admin /)
})

test('allows nothing more to a role that is denied the key or whose credentials are rejected', () => {
  for (const evidence of [['decryption_denied'], ['credentials_rejected']] as const) {
    const secret = fail('secret_access_denied', { evidence })
    assert.equal(judgeSecretReadable(toFindings({ secret })).command, undefined)
  }
})

test('mends each fault of the secret by a call of its own, where there is one', () => {
  const command = (secret: ReturnType<typeof fail>) =>
    judgeSecretReadable(toFindings({ secret })).command ?? 'none'
  assert.match(command(fail('secret_not_found')), /create-secret/)
  assert.match(
    command(fail('secret_not_found', { evidence: ['marked_for_deletion'] })),
    /restore-secret/,
  )
  assert.match(command(fail('secret_access_denied')), /put-role-policy/)
  assert.equal(command(fail('secret_unavailable')), 'none')
})

test('tells a name that is not known from a domain that does not answer', () => {
  const unresolved = toFindings({ greeting: fail('domain_not_found') })
  assert.match(judgeDomainName(unresolved).command ?? '', /describe-user-pool /)
  const unreachable = toFindings({ greeting: fail('cognito_unreachable') })
  assert.equal(judgeDomainName(unreachable).status, 'ok')
  assert.equal(judgeDomainAnswer(unreachable).cause, 'cognito_unreachable')
})

test('claims TLS only where there was some', () => {
  assert.match(judgeDomainAnswer(toFindings()).found, /TLS/)
  const client = toPoolClient({ domain: 'http://127.0.0.1:9' })
  assert.doesNotMatch(judgeDomainAnswer(toFindings({ client })).found, /TLS/)
})

test('knows whose domain it is', () => {
  assert.equal(judgeDomainOwner(own('eu-central-1_Pool1')).status, 'ok')
  assert.equal(judgeDomainOwner(own('eu-central-1_Pool1', 'DELETING')).status, 'warning')
  assert.equal(judgeDomainOwner(own('eu-central-1_Other')).cause, 'domain_of_another_pool')
})

test('does not blame the domain for a user pool that does not exist', () => {
  const domain = {
    ok: true,
    value: { userPoolId: 'eu-central-1_Other', status: 'ACTIVE' },
  } as const
  const pool = { ok: false, why: 'absent' } as const
  assert.equal(judgeDomainOwner(toFindings({ domain, pool })).status, 'skipped')
})

test("only warns of a domain that Cognito describes as nobody's: it may be an alias, and the probe decides", () => {
  const verdict = judgeDomainOwner(own(undefined))
  assert.equal(verdict.status, 'warning')
  assert.match(verdict.found, /alias .*see the live probe$/)
  assert.equal(verdict.cause, undefined)
})

test('knows by the pool itself whose domain it is, where it may not ask for the domain', () => {
  const domain = { ok: false, why: 'denied' } as const
  const toOwner = (hasDomain: boolean) =>
    judgeDomainOwner(
      toFindings({ domain, pool: { ok: true, value: { hasDeviceTracking: false, hasDomain } } }),
    )
  assert.equal(toOwner(true).status, 'ok')
  assert.equal(toOwner(false).status, 'warning')
  const unread = toFindings({ domain, pool: { ok: false, why: 'unanswered' } })
  assert.equal(judgeDomainOwner(unread).status, 'skipped')
})

test('bears a clock that is a minute off, in either direction, and no more', () => {
  for (const aheadSeconds of [0, 60, -60])
    assert.equal(judgeClock(greet(aheadSeconds)).status, 'ok')
  assert.equal(judgeClock(greet(61)).found, 'this machine is 61 s behind Cognito')
  assert.equal(judgeClock(greet(-90.4)).found, 'this machine is 90 s ahead of Cognito')
  assert.equal(judgeClock(greet(61)).cause, 'clock_skewed')
  assert.equal(judgeClock(greet(undefined)).status, 'skipped')
  assert.equal(judgeClock(toFindings({ greeting: fail('cognito_timeout') })).status, 'skipped')
})

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

test('says what was sent: a code, or a refresh token where the client exchanges no codes', () => {
  for (const [grants, sent] of [
    [['authorization_code', 'refresh_token'], /^a junk code was /],
    [['authorization_code'], /^a junk code was /],
    [['refresh_token'], /^a junk refresh token was /],
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
