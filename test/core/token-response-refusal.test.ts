import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, causes, fail } from '../../core/causes/catalogue.ts'
import { judgeUpstreamAnswer } from '../../core/token-response.ts'
import { toAnswer } from '../fixtures/core/sample-answer.ts'

type Refusal = readonly [status: number, body: unknown, cause: CauseName, more?: object]
const html = '<html>Forbidden</html>'
const triggers = [
  'PreTokenGeneration failed with error canary.',
  'PreAuthentication failed with error x',
  'PostAuthentication failed with error x',
  'PostConfirmation failed with error x',
  'UserMigration failed with error x',
  `PreTokenGeneration${' '.repeat(40)}failed`,
  'UserLambdaValidationException',
  'com.amazonaws#UnexpectedLambdaException: x',
  'InvalidLambdaResponseException',
]
const throttles = [
  'TooManyRequestsException',
  'com.amazonaws#ThrottlingException',
  'LimitExceededException',
  'Rate exceeded',
  'rate exceeded',
]
const triggerSeen = { certainty: 'likely', evidence: ['trigger_text'] }
const notJson = { evidence: ['answer_not_json'] }
const unexpected = { evidence: ['status_unexpected'] }
const unknownWord = { evidence: ['error_unknown'] }

const refusals: readonly Refusal[] = [
  [429, '', 'cognito_throttled'],
  [429, { error: 'invalid_grant' }, 'cognito_throttled'],
  [429, '<html>Blocked by a rate rule</html>', 'cognito_throttled'],
  ...throttles.flatMap((text): Refusal[] => [
    [429, { message: text }, 'cognito_throttled', { certainty: 'proved' }],
    [429, text, 'cognito_throttled', { certainty: 'proved' }],
  ]),
  [500, html, 'cognito_error', { delivery: 'unknown' }],
  [503, { error: 'invalid_grant' }, 'cognito_error', { delivery: 'unknown' }],
  [599, '', 'cognito_error', { delivery: 'unknown' }],
  [300, '', 'cognito_redirected'],
  [302, { error: 'invalid_grant' }, 'cognito_redirected'],
  [399, '', 'cognito_redirected'],
  [403, html, 'waf_blocked'],
  [403, { message: 'Forbidden' }, 'waf_blocked'],
  [403, { error: 'forbidden' }, 'waf_blocked'],
  [403, { error: 'other' }, 'waf_blocked'],
  [403, { error: 1 }, 'waf_blocked'],
  [403, 'Rate exceeded', 'waf_blocked'],
  [403, { error: 'invalid_client' }, 'waf_blocked'],
  [403, { error: 'invalid_grant' }, 'waf_blocked'],
  [404, html, 'domain_not_found', { evidence: ['answered_404'] }],
  [404, { error: 'invalid_grant' }, 'domain_not_found', { evidence: ['answered_404'] }],
  [405, '', 'cognito_request_rejected', { evidence: ['method_refused'] }],
  [405, { error: 'invalid_grant' }, 'cognito_request_rejected', { evidence: ['method_refused'] }],
  [400, { error: 'invalid_client' }, 'client_rejected'],
  [401, { error: 'invalid_client' }, 'client_rejected'],
  ...[402, 406, 409, 418, 499].flatMap((status): Refusal[] => [
    [status, { error: 'invalid_client' }, 'cognito_request_rejected', unexpected],
    [status, { error: 'invalid_grant' }, 'cognito_request_rejected', unexpected],
    [status, html, 'cognito_request_rejected', unexpected],
  ]),
  [400, { error: 'invalid_client', error_description: 'Rate exceeded' }, 'cognito_throttled'],
  [400, { error: 'invalid_request', error_description: 'Rate exceeded' }, 'cognito_throttled'],
  [400, { error: 'invalid_grant', error_description: 'Rate exceeded' }, 'code_rejected'],
  [418, 'Rate exceeded', 'cognito_throttled'],
  [400, { error: 'unauthorized_client' }, 'client_unauthorized'],
  [
    400,
    { error: 'invalid_request' },
    'cognito_request_rejected',
    { evidence: ['error_unexpected'] },
  ],
  [400, { error: 'invalid_scope' }, 'cognito_request_rejected', { evidence: ['error_unexpected'] }],
  [400, { error: 'access_denied' }, 'cognito_request_rejected', unknownWord],
  [400, { error: 'INVALID_GRANT' }, 'cognito_request_rejected', unknownWord],
  [400, { error: ' invalid_grant' }, 'cognito_request_rejected', unknownWord],
  [400, { error: ['invalid_grant'] }, 'cognito_request_rejected', unknownWord],
  [400, {}, 'cognito_request_rejected', unknownWord],
  [400, '', 'cognito_request_rejected', notJson],
  [400, html, 'cognito_request_rejected', notJson],
  [400, '"invalid_grant"', 'cognito_request_rejected', notJson],
  [400, ['invalid_grant'], 'cognito_request_rejected', notJson],
  [400, 'invalid_grant', 'cognito_request_rejected', notJson],
  ...throttles.map((text): Refusal => [400, { message: text }, 'cognito_throttled']),
  [400, 'XTooManyRequestsExceptionX', 'cognito_request_rejected', notJson],
  [400, 'XTooManyRequestsException', 'cognito_request_rejected', notJson],
  [400, 'TooManyRequestsExceptions', 'cognito_request_rejected', notJson],
  ...triggers.flatMap((text): Refusal[] => [
    [
      400,
      { error: 'invalid_request', error_description: text },
      'lambda_trigger_failed',
      triggerSeen,
    ],
    [
      400,
      { error: 'invalid_grant', error_description: text },
      'lambda_trigger_failed',
      triggerSeen,
    ],
    [400, text, 'lambda_trigger_failed', triggerSeen],
  ]),
  [400, { a: 'PreTokenGeneration', b: 'failed' }, 'cognito_request_rejected', unknownWord],
  [400, `PreTokenGeneration${' '.repeat(41)}failed`, 'cognito_request_rejected', notJson],
  [400, 'XPreTokenGeneration failed', 'cognito_request_rejected', notJson],
  [400, 'PreTokenGenerations failed', 'cognito_request_rejected', notJson],
  [400, 'PreTokenGeneration unfailed', 'cognito_request_rejected', notJson],
  [400, 'PreTokenGeneration faileds', 'cognito_request_rejected', notJson],
  [400, 'PreSignUp failed', 'cognito_request_rejected', notJson],
  [400, 'XUserLambdaValidationException', 'cognito_request_rejected', notJson],
  [400, 'UserLambdaValidationExceptions', 'cognito_request_rejected', notJson],
]

