import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Failure, fail } from '../../core/causes/catalogue.ts'
import type { OAuthRequest, TokenRequest } from '../../core/oauth-request.ts'
import {
  chooseAttemptTimeoutMs,
  chooseRetryDelayMs,
  earnRetry,
  firstRetryBudget,
  leastAttemptMs,
  type RetryQuestion,
  spendRetry,
} from '../../core/retry-policy.ts'
import { Secret } from '../../core/secret.ts'
import { judgeUpstreamAnswer } from '../../core/token-response.ts'
import { toAnswer } from '../fixtures/core/sample-answer.ts'
import { toClient } from '../fixtures/core/sample-client.ts'

function toCode(refreshTokenRotation: 'off' | 'on' | 'unknown', graceSeconds = 0): TokenRequest {
  return {
    grantType: 'authorization_code',
    client: toClient({ refreshTokenRotation, retryGracePeriodSeconds: graceSeconds }),
    code: new Secret('code-1'),
    redirectUri: 'https://shop.example.com/callback',
    codeVerifier: new Secret('v'.repeat(43)),
  }
}

function toRefresh(refreshTokenRotation: 'off' | 'on' | 'unknown', graceSeconds = 0): TokenRequest {
  const client = toClient({ refreshTokenRotation, retryGracePeriodSeconds: graceSeconds })
  return { grantType: 'refresh_token', client, refreshToken: new Secret('refresh-1') }
}

function toRevocation(refreshTokenRotation: 'off' | 'on' | 'unknown'): OAuthRequest {
  const client = toClient({ refreshTokenRotation })
  return { grantType: undefined, client, token: new Secret('refresh-1') }
}

function judge(status: number, body: unknown): Failure {
  const result = judgeUpstreamAnswer(toAnswer(status, body), 'refresh_token')
  assert.ok(!result.ok)
  return result
}

const unsent = { delivery: 'unsent' } as const
const unknown = { delivery: 'unknown' } as const

/** A question that is answered with one more attempt after the shortest wait. */
const willing: RetryQuestion = {
  failure: fail('cognito_unreachable', unsent),
  request: toRefresh('off'),
  attempts: 1,
  sinceSentMs: 0,
  leftMs: 5000,
  isThrottled: false,
  hasBudget: true,
  random: 0,
}

/** The columns of the table: at what a second attempt is asked for. */
const columns = {
  // What is known of refresh tokens says nothing about codes.
  'a code, rotation off': toCode('off'),
  'a code, rotation with grace': toCode('on', 60),
  'a code, rotation not known': toCode('unknown'),
  'a refresh, rotation off': toRefresh('off'),
  'a refresh, rotation with grace': toRefresh('on', 60),
  'a refresh, rotation without grace': toRefresh('on', 0),
  'a refresh, rotation not known': toRefresh('unknown'),
  // A token that is revoked twice is revoked, whatever happens to refreshes.
  'a revocation, rotation on': toRevocation('on'),
  'a revocation, rotation not known': toRevocation('unknown'),
}

/** One figure for each column: how often a second attempt is made. */
type Cells = readonly (0 | 1)[]
const always: Cells = [1, 1, 1, 1, 1, 1, 1, 1, 1]
const never: Cells = [0, 0, 0, 0, 0, 0, 0, 0, 0]
const whereHarmless: Cells = [0, 0, 0, 1, 1, 0, 0, 1, 1]

const rows: readonly (readonly [string, Failure, Cells])[] = [
  ['a name that does not resolve', fail('domain_not_found', unsent), always],
  ['a refused, late or insecure connection', fail('cognito_unreachable', unsent), always],
  ['429', judge(429, ''), never],
  ['a throttle in other words', judge(400, 'Rate exceeded'), never],
  ['invalid_grant', judge(400, { error: 'invalid_grant' }), never],
  ['unauthorized_client', judge(400, { error: 'unauthorized_client' }), never],
  ['unsupported_token_type', judge(400, { error: 'unsupported_token_type' }), never],
  ['invalid_request', judge(400, { error: 'invalid_request' }), never],
  // Another secret is a request of its own; the same one changes nothing.
  ['invalid_client', judge(400, { error: 'invalid_client' }), never],
  ['a trigger that failed', judge(400, 'PreTokenGeneration failed'), never],
  ["the web ACL's page", judge(403, '<html></html>'), never],
  ['404', judge(404, ''), never],
  ['405', judge(405, ''), never],
  ['a redirect', judge(302, ''), never],
  ['500', judge(500, ''), whereHarmless],
  ['503 with HTML', judge(503, '<html></html>'), whereHarmless],
  ['a connection lost after the request', fail('cognito_connection_lost', unknown), whereHarmless],
  ['a timeout after the request', fail('cognito_timeout', unknown), whereHarmless],
  ['200 with a cut body', judge(200, '{"access_token":'), whereHarmless],
  ['200 without tokens', judge(200, {}), whereHarmless],
  ['a spent deadline', fail('deadline_exhausted'), never],
]

for (const [what, failure, cells] of rows) {
  for (const [index, [which, request]] of Object.entries(columns).entries()) {
    const isAsked = cells[index] === 1
    test(`${isAsked ? 'asks once more' : 'never asks again'} after ${what} for ${which}`, () => {
      const expected = isAsked ? 20 : undefined
      assert.equal(chooseRetryDelayMs({ ...willing, failure, request }), expected)
    })
  }
}

