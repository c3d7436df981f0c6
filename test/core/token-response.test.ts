import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GrantType } from '../../core/causes/cause.ts'
import { judgeUpstreamAnswer } from '../../core/token-response.ts'
import { toAnswer } from '../fixtures/core/sample-answer.ts'

const grants: readonly GrantType[] = ['authorization_code', 'refresh_token']

const least = { access_token: 'a.b.c', token_type: 'Bearer' }

const tokens: readonly (readonly [string, object, object])[] = [
  ['an access token and its type alone', least, least],
  [
    'every field of the contract',
    { ...least, id_token: 'i', refresh_token: 'r', scope: 'openid email', expires_in: 3600 },
    { ...least, id_token: 'i', refresh_token: 'r', scope: 'openid email', expires_in: 3600 },
  ],
  ['a rotated refresh token', { ...least, refresh_token: 'r2' }, { ...least, refresh_token: 'r2' }],
  ['a lifetime of one second', { ...least, expires_in: 1 }, { ...least, expires_in: 1 }],
  ['null as absent', { ...least, id_token: null, refresh_token: null, scope: null }, least],
  ['an empty text as absent', { ...least, id_token: '', refresh_token: '', scope: '' }, least],
  [
    'printable ASCII from space to tilde',
    { access_token: ' ~', token_type: '~ ' },
    { access_token: ' ~', token_type: '~ ' },
  ],
  [
    'no field but the named ones',
    { ...least, device_key: 'x', error: 'invalid_grant', __proto: 1, cookie: 'canary' },
    least,
  ],
]

for (const [what, body, expected] of tokens) {
  test(`hands on ${what} (RFC 6749 §5.1)`, () => {
    for (const grantType of grants) {
      assert.deepEqual(judgeUpstreamAnswer(toAnswer(200, body), grantType), {
        ok: true,
        value: expected,
      })
    }
  })
}

test('takes 200 to a revocation with a blank body for done (RFC 7009 §2.2)', () => {
  for (const body of ['', ' ', '\n', '\r\n\t ']) {
    const result = judgeUpstreamAnswer(toAnswer(200, body), undefined)
    assert.deepEqual(result, { ok: true, value: undefined })
  }
})

test('takes 200 to a revocation with anything in the body for somebody else’s', () => {
  for (const body of ['{}', ' x', '<html></html>', { access_token: 'canary' }, { error: 'x' }]) {
    const result = judgeUpstreamAnswer(toAnswer(200, body), undefined)
    assert.ok(!result.ok)
    assert.equal(result.cause, 'cognito_answer_unusable')
    assert.deepEqual(result.evidence, ['not_json'])
    assert.equal(result.delivery, 'unknown')
    assert.doesNotMatch(JSON.stringify(result), /canary/)
  }
})

test('takes a revocation for done only where Cognito said 200 (RFC 7009 §2.2)', () => {
  for (let status = 0; status < 600; status += 1) {
    const result = judgeUpstreamAnswer(toAnswer(status, ''), undefined)
    assert.equal(result.ok, status === 200, `${status}`)
  }
})

const unusable: readonly (readonly [string, number, unknown, string])[] = [
  ['an empty body', 200, '', 'not_json'],
  ['HTML', 200, '<html></html>', 'not_json'],
  ['JSON that breaks off', 200, '{"access_token":"a"', 'not_json'],
  ['a list', 200, [least], 'not_json'],
  ['null', 200, 'null', 'not_json'],
  ['an empty object', 200, {}, 'not_tokens'],
  ['no access token', 200, { token_type: 'Bearer' }, 'not_tokens'],
  ['no token type', 200, { access_token: 'a' }, 'not_tokens'],
  ['an empty access token', 200, { ...least, access_token: '' }, 'not_tokens'],
  ['an access token that is a number', 200, { ...least, access_token: 1 }, 'not_tokens'],
  ['an access token with a line end', 200, { ...least, access_token: 'a\n' }, 'not_tokens'],
  ['an access token beyond ASCII', 200, { ...least, access_token: 'é' }, 'not_tokens'],
  ['an access token with delete', 200, { ...least, access_token: 'a\u007f' }, 'not_tokens'],
  ['an access token after a control', 200, { ...least, access_token: '\u001fa' }, 'not_tokens'],
  ['a token type that is an object', 200, { ...least, token_type: {} }, 'not_tokens'],
  ['an id token that is a number', 200, { ...least, id_token: 1 }, 'not_tokens'],
  ['a scope that is a list', 200, { ...least, scope: ['openid'] }, 'not_tokens'],
  ['a lifetime of nothing', 200, { ...least, expires_in: 0 }, 'not_tokens'],
  ['a lifetime below nothing', 200, { ...least, expires_in: -1 }, 'not_tokens'],
  ['half a second', 200, { ...least, expires_in: 0.5 }, 'not_tokens'],
  ['a lifetime that is a text', 200, { ...least, expires_in: '3600' }, 'not_tokens'],
  ['a lifetime beyond safe integers', 200, { ...least, expires_in: 2 ** 53 }, 'not_tokens'],
  ['tokens under 201', 201, least, 'status_unexpected'],
  ['tokens under 299', 299, least, 'status_unexpected'],
  ['an OAuth error under 204', 204, { error: 'invalid_grant' }, 'status_unexpected'],
  ['tokens under 199', 199, least, 'status_unexpected'],
  ['no status', 0, least, 'status_unexpected'],
]