/** Whether somebody between this proxy and Cognito may have answered so, or it is read out of a text. */
function isAnybodys(status: number, cause: CauseName): boolean {
  return status === 403 || status === 404 || cause === 'cognito_throttled'
}

for (const [status, body, cause, more = {}] of refusals) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  test(`takes ${status} ${text} for ${cause}`, () => {
    // A revocation that is refused has another cause.
    const kinds = cause === 'code_rejected' ? [] : [undefined]
    for (const grantType of ['authorization_code' as const, ...kinds]) {
      const result = judgeUpstreamAnswer(toAnswer(status, body), grantType)
      assert.ok(!result.ok)
      const { delivery, evidence, certainty } = result
      const usual = isAnybodys(status, cause) ? 'likely' : fail(cause).certainty
      const expected = { delivery: undefined, evidence: [], certainty: usual, ...more }
      assert.equal(result.cause, cause)
      assert.deepEqual({ delivery, evidence, certainty }, expected)
      assert.equal(result.facts.upstreamStatus, status)
      assert.doesNotMatch(JSON.stringify(result), /canary/)
    }
  })
}

test('answers invalid_grant only where Cognito itself said invalid_grant under 400 or 401 (RFC 6749 §5.2)', () => {
  const bodies = ['', html, {}, { error: 'invalid_client' }, { error: 'other' }, 'invalid_grant']
  for (const grantType of ['authorization_code', 'refresh_token', undefined] as const) {
    for (let status = 100; status < 600; status += 1) {
      for (const body of [...bodies, { error: 'invalid_grant' }]) {
        const result = judgeUpstreamAnswer(toAnswer(status, body), grantType)
        if (result.ok || causes[result.cause].error !== 'invalid_grant') continue
        assert.deepEqual(body, { error: 'invalid_grant' })
        assert.ok(status === 400 || status === 401)
      }
    }
  }
})
