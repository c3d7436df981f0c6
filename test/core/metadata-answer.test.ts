import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { type Metadata, toMetadataAnswer } from '../../core/metadata-answer.ts'
import type { Outcome } from '../../core/outcome.ts'

const common = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-request-id': 'r1',
}

function answer(
  result: Outcome<Metadata>['result'],
  runbookUrl: string = 'https://runbook.example.com',
) {
  const outcome = { client: 'web', grantType: undefined, result }
  return toMetadataAnswer(outcome, 'r1', runbookUrl)
}

test('a document is answered as JSON with the headers that every answer has', () => {
  const document = { issuer: 'https://issuer.example.com' }
  assert.deepEqual(answer({ ok: true, value: { kind: 'document', document } }), {
    statusCode: 200,
    headers: common,
    body: JSON.stringify(document),
  })
})

test('a redirect has no body, and its address goes to no third party', () => {
  const location = 'https://shop.example.com/login?client_id=c'
  assert.deepEqual(answer({ ok: true, value: { kind: 'redirect', location } }), {
    statusCode: 302,
    headers: { ...common, location, 'referrer-policy': 'no-referrer' },
    body: '',
  })
})

test('a redirect takes the cookies of its sign-in along', () => {
  const cookies = ['a=b; Path=/']
  const result = { ok: true, value: { kind: 'redirect', location: 'https://a.example' } } as const
  const outcome = { client: 'web', grantType: undefined, result, cookies }
  assert.deepEqual(toMetadataAnswer(outcome, 'r1', '').cookies, cookies)
})

test('the root path says what this is, with the runbook if one is published', () => {
  const told = (runbookUrl?: string) => {
    const { statusCode, body } = answer({ ok: true, value: { kind: 'about' } }, runbookUrl)
    return { statusCode, ...JSON.parse(body) }
  }
  const { description, guide, ...rest } = told()
  assert.match(description, /Cognito/)
  assert.match(guide, /front-ends\.md/)
  const plain = {
    statusCode: 200,
    name: 'token-proxy',
    status: 'usable',
    token_endpoint: '/oauth2/token',
    revocation_endpoint: '/oauth2/revoke',
    discovery: '/.well-known/openid-configuration',
  }
  assert.deepEqual(rest, { ...plain, runbook: 'https://runbook.example.com' })
  assert.deepEqual(told(''), { ...plain, description, guide })
})

test('a failure is answered as one of the token endpoint', () => {
  const failed = answer(fail('client_unknown'))
  assert.equal(failed.statusCode, 400)
  const body = JSON.parse(failed.body)
  assert.equal(body.error, 'invalid_client')
  assert.match(body.error_uri, /client_unknown/)
})