for (const [what, status, body, evidence] of unusable) {
  test(`calls ${what} unusable, of unknown outcome`, () => {
    for (const grantType of status === 200 ? grants : [...grants, undefined]) {
      const result = judgeUpstreamAnswer(toAnswer(status, body), grantType)
      assert.ok(!result.ok)
      assert.equal(result.cause, 'cognito_answer_unusable')
      assert.deepEqual(result.evidence, [evidence])
      assert.equal(result.delivery, 'unknown')
      assert.deepEqual(result.facts, { upstreamStatus: status })
    }
  })
}

test('tells a refused code from a refused refresh token', () => {
  const answer = toAnswer(400, { error: 'invalid_grant' })
  const [code, refresh] = grants.map((grantType) => judgeUpstreamAnswer(answer, grantType))
  assert.ok(code && !code.ok && refresh && !refresh.ok)
  assert.equal(code.cause, 'code_rejected')
  assert.equal(refresh.cause, 'refresh_token_rejected')
  assert.deepEqual(code.facts, { upstreamStatus: 400, upstreamError: 'invalid_grant' })
})

test('tells a token that cannot be revoked, and takes the word for strange at a grant (RFC 7009 §2.2.1)', () => {
  const answer = toAnswer(400, { error: 'unsupported_token_type' })
  const [revocation, code] = [undefined, 'authorization_code' as const].map((grantType) =>
    judgeUpstreamAnswer(answer, grantType),
  )
  assert.ok(revocation && !revocation.ok && code && !code.ok)
  assert.equal(revocation.cause, 'token_type_not_revocable')
  assert.equal(revocation.certainty, 'proved')
  assert.deepEqual(revocation.facts, {
    upstreamStatus: 400,
    upstreamError: 'unsupported_token_type',
  })
  assert.equal(code.cause, 'cognito_request_rejected')
  assert.deepEqual(code.evidence, ['error_unexpected'])
})

test('takes the description invalid_redirect for a hint, and only that very text', () => {
  const toEvidence = (error_description: unknown) => {
    const answer = toAnswer(400, { error: 'unauthorized_client', error_description })
    const result = judgeUpstreamAnswer(answer, 'authorization_code')
    return result.ok ? undefined : result.evidence
  }
  assert.deepEqual(toEvidence('invalid_redirect'), ['described_as_redirect'])
  assert.deepEqual(toEvidence('invalid_redirect_uri'), [])
  assert.deepEqual(toEvidence(undefined), [])
})

test("records Cognito's word from the closed list, and other for every other text", () => {
  const toWord = (body: unknown) => {
    const result = judgeUpstreamAnswer(toAnswer(400, body), 'refresh_token')
    return result.ok ? undefined : result.facts.upstreamError
  }
  assert.equal(toWord({ error: 'invalid_scope' }), 'invalid_scope')
  assert.equal(toWord({ error: 'canary' }), 'other')
  assert.equal(toWord({ error: 7 }), 'other')
  assert.equal(toWord({}), 'other')
  assert.equal(toWord('<html></html>'), undefined)
})

test("keeps Cognito's request id and its wish to wait", () => {
  const heard = { upstreamRequestId: 'id-1', retryAfterSeconds: 7 }
  for (const [status, cause] of [
    [429, 'cognito_throttled'],
    [500, 'cognito_error'],
  ] as const) {
    const result = judgeUpstreamAnswer({ ...toAnswer(status, ''), ...heard }, 'refresh_token')
    assert.ok(!result.ok)
    assert.equal(result.cause, cause)
    assert.equal(result.retryAfterSeconds, 7)
    assert.deepEqual(result.facts, { upstreamStatus: status, upstreamRequestId: 'id-1' })
  }
  const told = judgeUpstreamAnswer({ ...toAnswer(400, 'Rate exceeded'), ...heard }, 'refresh_token')
  assert.ok(!told.ok)
  assert.equal(told.retryAfterSeconds, 7)
})
