import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, type Failure, fail, toCause } from '../../core/causes/catalogue.ts'
import type { GrantType } from '../../core/causes/cause.ts'
import { toHttpAnswer, toRunbookLink, toStatus } from '../../core/http-answer.ts'
import { causeNames, toFailedOutcome, toSuccess } from '../fixtures/core/sample-outcome.ts'

const fixedHeaders = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-request-id': 'request-1',
}
const grants: readonly (GrantType | undefined)[] = [
  'authorization_code',
  'refresh_token',
  undefined,
]

test('answers a success with the tokens alone (RFC 6749 §5.1)', () => {
  const value = { access_token: 'a', id_token: 'i', token_type: 'Bearer', expires_in: 60 }
  const answer = toHttpAnswer(toSuccess({ result: { ok: true, value } }), 'request-1', 'https://x')
  assert.deepEqual(answer, { statusCode: 200, headers: fixedHeaders, body: JSON.stringify(value) })
})

test('answers a revocation with an empty object and the fixed headers (RFC 7009 §2.2)', () => {
  const outcome = toSuccess({ grantType: undefined, result: { ok: true, value: undefined } })
  const answer = toHttpAnswer(outcome, 'request-1', 'https://x')
  assert.deepEqual(answer, { statusCode: 200, headers: fixedHeaders, body: '{}' })
})

test('answers with exactly the cookies of the outcome', () => {
  const cookies = ['a=1; Secure', 'b=2']
  for (const outcome of [toSuccess(), toFailedOutcome('refresh_token_rejected')]) {
    const bare = toHttpAnswer(outcome, 'request-1', '')
    assert.deepEqual(toHttpAnswer({ ...outcome, cookies }, 'request-1', ''), { ...bare, cookies })
    assert.deepEqual(toHttpAnswer({ ...outcome, cookies: [] }, 'request-1', ''), bare)
    assert.ok(!('cookies' in bare))
  }
})

/** What a cause is answered with besides the fixed headers, at a code and at anything else. */
type Row = readonly [status: number, more: object]
const waits = { 'retry-after': '5' }

function toExpected(name: CauseName, grantType: GrantType | undefined): Row {
  const isCode = grantType === 'authorization_code'
  if (name === 'cognito_error') return isCode ? [504, {}] : [503, waits]
  const { status } = toCause(name)
  if (status === 405) return [405, { allow: 'POST' }]
  if (status === 504) return [504, isCode ? {} : waits]
  return [status, status === 503 || status === 429 ? waits : {}]
}

for (const name of causeNames) {
  test(`answers ${name} with its status, the fixed headers and fixed texts (RFC 6749 §5.2)`, () => {
    for (const grantType of grants) {
      const [status, more] = toExpected(name, grantType)
      const outcome = { ...toFailedOutcome(name), grantType }
      const { statusCode, headers, body } = toHttpAnswer(outcome, 'request-1', 'https://x.example')
      assert.equal(statusCode, status)
      assert.equal(toStatus(fail(name), grantType), status)
      assert.deepEqual(headers, { ...fixedHeaders, ...more })
      const cause = toCause(name)
      const isCode = grantType === 'authorization_code'
      const text = (isCode ? cause.forCode?.description : undefined) ?? cause.description
      assert.deepEqual(JSON.parse(body), {
        error: cause.error,
        error_description: cause.fault === 'caller' ? text : `${text} Request id: request-1`,
        error_uri: `https://x.example/${name}.md`,
      })
    }
  })
}

test('leaves error_uri out where no runbook is published', () => {
  const { body } = toHttpAnswer(toFailedOutcome('client_unknown'), 'request-1', '')
  assert.deepEqual(Object.keys(JSON.parse(body)), ['error', 'error_description'])
})

test('links the page of a cause, whether or not the address ends in a slash', () => {
  for (const url of ['https://x.example/runbook', 'https://x.example/runbook/']) {
    assert.equal(toRunbookLink(url, 'a'), 'https://x.example/runbook/a.md')
  }
})

test('says for a code of unknown outcome that sign-in must start again, and when not to wait', () => {
  const lost = [
    'cognito_timeout',
    'cognito_connection_lost',
    'cognito_error',
    'cognito_answer_unusable',
  ] as const
  for (const name of lost) {
    const code = toHttpAnswer(toFailedOutcome(name, 'authorization_code'), 'request-1', '')
    assert.match(code.body, /so start sign-in again/)
    assert.equal(code.headers['retry-after'], undefined)
    assert.doesNotMatch(code.body, /try again/i)
    assert.doesNotMatch(toHttpAnswer(toFailedOutcome(name), 'request-1', '').body, /start sign-in/)
  }
})

for (const name of causeNames) {
  for (const [detail, sentence] of Object.entries(toCause(name).details ?? {})) {
    test(`explains ${name} further where it is ${detail}`, () => {
      const { body } = toHttpAnswer(toFailedOutcome({ ...fail(name), detail }), 'request-1', '')
      const expected = `${toCause(name).description} ${sentence}`
      assert.equal(JSON.parse(body).error_description, expected)
    })
  }
}

test('shows nothing of a detail that the catalogue does not have', () => {
  for (const name of ['parameter_missing', 'client_unknown', 'unforeseen'] as const) {
    const { body } = toHttpAnswer(toFailedOutcome({ ...fail(name), detail: 'canary' }), 'r', '')
    assert.doesNotMatch(body, /canary|undefined/)
  }
})

const waitsSeconds: readonly (readonly [number | undefined, string])[] = [
  [undefined, '5'],
  [0, '1'],
  [-7, '1'],
  [0.2, '1'],
  [1, '1'],
  [1.01, '2'],
  [5, '5'],
  [59.5, '60'],
  [60, '60'],
  [61, '60'],
  [1e9, '60'],
]

for (const [retryAfterSeconds, expected] of waitsSeconds) {
  test(`asks to wait ${expected} s where Cognito said ${retryAfterSeconds}`, () => {
    for (const name of ['cognito_throttled', 'cognito_error'] as const) {
      const failure = fail(name, { retryAfterSeconds })
      const { headers } = toHttpAnswer(toFailedOutcome(failure), 'request-1', '')
      assert.equal(headers['retry-after'], expected)
    }
  })
}

test("carries nothing of evidence, candidates or Cognito's request id", () => {
  const failure = {
    ...fail('cognito_error', { facts: { upstreamRequestId: 'canary', upstreamStatus: 500 } }),
    evidence: ['canary'],
    candidates: ['canary'],
  }
  const answer = toHttpAnswer({ ...toFailedOutcome(failure), client: 'canary' }, 'request-1', '')
  assert.doesNotMatch(JSON.stringify(answer), /canary/)
})

test('a method that is not taken is answered with the one that is (RFC 9110 §15.5.6)', () => {
  const allowed = (failure: Failure) =>
    toHttpAnswer(toFailedOutcome(failure), 'r1', '').headers['allow']
  assert.equal(allowed(fail('method_not_allowed')), 'POST')
  assert.equal(allowed(fail('method_not_allowed', { detail: 'metadata' })), 'GET')
})
