import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Failure, fail, toCause } from '../../core/causes/catalogue.ts'
import type { FactName, Facts } from '../../core/facts.ts'
import { toRecord } from '../../core/record.ts'
import {
  allFacts,
  causeNames,
  measures,
  toFailedOutcome,
  toSuccess,
} from '../fixtures/core/sample-outcome.ts'

const recordedFacts = {
  attempts: 2,
  upstream_ms: 81,
  upstream_status: 400,
  upstream_error: 'invalid_grant',
  upstream_request_id: 'cognito-request-1',
  secret_ms: 13,
  secret_source: 'cache',
  secret_age_s: 32,
  remaining_ms: 14_000,
}
const fieldOf: Readonly<Record<FactName, keyof typeof recordedFacts>> = {
  attempts: 'attempts',
  upstreamMs: 'upstream_ms',
  upstreamStatus: 'upstream_status',
  upstreamError: 'upstream_error',
  upstreamRequestId: 'upstream_request_id',
  secretMs: 'secret_ms',
  secretSource: 'secret_source',
  secretAgeSeconds: 'secret_age_s',
  remainingMs: 'remaining_ms',
}
const failureFields = ['cause', 'fault', 'certainty', 'evidence', 'candidates', 'fix', 'runbook']
const contractFields = [
  ...['request_id', 'outcome', 'client', 'grant_type', 'status', 'oauth_error'],
  ...['total_ms', 'cold_start', ...failureFields, ...Object.keys(recordedFacts)],
]

/** The record as it is written: what is undefined is not there. */
function write(...call: Parameters<typeof toRecord>): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(toRecord(...call)))
}

const plainSuccess = {
  request_id: 'request-1',
  outcome: 'ok',
  client: 'shop',
  grant_type: 'authorization_code',
  status: 200,
  total_ms: 121,
}

test('records a success with all that was unusual about it, in whole units', () => {
  const facts = { ...allFacts, upstreamStatus: 201, secretSource: 'stale' } as const
  const spent = { ...measures, facts, isColdStart: true }
  assert.deepEqual(write(toSuccess(), spent, 'https://x.example'), {
    ...plainSuccess,
    attempts: 2,
    upstream_ms: 81,
    upstream_status: 201,
    secret_ms: 13,
    secret_source: 'stale',
    secret_age_s: 32,
    cold_start: true,
  })
})

test('records nothing of a success that goes without saying, or that is only looked up for a failure', () => {
  const facts = { ...allFacts, attempts: 1, upstreamStatus: 200, secretMs: 0.4 }
  assert.deepEqual(write(toSuccess(), { ...measures, facts }, ''), {
    ...plainSuccess,
    upstream_ms: 81,
  })
})

test('records a success of which nothing was measured', () => {
  const outcome = toSuccess({ grantType: undefined, client: 'unknown' })
  assert.deepEqual(write(outcome, { ...measures, isColdStart: true }, ''), {
    request_id: 'request-1',
    outcome: 'ok',
    client: 'unknown',
    status: 200,
    total_ms: 121,
    cold_start: true,
  })
})

for (const name of causeNames) {
  test(`records ${name} with its cause, fault and fix, and only the facts that it may carry`, () => {
    const cause = toCause(name)
    const failure = { ...fail(name), facts: allFacts }
    const expected = cause.facts.map((fact) => [fieldOf[fact], recordedFacts[fieldOf[fact]]])
    assert.deepEqual(write(toFailedOutcome(failure), measures, 'https://x.example/runbook'), {
      request_id: 'request-1',
      outcome: 'failed',
      cause: name,
      fault: cause.fault,
      certainty: cause.candidates === undefined ? 'proved' : 'undetermined',
      evidence: [],
      ...(cause.candidates === undefined ? {} : { candidates: cause.candidates }),
      fix: cause.fix,
      runbook: `https://x.example/runbook/${name}.md`,
      client: 'shop',
      grant_type: 'refresh_token',
      status: cause.status,
      oauth_error: cause.error,
      ...Object.fromEntries(expected),
      total_ms: 121,
      cold_start: false,
    })
  })
}

test('records the status that was answered, which differs at a code', () => {
  assert.equal(
    write(toFailedOutcome('cognito_error', 'authorization_code'), measures, '')['status'],
    504,
  )
  assert.equal(write(toFailedOutcome('cognito_error'), measures, '')['status'], 503)
})

test('leaves the runbook out where none is published', () => {
  assert.equal('runbook' in write(toFailedOutcome('unforeseen'), measures, ''), false)
})

test('records the detail before the evidence', () => {
  const failure = { ...fail('parameter_missing', { detail: 'code' }), evidence: ['seen'] }
  assert.deepEqual(write(toFailedOutcome(failure), measures, '')['evidence'], ['code', 'seen'])
})

