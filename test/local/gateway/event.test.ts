import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Call, echo, openTestGateway, send } from '../../fixtures/local/gateway-fixture.ts'

async function eventOf(url: string, call: Call): Promise<APIGatewayProxyEventV2> {
  return JSON.parse((await send(url, call)).text)
}

test('an event has all fields of payload format 2.0', async (t) => {
  const { url } = await openTestGateway(t, echo)
  const host = new URL(url).host
  const event = await eventOf(url, {
    headers: {
      host,
      'User-Agent': 'tester/1',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'a=b',
  })
  const { requestContext, headers } = event
  assert.deepEqual(Object.keys(event).sort(), [
    'body',
    'headers',
    'isBase64Encoded',
    'rawPath',
    'rawQueryString',
    'requestContext',
    'routeKey',
    'version',
  ])
  assert.equal(event.version, '2.0')
  assert.equal(event.routeKey, 'POST /oauth2/token')
  assert.equal(event.rawPath, '/oauth2/token')
  assert.equal(event.rawQueryString, '')
  assert.deepEqual(requestContext.http, {
    method: 'POST',
    path: '/oauth2/token',
    protocol: 'HTTP/1.1',
    sourceIp: '127.0.0.1',
    userAgent: 'tester/1',
  })
  assert.equal(requestContext.stage, '$default')
  assert.equal(requestContext.domainName, '127.0.0.1')
  assert.equal(requestContext.domainPrefix, '127')
  assert.match(requestContext.requestId, /^[\w+/]{15}=$/)
  assert.match(requestContext.time, /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/)
  assert.ok(Math.abs(requestContext.timeEpoch - Date.now()) < 60_000)
  assert.equal(headers['content-length'], '3')
  assert.equal(headers['x-forwarded-for'], '127.0.0.1')
  assert.equal(headers['x-forwarded-port'], new URL(url).port)
  assert.equal(headers['x-forwarded-proto'], 'http')
  assert.match(headers['x-amzn-trace-id'] ?? '', /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)
})

test('headers are lower-cased, repeated ones are joined by commas, and cookies are separate', async (t) => {
  const { url } = await openTestGateway(t, echo)
  const { headers, cookies } = await eventOf(url, {
    headers: ['Host', 'x', 'X-One', '1', 'x-one', '2', 'Cookie', 'a=1; b=2', 'Cookie', 'c=3'],
  })
  assert.equal(headers['x-one'], '1,2')
  assert.deepEqual(cookies, ['a=1', 'b=2', 'c=3'])
  assert.equal(headers['cookie'], undefined)
})

test('a content type that comes twice reaches the function as one comma-joined value', async (t) => {
  const { url } = await openTestGateway(t, echo)
  const { headers } = await eventOf(url, {
    headers: ['Host', 'x', 'Content-Type', 'text/plain', 'content-type', 'application/json'],
  })
  assert.equal(headers['content-type'], 'text/plain,application/json')
})

test('only text, JSON, XML and JavaScript bodies are handed over as they are', async (t) => {
  const { url } = await openTestGateway(t, echo)
  const body = 'grant_type=x'
  const base64 = Buffer.from(body).toString('base64')
  for (const type of ['text/plain', 'Application/JSON; charset=utf-8', 'application/xml']) {
    const event = await eventOf(url, { headers: { 'content-type': type }, body })
    assert.deepEqual([event.isBase64Encoded, event.body], [false, body], type)
  }
  for (const type of ['application/x-www-form-urlencoded', 'application/octet-stream', 'a']) {
    const event = await eventOf(url, { headers: { 'content-type': type }, body })
    assert.deepEqual([event.isBase64Encoded, event.body], [true, base64], type)
  }
  const untyped = await eventOf(url, { body })
  assert.deepEqual([untyped.isBase64Encoded, untyped.body], [true, base64])
})

test('a request without a body has none in its event', async (t) => {
  const { url } = await openTestGateway(t, echo)
  const event = await eventOf(url, { headers: { 'content-type': 'application/octet-stream' } })
  assert.equal('body' in event, false)
  assert.equal(event.isBase64Encoded, false)
})

test('a query comes raw, and decoded with repeats comma-joined', async (t) => {
  const { url } = await openTestGateway(t, echo)
  const event = await eventOf(url, { path: '/oauth2/token?a=1&a=%20x&b=?&__proto__=p' })
  assert.equal(event.rawQueryString, 'a=1&a=%20x&b=?&__proto__=p')
  assert.deepEqual(Object.entries(event.queryStringParameters ?? {}), [
    ['a', '1, x'],
    ['b', '?'],
    ['__proto__', 'p'],
  ])
})

test('an exact route goes before the greedy one, which names what it took', async (t) => {
  const { url } = await openTestGateway(t, echo)
  const exact = await eventOf(url, {})
  const greedy = await eventOf(url, { method: 'PUT', path: '/oauth2/a%20b' })
  assert.deepEqual([exact.routeKey, exact.pathParameters], ['POST /oauth2/token', undefined])
  assert.deepEqual([greedy.routeKey, greedy.rawPath], ['PUT /{proxy+}', '/oauth2/a b'])
  assert.deepEqual(greedy.pathParameters, { proxy: 'oauth2/a b' })
})

test('a variable part takes one segment, and goes after an exact route and before a greedy one', async (t) => {
  const paths = ['/{proxy+}', '/clients/{name}/a.b', '/clients/web/a.b']
  const routes = paths.map((path) => ({ method: 'GET', path, function: 'oauth2' }) as const)
  const { url } = await openTestGateway(t, echo, { routes })
  const ask = async (path: string) => {
    const { routeKey, pathParameters } = await eventOf(url, { method: 'GET', path })
    return [routeKey, pathParameters]
  }
  assert.deepEqual(await ask('/clients/web/a.b'), ['GET /clients/web/a.b', undefined])
  assert.deepEqual(await ask('/clients/tv/a.b'), ['GET /clients/{name}/a.b', { name: 'tv' }])
  for (const path of ['/clients/tv/x/a.b', '/clients/tv/axb']) {
    assert.deepEqual(await ask(path), ['GET /{proxy+}', { proxy: path.slice(1) }])
  }
})
