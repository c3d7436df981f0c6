import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { toCommonHeaders, toFailureAnswer } from '../../../core/http-answer.ts'
import { findCauses, judgeHeaders, judgeRefusal } from '../../../core/smoke/answers.ts'
import { toRefusal, toSmokeAnswer } from '../../fixtures/core/smoke-answer.ts'

test('knows a caller’s mistake by its status, error and fixed text', () => {
  assert.deepEqual(findCauses(toRefusal('route_not_found')), ['route_not_found'])
  const other = toFailureAnswer(fail('content_type_unsupported'), undefined, 'request-1', '')
  assert.deepEqual(findCauses(toSmokeAnswer(404, other.body)), [])
  assert.deepEqual(findCauses(toSmokeAnswer(404, '<html>')), [])
  assert.deepEqual(findCauses(toSmokeAnswer(400, { error: 'invalid_request' })), [])
})

test('knows a failure by the text that only code exchanges get', () => {
  const { statusCode, body } = toFailureAnswer(fail('cognito_error'), 'authorization_code', 'r', '')
  assert.ok(findCauses(toSmokeAnswer(statusCode, body)).includes('cognito_error'))
})

test('accepts the refusal that was asked for', () => {
  assert.deepEqual(judgeRefusal(toRefusal('client_unknown'), 'client_unknown', 'a client'), {
    status: 'ok',
    found: 'a client is refused: 400 invalid_client',
  })
})

test('names another mistake of the caller, with what fixes it', () => {
  const verdict = judgeRefusal(toRefusal('origin_not_allowed'), 'client_unknown', 'a client')
  assert.equal(
    verdict.found,
    'a client is answered with 403 unauthorized_client: origin_not_allowed',
  )
  assert.match(verdict.fix ?? '', /origin/)
})

test('leads from an operator’s fault to its record', () => {
  const verdict = judgeRefusal(toRefusal('client_secret_mismatch'), 'code_rejected', 'a code')
  assert.equal(verdict.found, 'a code is answered with 502 server_error')
  assert.match(verdict.fix ?? '', /request_id request-1 in the log/)
  const bare = toSmokeAnswer(502, { error: 'Not a word!' }, {})
  const nameless = judgeRefusal(bare, 'code_rejected', 'a code')
  assert.equal(nameless.found, 'a code is answered with 502 without an error')
  assert.match(nameless.fix ?? '', /request_id of this request/)
})

test('says that something else answers where no OAuth error comes', () => {
  for (const body of ['<html>not found</html>', { message: 'Not Found' }]) {
    const verdict = judgeRefusal(toSmokeAnswer(404, body), 'route_not_found', 'a path')
    assert.equal(verdict.found, 'a path is answered with 404 by something other than the proxy')
    assert.match(verdict.fix ?? '', /base path/)
  }
})

test('accepts answers that have the headers of the proxy and no others', () => {
  const verdict = judgeHeaders([toSmokeAnswer(200, {}), toRefusal('route_not_found')])
  assert.deepEqual([verdict.status, verdict.found.slice(0, 9)], ['ok', '2 answers'])
})

test('finds each header that is lost on the way', () => {
  for (const name of Object.keys(toCommonHeaders('r'))) {
    const { [name]: _lost, ...headers } = toCommonHeaders('r')
    const verdict = judgeHeaders([toSmokeAnswer(200, {}), toSmokeAnswer(200, {}, headers)])
    assert.deepEqual([verdict.status, verdict.found], ['failed', `answers come without ${name}`])
  }
})

test('finds a header of Cognito that is passed on', () => {
  const headers = { ...toCommonHeaders('r'), 'x-amz-cognito-request-id': 'r' }
  const verdict = judgeHeaders([toSmokeAnswer(200, {}, headers)])
  assert.match(verdict.found, /x-amz-cognito-request-id, which the proxy never sends/)
})
