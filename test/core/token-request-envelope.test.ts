import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Failure, fail } from '../../core/causes/catalogue.ts'
import type { GatewayEvent } from '../../core/gateway-event.ts'
import { judgeTokenRequest } from '../../core/token-request.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { codeParameters, toEvent } from '../fixtures/core/sample-event.ts'

const shop = toClient()
const clients = new Map([[shop.clientId, shop]])
const judge = (event: GatewayEvent) => judgeTokenRequest(event, clients)

type Headers = Readonly<Record<string, string | undefined>>
const form = 'application/x-www-form-urlencoded'

const takenHeaders: readonly (readonly [string, Headers])[] = [
  ['the form type in another case', { 'content-type': 'Application/X-WWW-Form-URLEncoded' }],
  ['a charset of UTF-8', { 'content-type': `${form}; charset=UTF-8` }],
  ['a quoted charset', { 'content-type': `${form};charset="utf-8"` }],
  ['spaces around everything', { 'content-type': `  ${form} ; charset = utf-8 ; ` }],
  ['a semicolon at the end', { 'content-type': `${form};` }],
  ['the content encoding identity', { 'content-encoding': ' Identity ' }],
  ['a method override, which it ignores', { 'x-http-method-override': 'GET' }],
]

for (const [what, headers] of takenHeaders) {
  test(`takes ${what}`, () => {
    assert.ok(judge(toEvent(codeParameters, {}, headers)).result.ok)
  })
}

const contentTypes = [
  undefined,
  '',
  'application/json',
  'multipart/form-data',
  `${form}2`,
  `x${form}`,
  'application/x-www-form-urlencode',
  `${form}, ${form}`,
  `${form}, application/json`,
  `${form}; charset=iso-8859-1`,
  `${form}; charset=utf-8; charset=utf-8`,
  `${form}; charset=utf-8x`,
  `${form}; charset`,
  `${form}; boundary=x`,
  `${form};;`,
  'applicationxx-www-form-urlencoded',
]

for (const contentType of contentTypes) {
  test(`refuses the content type ${contentType}`, () => {
    const event = toEvent(codeParameters, {}, { 'content-type': contentType })
    assert.deepEqual(judge(event), {
      client: 'unknown',
      grantType: undefined,
      result: fail('content_type_unsupported'),
    })
  })
}

for (const encoding of ['gzip', 'br', '', 'identity, gzip', 'x-identity', 'identity2']) {
  test(`refuses the content encoding ${JSON.stringify(encoding)}`, () => {
    const event = toEvent(codeParameters, {}, { 'content-encoding': encoding })
    assert.deepEqual(judge(event).result, fail('content_type_unsupported'))
  })
}

const envelopes: readonly (readonly [string, Partial<GatewayEvent>, Failure])[] = [
  ['GET', { method: 'GET' }, fail('method_not_allowed')],
  ['a lower-case method', { method: 'post' }, fail('method_not_allowed')],
  ['no method', { method: '' }, fail('method_not_allowed')],
  ['a query string', { query: 'a=1' }, fail('query_not_allowed')],
  ['an empty body', { body: '' }, fail('body_malformed', { detail: 'empty' })],
  [
    'a form that is said to be base64',
    { isBase64Encoded: true },
    fail('body_malformed', { detail: 'base64' }),
  ],
  ['another method before a query', { method: 'GET', query: 'a' }, fail('method_not_allowed')],
]

for (const [what, changes, failure] of envelopes) {
  test(`refuses ${what} before the body is read (RFC 6749 §3.2)`, () => {
    assert.deepEqual(judge(toEvent(codeParameters, changes)), {
      client: 'unknown',
      grantType: undefined,
      result: failure,
    })
  })
}

test('takes a body in base64', () => {
  const body = Buffer.from(new URLSearchParams(codeParameters).toString()).toString('base64')
  assert.ok(judge(toEvent(codeParameters, { body, isBase64Encoded: true })).result.ok)
})