test('records candidates only while the cause is undetermined', () => {
  const likely = fail('client_rejected', { certainty: 'likely' })
  const record = write(toFailedOutcome(likely), measures, '')
  assert.equal(record['certainty'], 'likely')
  assert.equal('candidates' in record, false)
  const narrowed = fail('client_unauthorized', { candidates: ['grant_not_allowed'] })
  const { candidates } = write(toFailedOutcome(narrowed), measures, '')
  assert.deepEqual(candidates, ['grant_not_allowed'])
})

test("takes the failure's own facts before those measured, and what Lambda has left before all", () => {
  const failure = fail('cognito_error', { facts: { upstreamStatus: 500, attempts: 1 } })
  const facts = { upstreamStatus: 200, secretMs: 7, remainingMs: 1 }
  const record = write(toFailedOutcome(failure), { ...measures, facts, remainingMs: 9000.6 }, '')
  assert.equal(record['upstream_status'], 500)
  assert.equal(record['attempts'], 1)
  assert.equal(record['secret_ms'], 7)
  assert.equal(record['remaining_ms'], 9001)
  const without = write(toFailedOutcome('cognito_error'), { ...measures, remainingMs: 0 }, '')
  assert.equal(without['remaining_ms'], 0)
})

test('rounds to the nearest whole unit', () => {
  assert.equal(write(toSuccess(), { ...measures, totalMs: 120.4 }, '')['total_ms'], 120)
  assert.equal(write(toSuccess(), { ...measures, totalMs: 120.5 }, '')['total_ms'], 121)
})

test('has no name for a fact that was not measured', () => {
  assert.equal('attempts' in toRecord(toSuccess(), measures, ''), false)
})

test('keeps a fact of nothing in a failure, where it is a number like any other', () => {
  const record = write(
    toFailedOutcome('cognito_error'),
    { ...measures, facts: { secretMs: 0 } },
    '',
  )
  assert.equal(record['secret_ms'], 0)
})

test('picks facts again, since a widened object carries what its type does not show', () => {
  const widened = { ...allFacts, body: 'canary', error_description: 'canary', stack: 'canary' }
  const facts: Partial<Facts> = widened
  for (const name of causeNames) {
    const failure: Failure = { ...fail(name), facts }
    const record = write(toFailedOutcome(failure), { ...measures, facts }, '')
    assert.doesNotMatch(JSON.stringify(record), /canary/)
    const strangers = Object.keys(record).filter((field) => !contractFields.includes(field))
    assert.deepEqual(strangers, [])
  }
  const refused: Failure = { ...fail('client_unknown'), facts: widened }
  const fields = Object.keys(write(toFailedOutcome(refused), measures, ''))
  assert.deepEqual(
    fields.filter((field) => field in recordedFacts),
    [],
  )
})

test('records no token, and no field of an outcome that it does not know', () => {
  const value = { access_token: 'canary', token_type: 'canary', refresh_token: 'canary' }
  const outcome = { ...toSuccess({ result: { ok: true, value } }), body: 'canary' }
  const widened = { ...measures, event: 'canary' }
  const record = write(outcome, widened, '')
  assert.doesNotMatch(JSON.stringify(record), /canary/)
})

test('fits into 2048 bytes at its longest, with room for what the logger adds', () => {
  const longest = {
    ...allFacts,
    upstreamMs: 28_000,
    secretMs: 28_000,
    secretAgeSeconds: 604_800,
    upstreamError: 'unsupported_token_type' as const,
    upstreamRequestId: 'i'.repeat(64),
    secretSource: 'fetched' as const,
  }
  // Level, message, service, timestamp, trace id and the five facts of the function.
  const loggerBytes = 500
  for (const name of causeNames) {
    const cause = toCause(name)
    const details = Object.keys(cause.details ?? {}).sort((a, b) => b.length - a.length)
    const evidence = [...(cause.evidence ?? [])].sort((a, b) => b.length - a.length).slice(0, 4)
    const failure = { ...fail(name), detail: details[0], evidence, facts: longest }
    const outcome = {
      ...toFailedOutcome(failure, 'authorization_code'),
      client: `c${'1'.repeat(31)}`,
    }
    const runbookUrl = `https://docs.example.com/${'r'.repeat(75)}`
    const at = {
      ...measures,
      ...{ requestId: 'q'.repeat(64), totalMs: 28_000.123, isColdStart: true, facts: longest },
    }
    const bytes = Buffer.byteLength(JSON.stringify(toRecord(outcome, at, runbookUrl)))
    assert.ok(bytes + loggerBytes <= 2048, `${name}: ${bytes}`)
  }
})
