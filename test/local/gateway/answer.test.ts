import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toAllowedHeaders } from '../../../core/cors-headers.ts'
import { echo, openTestGateway, send } from '../../fixtures/local/gateway-fixture.ts'

const returning = (value: string) => `export const handler = async () => (${value})`

async function answerTo(t: Parameters<typeof openTestGateway>[0], value: string) {
  const { url } = await openTestGateway(t, returning(value))
  return send(url)
}

test('status, headers, cookies and body of a function reach the caller', async (t) => {
  const reply = await answerTo(
    t,
    `{ statusCode: 418, headers: { 'X-One': 1, 'Content-Type': 'text/x', Connection: 'close' },
       cookies: ['a=1', 'b=2'], body: 'tea' }`,
  )
  assert.equal(reply.status, 418)
  assert.equal(reply.text, 'tea')
  assert.equal(reply.headers['x-one'], '1')
  assert.equal(reply.headers['content-type'], 'text/x')
  assert.equal(reply.headers['content-length'], '3')
  assert.deepEqual(reply.headers['set-cookie'], ['a=1', 'b=2'])
  assert.match(String(reply.headers['apigw-requestid']), /^[\w+/]{15}=$/)
})

test('a base64 body is decoded', async (t) => {
  const reply = await answerTo(t, `{ statusCode: 200, body: 'aGk=', isBase64Encoded: true }`)
  assert.equal(reply.text, 'hi')
})

test('a value without a status code is a JSON body with status 200', async (t) => {
  for (const [value, text] of [
    [`'hello'`, 'hello'],
    ['{ a: 1 }', '{"a":1}'],
    ['undefined', 'null'],
  ] as const) {
    const reply = await answerTo(t, value)
    assert.deepEqual([reply.status, reply.text], [200, text])
    assert.equal(reply.headers['content-type'], 'application/json')
  }
})

test('an unusable value is answered 500', async (t) => {
  for (const value of [
    `{ statusCode: 'none' }`,
    `{ statusCode: 99 }`,
    `{ statusCode: 200, body: {} }`,
    `{ statusCode: 200, headers: { 'a b': 'c' } }`,
    `{ statusCode: 200, headers: { a: 'b\\r\\nc: d' } }`,
    `{ statusCode: 200, cookies: 'a=1' }`,
    '{ big: 1n }',
  ]) {
    const reply = await answerTo(t, value)
    assert.deepEqual(
      [reply.status, reply.text],
      [500, '{"message":"Internal Server Error"}'],
      value,
    )
  }
})

test('a path or method without a route is answered 404, a broken path 400', async (t) => {
  const { url } = await openTestGateway(t, echo)
  for (const call of [{ method: 'TRACE' }, { method: 'PUT', path: '/' }]) {
    const reply = await send(url, call)
    assert.deepEqual([reply.status, reply.text], [404, '{"message":"Not Found"}'])
  }
  assert.equal((await send(url, { path: '/%zz' })).status, 400)
})

test('a preflight is answered by the API, with headers for an allowed origin only', async (t) => {
  const { url, sandboxes } = await openTestGateway(t, echo)
  const asked = { 'access-control-request-method': 'POST' }
  const allowed = await send(url, {
    method: 'OPTIONS',
    headers: { ...asked, origin: 'https://app.example' },
  })
  assert.equal(allowed.status, 204)
  assert.equal(allowed.headers['access-control-allow-origin'], 'https://app.example')
  assert.equal(allowed.headers['access-control-allow-methods'], 'GET,POST')
  assert.equal(allowed.headers['access-control-allow-headers'], toAllowedHeaders([]).join(','))
  assert.equal(allowed.headers['access-control-max-age'], '7200')
  for (const headers of [
    { ...asked, origin: 'https://evil.example' },
    { origin: 'https://app.example' },
  ]) {
    const refused = await send(url, { method: 'OPTIONS', headers })
    assert.equal(refused.status, 204)
    assert.equal(refused.headers['access-control-allow-origin'], undefined)
    assert.equal(refused.headers['access-control-allow-methods'], undefined)
  }
  assert.equal(sandboxes(), 0)
})

test('CORS headers come from the API and never from a function', async (t) => {
  const { url } = await openTestGateway(
    t,
    returning(
      `{ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*', vary: 'accept' } }`,
    ),
  )
  const allowed = await send(url, { headers: { origin: 'https://app.example' } })
  assert.equal(allowed.headers['access-control-allow-origin'], 'https://app.example')
  assert.equal(allowed.headers['access-control-expose-headers'], 'retry-after,x-request-id')
  assert.equal(allowed.headers['vary'], 'accept, origin')
  const other = await send(url, { headers: { origin: 'https://evil.example' } })
  assert.equal(other.headers['access-control-allow-origin'], undefined)
})

test('what the API itself answers has no CORS headers', async (t) => {
  const { url } = await openTestGateway(t, returning(`{ statusCode: 'none' }`))
  const headers = { origin: 'https://app.example' }
  for (const call of [{ headers }, { headers, method: 'TRACE' }]) {
    const reply = await send(url, call)
    assert.ok([404, 500].includes(reply.status))
    assert.equal(reply.headers['access-control-allow-origin'], undefined)
  }
})

test('calls above the throttle are answered 429', async (t) => {
  const { url } = await openTestGateway(t, returning(`'ok'`), {
    routes: [{ method: 'POST', path: '/oauth2/token', function: 'oauth2' }],
    throttle: { ratePerSecond: 0.001, burst: 2 },
  })
  const replies = await Promise.all([send(url), send(url), send(url)])
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 200, 429])
  const refused = replies.find(({ status }) => status === 429)
  assert.equal(refused?.text, '{"message":"Too Many Requests"}')
})

test('a route with a throttle of its own takes nothing from the others, and they nothing from it', async (t) => {
  const own = { ratePerSecond: 0.001, burst: 2 }
  const { url } = await openTestGateway(t, returning(`'ok'`), {
    routes: [
      { method: 'POST', path: '/own', function: 'oauth2', throttle: own },
      { method: 'POST', path: '/{proxy+}', function: 'metadata' },
    ],
    throttle: { ratePerSecond: 0.001, burst: 1 },
  })
  const statuses: number[] = []
  for (const path of ['/own', '/a', '/b', '/own', '/own']) {
    statuses.push((await send(url, { path })).status)
  }
  assert.deepEqual(statuses, [200, 200, 429, 200, 429])
})
