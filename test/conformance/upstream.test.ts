// What Cognito answers is judged through the built function: the exact answer, cause, evidence, certainty.
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type CauseName, toCause } from '../../core/causes/catalogue.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { assertFailure, assertHeaders } from '../fixtures/conformance/contract.ts'
import type { JudgedAnswer } from '../fixtures/conformance/judged-answer.ts'
import {
  codeGrant,
  openProxy,
  refreshGrant,
  type TestedProxy,
} from '../fixtures/conformance/proxy.ts'
import type { Behaviour } from '../fixtures/conformance/scripted-upstream.ts'
import { refusingAnswers, unusableTokens } from '../fixtures/conformance/upstream-answers.ts'

let proxy: TestedProxy
before(async () => {
  proxy = await openProxy({ env: { TOKEN_PROXY_DEADLINE_MS: '6000' } })
})
after(() => proxy.close())

const toBody = (grant: 'code' | 'refresh') => (grant === 'code' ? codeGrant() : refreshGrant())

async function assertJudged(grant: 'code' | 'refresh', judged: Omit<JudgedAnswer, 'says'>) {
  // A cold sandbox: no earlier refusal keeps the secret from being read again.
  if (judged.seen.includes('secret_unchanged')) proxy.gateway.coolDown()
  proxy.upstream.script(judged.behaviour)
  const [knownRecords, knownRequests] = [proxy.records().length, proxy.upstream.requests.length]
  const reply = await proxy.send({ body: toBody(grant) })
  const [cause = '', ...evidence] = judged.seen.split(' ')
  const [written] = proxy.records().slice(knownRecords)
  const { retryAfterSeconds } = judged
  const record = assertFailure(reply, written, {
    cause: cause as CauseName,
    isCode: grant === 'code',
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
  const { certainty = 'proved' } = judged
  assert.deepEqual([record['evidence'], record['certainty']], [evidence, certainty])
  assert.equal(
    `${record['upstream_status'] ?? ''} ${record['upstream_error'] ?? ''}`,
    judged.upstream,
  )
  assert.equal(record['attempts'], 1)
  assert.equal(proxy.upstream.requests.length - knownRequests, 1)
  if (toCause(cause as CauseName).error !== 'invalid_grant') {
    assert.notEqual(reply.body['error'], 'invalid_grant')
  }
}

for (const judged of refusingAnswers) {
  for (const grant of judged.grants ?? (['code', 'refresh'] as const)) {
    test(`${judged.says} at a ${grant} is ${judged.seen}`, () => assertJudged(grant, judged))
  }
}

for (const [says, body] of Object.entries(unusableTokens)) {
  const isObject = typeof body === 'object' && !Array.isArray(body)
  const evidence = isObject || says.includes('__proto__') ? 'not_tokens' : 'not_json'
  const seen = `cognito_answer_unusable ${evidence}`
  test(`a 200 with ${says} is ${seen}`, async () => {
    const behaviour = { status: 200, body }
    for (const grant of ['code', 'refresh'] as const) {
      await assertJudged(grant, { behaviour, seen, upstream: '200 ' })
    }
  })
}

const gzipped = gzipSync('{"access_token":"a","token_type":"Bearer"}')
const transport: Readonly<Record<string, readonly [Behaviour, seen: string, upstream?: string]>> = {
  silence: ['silence', 'cognito_timeout'],
  'an answer that drips past the deadline': [
    { drip: '{"access_token":"a"}', everyMs: 400 },
    'cognito_timeout',
  ],
  'a reset': ['reset', 'cognito_connection_lost before_answer'],
  'an answer cut short': [{ cut: '{"acc' }, 'cognito_connection_lost within_answer'],
  'bytes that are no HTTP': [{ raw: 'SSH-2.0\r\n' }, 'cognito_answer_unusable not_http'],
  'a 204': [{ status: 204 }, 'cognito_answer_unusable status_unexpected', '204 '],
  'a 201 with tokens': [
    { status: 201, body: { access_token: 'a', token_type: 'Bearer' } },
    'cognito_answer_unusable status_unexpected',
    '201 ',
  ],
  'an answer in gzip': [
    { status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipped },
    'cognito_answer_unusable content_encoding',
  ],
  'a refusal in gzip': [
    { status: 400, headers: { 'content-encoding': 'gzip' }, body: gzipped },
    'cognito_answer_unusable content_encoding',
  ],
  'an answer of 64 KiB and a byte': [
    { status: 200, body: ' '.repeat(65_537) },
    'cognito_answer_unusable too_large',
  ],
}
for (const [says, [behaviour, seen, upstream = ' ']] of Object.entries(transport)) {
  for (const grant of ['code', 'refresh'] as const) {
    test(`${says} at a ${grant} is ${seen}`, () =>
      assertJudged(grant, { behaviour, seen, upstream }))
  }
}

for (const status of [301, 302, 303, 307, 308]) {
  test(`a ${status} is cognito_redirected, and the other server sees no connection`, async (t) => {
    const other = await openHttpServer(t, (_request, response) => response.end('{}'))
    const location = `http://127.0.0.1:${other.port}/oauth2/token`
    for (const grant of ['code', 'refresh'] as const) {
      const behaviour = { status, headers: { location } }
      await assertJudged(grant, { behaviour, seen: 'cognito_redirected', upstream: `${status} ` })
    }
    assert.equal(other.connections(), 0)
  })
}

const tokens = { access_token: 'a', id_token: 'i', token_type: 'Bearer', expires_in: 3600 }
const long = 'x'.repeat(4096)
const successes: Readonly<Record<string, readonly [sent: object | string, got: object]>> = {
  'as Cognito has them': [tokens, tokens],
  'the least there can be': [
    { access_token: 'a', token_type: 'Bearer' },
    { access_token: 'a', token_type: 'Bearer' },
  ],
  'with a rotated refresh token': [
    { ...tokens, refresh_token: 'r2' },
    { ...tokens, refresh_token: 'r2' },
  ],
  'with a scope': [
    { ...tokens, scope: 'openid email' },
    { ...tokens, scope: 'openid email' },
  ],
  'with fields of no standard, which are dropped': [
    { ...tokens, secret: 's', client_secret: 's', error: 'invalid_grant' },
    tokens,
  ],
  'with a __proto__, which is dropped': [
    JSON.stringify(tokens).replace('{', '{"__proto__":{"scope":"admin"},"constructor":1,'),
    tokens,
  ],
  'of 4 KB each': [
    { ...tokens, access_token: long, id_token: long, refresh_token: long },
    { ...tokens, access_token: long, id_token: long, refresh_token: long },
  ],
  'with a null refresh token, which counts as none': [{ ...tokens, refresh_token: null }, tokens],
}
for (const [says, [sent, got]] of Object.entries(successes)) {
  test(`tokens ${says} are handed on for both grants`, async () => {
    for (const grant of ['code', 'refresh'] as const) {
      proxy.upstream.script({ status: 200, body: sent })
      const reply = await proxy.send({ body: toBody(grant) })
      assert.equal(reply.status, 200)
      assertHeaders(reply)
      assert.deepEqual(reply.body, got)
      assert.equal(proxy.records().at(-1)?.['outcome'], 'ok')
    }
  })
}

const cognitoHeaders = {
  'set-cookie': ['XSRF-TOKEN=x; Path=/', 'second=y'],
  'x-amz-cognito-request-id': 'cognito-1',
  'x-amzn-remapped-www-authenticate': 'Basic',
  'access-control-allow-origin': '*',
  'www-authenticate': 'Basic',
  server: 'Server',
  via: '1.1 cloudfront',
}
for (const status of [200, 400, 503]) {
  test(`no header of a ${status} of Cognito's is passed on`, async () => {
    proxy.upstream.script({ status, headers: cognitoHeaders, body: tokens })
    const reply = await proxy.send({ body: codeGrant() })
    assertHeaders(reply)
    assert.equal(reply.headers['access-control-allow-origin'], 'https://app.example')
    // Only a failure needs the handle of Cognito's support.
    const handle = status === 200 ? undefined : 'cognito-1'
    assert.equal(proxy.records().at(-1)?.['upstream_request_id'], handle)
  })
}