const limits: readonly (readonly [string, Partial<RetryQuestion>, number | undefined])[] = [
  ['nothing stands against it', {}, 20],
  ['no attempt was counted', { attempts: 0 }, 20],
  ['two attempts were made', { attempts: 2 }, undefined],
  ['three attempts were made', { attempts: 3 }, undefined],
  ['Cognito throttles', { isThrottled: true }, undefined],
  ['the budget is used up', { hasBudget: false }, undefined],
  ['just enough time is left', { leftMs: 270 }, 20],
  ['a millisecond too little is left', { leftMs: 269.9 }, undefined],
  ['just enough is left for a longer wait', { leftMs: 320, random: 0.5 }, 70],
  ['too little is left for a longer wait', { leftMs: 319.9, random: 0.5 }, undefined],
]

for (const [when, changes, expected] of limits) {
  test(`${expected === undefined ? 'never asks again' : 'asks once more'} when ${when}`, () => {
    assert.equal(chooseRetryDelayMs({ ...willing, ...changes }), expected)
    const replay = { ...willing, failure: fail('cognito_timeout', unknown), ...changes }
    assert.equal(chooseRetryDelayMs(replay), expected)
  })
}

const grace: readonly (readonly [number, number, number, number | undefined])[] = [
  [60, 58_979, 0, 20],
  [60, 58_980, 0, undefined],
  [60, 58_900, 0.799, 99],
  [60, 58_900, 0.8, undefined],
  [2, 979, 0, 20],
  [2, 980, 0, undefined],
  [1, 0, 0, undefined],
  [0, 0, 0, undefined],
]

for (const [graceSeconds, sinceSentMs, random, expected] of grace) {
  const verb = expected === undefined ? 'does not replay' : 'replays'
  test(`${verb} a refresh sent ${sinceSentMs} ms ago, random ${random}, grace ${graceSeconds} s`, () => {
    const question = {
      ...willing,
      failure: fail('cognito_timeout', unknown),
      request: toRefresh('on', graceSeconds),
      sinceSentMs,
      random,
    }
    assert.equal(chooseRetryDelayMs(question), expected)
  })
}

test('rotation off needs no grace, and rotation not known gains nothing from one', () => {
  const failure = fail('cognito_timeout', unknown)
  const late = { ...willing, failure, sinceSentMs: 1e9 }
  assert.equal(chooseRetryDelayMs({ ...late, request: toRefresh('off') }), 20)
  assert.equal(
    chooseRetryDelayMs({ ...willing, failure, request: toRefresh('unknown', 60) }),
    undefined,
  )
})

test('waits from 20 to 119 whole milliseconds, spread by the random number', () => {
  for (const [random, expected] of [
    [0, 20],
    [0.009, 20],
    [0.01, 21],
    [0.5, 70],
    [0.9999, 119],
  ] as const) {
    assert.equal(chooseRetryDelayMs({ ...willing, random }), expected)
  }
  assert.equal(leastAttemptMs, 250)
})

for (const [retryAfterSeconds, expected] of [
  [undefined, 20],
  [0, 20],
  [0.5, undefined],
  [1, undefined],
] as const) {
  const verb = expected === undefined ? 'never asks again' : 'asks once more'
  test(`${verb} where the answer wishes ${retryAfterSeconds} seconds of rest (RFC 9110 §10.2.3)`, () => {
    const failure = { ...fail('cognito_error', unknown), retryAfterSeconds }
    assert.equal(chooseRetryDelayMs({ ...willing, failure }), expected)
  })
}

const spans: readonly (readonly [string, TokenRequest, number, number, number])[] = [
  ['a first refresh with rotation off', toRefresh('off'), 0, 9000, 5400],
  ['a first refresh with grace enough', toRefresh('on', 60), 0, 9000, 5400],
  ['a first refresh whose grace just outlasts it', toRefresh('on', 7), 0, 9000, 5400],
  ['a first refresh whose grace ends too soon', toRefresh('on', 6), 0, 9000, 9000],
  ['a first refresh with rotation and no grace', toRefresh('on', 0), 0, 9000, 9000],
  ['a first refresh, rotation not known', toRefresh('unknown', 60), 0, 9000, 9000],
  ['a first code exchange', toCode('off'), 0, 9000, 9000],
  ['a second refresh', toRefresh('off'), 1, 3500, 3500],
  ['a refresh with just enough time for two', toRefresh('off'), 0, 925, 555],
  ['a refresh with too little time for two', toRefresh('off'), 0, 924, 924],
]

for (const [what, request, attempts, leftMs, expected] of spans) {
  test(`gives ${what} ${expected} of ${leftMs} ms`, () => {
    assert.equal(chooseAttemptTimeoutMs(request, attempts, leftMs), expected)
  })
}

test('the budget begins with one, saves up ten, and never falls below nothing', () => {
  assert.deepEqual(firstRetryBudget, { left: 1 })
  assert.deepEqual(earnRetry(firstRetryBudget), { left: 1.1 })
  assert.deepEqual(earnRetry({ left: 10 }), { left: 10 })
  assert.deepEqual(earnRetry({ left: 9.95 }), { left: 10 })
  assert.deepEqual(earnRetry({ left: 0 }), { left: 0.1 })
  assert.deepEqual(spendRetry(firstRetryBudget), { left: 0 })
  assert.deepEqual(spendRetry({ left: 0.5 }), { left: 0 })
})

test('second attempts stay within a tenth of the requests, and one to begin with', () => {
  let budget = firstRetryBudget
  let retries = 0
  for (let request = 1; request <= 10_000; request += 1) {
    budget = earnRetry(budget)
    if (budget.left >= 1) {
      budget = spendRetry(budget)
      retries += 1
    }
    assert.ok(retries <= 1 + request / 10, `${retries} of ${request}`)
  }
  assert.ok(retries >= 1000, `${retries}`)
})
