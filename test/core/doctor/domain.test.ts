import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import {
  judgeClock,
  judgeDomainAnswer,
  judgeDomainName,
  judgeDomainOwner,
} from '../../../core/doctor/domain.ts'
import { toFindings, toPoolClient } from '../../fixtures/core/sample-findings.ts'

const toAhead = (aheadSeconds: number | undefined) =>
  toFindings({ domainAnswer: { ok: true, value: { aheadSeconds } } })
const own = (userPoolId: string | undefined, status?: string) =>
  toFindings({ domain: { ok: true, value: { userPoolId, status } } })

test('tells a name that is not known from a domain that does not answer', () => {
  const unresolved = toFindings({ domainAnswer: fail('domain_not_found') })
  assert.match(judgeDomainName(unresolved).command ?? '', /describe-user-pool /)
  const unreachable = toFindings({ domainAnswer: fail('cognito_unreachable') })
  assert.equal(judgeDomainName(unreachable).status, 'ok')
  assert.equal(judgeDomainAnswer(unreachable).cause, 'cognito_unreachable')
})

test('claims TLS only where there was some', () => {
  assert.match(judgeDomainAnswer(toFindings()).found, /TLS/)
  const client = toPoolClient({ domain: 'http://127.0.0.1:9' })
  assert.doesNotMatch(judgeDomainAnswer(toFindings({ client })).found, /TLS/)
})

test('knows which pool owns the domain', () => {
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

test('learns the owner of a domain from the pool if it may not describe the domain', () => {
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
    assert.equal(judgeClock(toAhead(aheadSeconds)).status, 'ok')
  assert.equal(judgeClock(toAhead(61)).found, 'this machine is 61 s behind Cognito')
  assert.equal(judgeClock(toAhead(-90.4)).found, 'this machine is 90 s ahead of Cognito')
  assert.equal(judgeClock(toAhead(61)).cause, 'clock_skewed')
  assert.equal(judgeClock(toAhead(undefined)).status, 'skipped')
  assert.equal(judgeClock(toFindings({ domainAnswer: fail('cognito_timeout') })).status, 'skipped')
})
