import assert from 'node:assert/strict'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { Secret } from '../../core/secret.ts'
import { openHttpServer, openTcpServer } from '../fixtures/adapters/loopback-servers.ts'
import {
  askDomain,
  openTestConnections,
  sendWithin,
  toSeen,
} from '../fixtures/adapters/upstream-call.ts'

const toUrl = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}`

test('the request is exactly its fixed headers and the given body (RFC 6749 §2.3.1)', async (t) => {
  const seen = Promise.withResolvers<string>()
  const server = await openTcpServer(t, async (socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      const text = Buffer.concat(chunks).toString('latin1')
      if (!text.endsWith('x=%E2%82%AC')) return
      seen.resolve(text)
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
    })
  })
  const authorization = new Secret('Basic YTpi')
  const post = { authorization, body: 'x=%E2%82%AC' }
  const asked = await askDomain(t, toUrl(server), { post })
  assert.equal(toSeen(asked), '200 {}')
  assert.equal(
    await seen.promise,
    [
      'POST /oauth2/token HTTP/1.1',
      'authorization: Basic YTpi',
      'content-type: application/x-www-form-urlencoded',
      'content-length: 11',
      'accept: application/json',
      'accept-encoding: identity',
      'user-agent: token-proxy',
      `Host: 127.0.0.1:${server.port}`,
      'Connection: keep-alive',
      '',
      'x=%E2%82%AC',
    ].join('\r\n'),
  )
})

test('an answer of any status is passed on whole', async (t) => {
  for (const status of [200, 204, 400, 403, 405, 429, 500, 503]) {
    const server = await openHttpServer(t, (_request, response) => {
      response.writeHead(status).end(status === 204 ? '' : 'körper')
    })
    const asked = await askDomain(t, toUrl(server))
    assert.equal(toSeen(asked), status === 204 ? '204 ' : `${status} körper`)
    assert.equal(asked.isSent, true)
  }
})

const signs: readonly (readonly [headers: Record<string, string>, seen: readonly unknown[]])[] = [
  [{ 'x-amzn-waf-action': 'challenge' }, ['challenge', false]],
  [{ 'x-amzn-waf-action': 'captcha' }, ['captcha', false]],
  [{ 'x-amzn-waf-action': 'something-new' }, [undefined, false]],
  [{ server: 'CloudFront' }, [undefined, true]],
  [{ server: 'nginx/1.27' }, [undefined, true]],
  [{ server: 'Server' }, [undefined, false]],
  [{}, [undefined, false]],
]

for (const [headers, seen] of signs) {
  test(`of ${JSON.stringify(headers)} only what is known is kept`, async (t) => {
    const server = await openHttpServer(t, (_request, response) => {
      response.writeHead(403, headers).end()
    })
    const { result } = await askDomain(t, toUrl(server))
    assert.ok(result.ok)
    assert.deepEqual([result.value.wafAction, result.value.isFromFront], seen)
  })
}

for (const status of [301, 302, 303, 307, 308]) {
  test(`a ${status} is not followed: the other server sees no connection`, async (t) => {
    const other = await openHttpServer(t, (_request, response) => response.end('{}'))
    const server = await openHttpServer(t, (_request, response) => {
      response.writeHead(status, { location: `${toUrl(other)}/oauth2/token` }).end()
    })
    assert.equal(toSeen(await askDomain(t, toUrl(server))), `${status} `)
    assert.equal(other.connections(), 0)
    assert.equal(server.connections(), 1)
  })
}

for (const [name, value, requestId] of [
  ['x-amz-cognito-request-id', 'd6f1b3a2-0000-4000-8000-000000000000', true],
  ['x-amz-request-id', 'ABC123', true],
  ['x-amzn-requestid', 'abc-1', true],
  ['x-amz-cognito-request-id', '"><script>', false],
  ['x-amz-cognito-request-id', 'a'.repeat(65), false],
] as const) {
  test(`${name} ${value.slice(0, 20)} ${requestId ? 'is' : 'is not'} taken as request id`, async (t) => {
    const server = await openHttpServer(t, (_request, response) => {
      response.writeHead(200, { [name]: value }).end('{}')
    })
    const { result } = await askDomain(t, toUrl(server))
    assert.ok(result.ok)
    assert.equal(result.value.upstreamRequestId, requestId ? value : undefined)
  })
}

for (const [value, seconds] of [
  ['0', 0],
  ['7', 7],
  ['3600', 3600],
  ['-1', undefined],
  ['1.5', undefined],
  ['9999999999', undefined],
  ['soon', undefined],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
] as const) {
  test(`Retry-After ${value} reads as ${seconds} (RFC 9110 §10.2.3)`, async (t) => {
    const server = await openHttpServer(t, (_request, response) => {
      response.writeHead(429, { 'retry-after': value }).end()
    })
    const { result } = await askDomain(t, toUrl(server))
    assert.ok(result.ok)
    assert.equal(result.value.retryAfterSeconds, seconds)
  })
}

test('Retry-After as a date reads as the seconds until then (RFC 9110 §10.2.3)', async (t) => {
  const server = await openHttpServer(t, (_request, response) => {
    const date = new Date(Date.now() + 90_000).toUTCString()
    response.writeHead(503, { 'retry-after': date }).end()
  })
  const { result } = await askDomain(t, toUrl(server))
  assert.ok(result.ok)
  const { retryAfterSeconds = 0 } = result.value
  assert.ok(retryAfterSeconds > 80 && retryAfterSeconds <= 90)
})

test('a second call takes the connection of the first', async (t) => {
  const server = await openHttpServer(t, (_request, response) => response.end('{}'))
  const connections = openTestConnections(t)
  await askDomain(t, toUrl(server), {}, connections)
  assert.equal(toSeen(await askDomain(t, toUrl(server), {}, connections)), '200 {}')
  assert.equal(server.connections(), 1)
})

test('a kept-alive connection that breaks during a call is distinguished, and its call counts as sent', async (t) => {
  let requests = 0
  const server = await openHttpServer(t, async (request, response) => {
    await buffer(request)
    requests += 1
    if (requests === 1) response.end('{}')
    else response.socket?.resetAndDestroy()
  })
  const connections = openTestConnections(t)
  await askDomain(t, toUrl(server), {}, connections)
  const asked = await askDomain(t, toUrl(server), {}, connections)
  assert.equal(toSeen(asked), 'cognito_connection_lost before_answer reused_connection unknown')
  assert.equal(asked.isSent, true)
})

test('a call that failed gives its connection up', async (t) => {
  const closed = Promise.withResolvers<void>()
  const server = await openHttpServer(t, (request) => {
    request.on('error', () => {})
    once(request.socket, 'close').then(() => closed.resolve())
  })
  const asked = await sendWithin((timeoutMs) => askDomain(t, toUrl(server), { timeoutMs }))
  assert.equal(toSeen(asked), 'cognito_timeout unknown')
  await closed.promise
})
