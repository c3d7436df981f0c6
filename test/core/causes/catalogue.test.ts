import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, causes, fail, toCause } from '../../../core/causes/catalogue.ts'
import { cookie } from '../../../core/causes/cookie.ts'
import { deployment } from '../../../core/causes/deployment.ts'
import { edge } from '../../../core/causes/edge.ts'
import { refusedByProxy } from '../../../core/causes/refused-by-proxy.ts'
import { rejectedByCognito } from '../../../core/causes/rejected-by-cognito.ts'
import { rejectedGrant } from '../../../core/causes/rejected-grant.ts'
import { unanswered } from '../../../core/causes/unanswered.ts'
import { contract, undeterminedCauses } from '../../fixtures/conformance/contract.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

/** What `error_description` may hold: no quotation mark, no backslash, ASCII alone. */
const descriptionForm = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/
const slug = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

test('contains the rows of all seven parts, none of them twice', () => {
  const parts = [
    refusedByProxy,
    edge,
    cookie,
    rejectedByCognito,
    rejectedGrant,
    unanswered,
    deployment,
  ].map((part) => Object.keys(part))
  assert.deepEqual(parts.flat().sort(), [...causeNames].sort())
})

for (const name of causeNames) {
  const cause = toCause(name)

  test(`${name} is answered as the contract says`, () => {
    assert.deepEqual([cause.status, cause.error, cause.fault], contract[name])
  })

  test(`${name} has texts that an error_description may hold (RFC 6749 §5.2)`, () => {
    const texts = [
      cause.description,
      ...Object.values(cause.details ?? {}),
      ...(cause.forCode ? [cause.forCode.description] : []),
    ]
    for (const text of texts) {
      assert.match(text, descriptionForm)
      assert.match(text, /^[A-Z].*\.$/)
    }
  })

  test(`${name} is named by subject and condition, and its slugs are slugs`, () => {
    const slugs = [
      ...Object.keys(cause.details ?? {}),
      ...(cause.evidence ?? []),
      ...(cause.candidates ?? []),
    ]
    for (const text of [name, ...slugs]) assert.match(text, slug)
    for (const list of [cause.evidence ?? [], cause.candidates ?? [], cause.facts]) {
      assert.equal(new Set(list).size, list.length)
    }
    assert.ok(!cause.candidates?.includes(name))
  })

  test(`${name} says what fixes it in one sentence`, () => {
    assert.match(cause.fix, /^[A-Z][^\n]{15,}\.$/)
  })

  test(`${name} is told as the fault of whoever must act`, () => {
    const statuses = [cause.status, cause.forCode?.status ?? cause.status]
    for (const status of statuses) {
      // Too many requests can be anybody's: those of the caller, or those of all users together.
      if (status === 429) continue
      const isCallers = status >= 400 && status < 500
      assert.equal(isCallers, cause.fault === 'caller')
      assert.ok(isCallers || (status >= 500 && status <= 504))
    }
    if (cause.fault === 'caller') return
    assert.doesNotMatch(cause.error, /^(?:invalid|unauthorized|unsupported)_/)
    assert.doesNotMatch(cause.description, /pool|secret|lambda|waf|aws/i)
  })

  test(`${name} wakes an operator where one must act`, () => {
    const { alarm } = cause
    if (cause.fault !== 'caller') assert.ok(alarm)
    if (alarm === undefined) return
    assert.ok(Number.isInteger(alarm.atLeast) && alarm.atLeast >= 1)
    // CloudWatch evaluates an alarm over whole minutes.
    assert.ok(alarm.withinSeconds >= 60 && alarm.withinSeconds % 60 === 0)
  })
}

test('the stored secret in a front end is an incident, so that one of them wakes somebody', () => {
  const alarm = { atLeast: 1, withinSeconds: 600, counts: 'LeakedSecrets' }
  assert.deepEqual(causes.caller_sent_credentials.alarm, alarm)
})

test('answers invalid_grant with 400 at a caller, and only where Cognito refused a grant', () => {
  const names = causeNames.filter((name) => toCause(name).error === 'invalid_grant')
  assert.deepEqual(names, [
    'redirect_uri_mismatch',
    'code_already_used',
    'code_rejected',
    'refresh_token_rejected',
    'refresh_token_rotated_out',
    'refresh_token_revoked',
  ])
  for (const name of names) {
    assert.equal(toCause(name).status, 400)
    assert.equal(toCause(name).fault, 'caller')
    assert.match(toCause(name).description, /^(?:Cognito refused the|This) .* Sign in again\.$/)
  }
})

test('has candidates for exactly the causes that the contract calls undetermined', () => {
  const names = causeNames.filter((name) => toCause(name).candidates !== undefined)
  assert.deepEqual(names.sort(), undeterminedCauses)
  for (const name of names) assert.ok((toCause(name).candidates ?? []).length >= 2)
})

test('looks a row up by its name', () => {
  for (const name of causeNames) assert.equal(toCause(name), causes[name])
})

const bare = {
  ok: false,
  detail: undefined,
  evidence: [],
  facts: {},
  delivery: undefined,
  retryAfterSeconds: undefined,
}

test('a failure of a cause that is certain is proved', () => {
  assert.deepEqual(fail('client_unknown'), {
    ...bare,
    cause: 'client_unknown',
    certainty: 'proved',
    candidates: [],
  })
})

test('a failure of an undetermined cause says so and lists the candidates', () => {
  assert.deepEqual(fail('client_rejected'), {
    ...bare,
    cause: 'client_rejected',
    certainty: 'undetermined',
    candidates: causes.client_rejected.candidates,
  })
})

test('a failure carries its evidence', () => {
  assert.deepEqual(
    fail('cognito_connection_lost', {
      certainty: 'likely',
      evidence: ['before_answer', 'reused_connection'],
      facts: { attempts: 1 },
      delivery: 'unknown',
      retryAfterSeconds: 7,
    }),
    {
      ok: false,
      cause: 'cognito_connection_lost',
      certainty: 'likely',
      detail: undefined,
      evidence: ['before_answer', 'reused_connection'],
      candidates: [],
      facts: { attempts: 1 },
      delivery: 'unknown',
      retryAfterSeconds: 7,
    },
  )
  assert.equal(fail('parameter_missing', { detail: 'code' }).detail, 'code')
  const narrowed = fail('code_rejected', { certainty: 'proved', candidates: ['code_expired'] })
  assert.deepEqual(narrowed.candidates, ['code_expired'])
  assert.equal(narrowed.certainty, 'proved')
})

test('every name of the catalogue is one of the compiler', () => {
  const names: readonly CauseName[] = causeNames
  assert.equal(new Set(names).size, Object.keys(causes).length)
})
