import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { type TestContext, test } from 'node:test'
import { openEdge } from '../../../local/edge/edge.ts'
import { listen } from '../../../local/listening.ts'
import {
  defaultBehavior,
  edgeTemplateOf,
  rateRule,
  toEdgeTemplate,
} from '../../fixtures/local/edge-template.ts'
import { send } from '../../fixtures/local/gateway-fixture.ts'

const keyHeader = 'x-token-proxy-edge-key'

/** An origin that answers with what came, or as a test says, behind an edge with a clock of the test's own. */
async function open(
  t: TestContext,
  template: unknown = toEdgeTemplate(),
  listener: RequestListener = (request, response) =>
    response.end(JSON.stringify([request.method, request.url, request.rawHeaders])),
) {
  const origin = await listen(createServer(listener), 0)
  t.after(() => origin.close())
  const clock = { nowMs: 0 }
  const edge = await openEdge({
    ...{ port: 0, originUrl: origin.url, template, nowMs: () => clock.nowMs },
    originHeaders: new Map([[keyHeader, 'the-key']]),
  })
  t.after(() => edge.close())
  return { edge, origin, clock }
}

/** The request as the origin got it, with the values of each header. */
function toSeen(text: string) {
  const [method, url, raw]: [string, string, readonly string[]] = JSON.parse(text)
  const headers = new Map<string, string[]>()
  for (const [at, name] of raw.entries()) {
    if (at % 2 === 1) continue
    const key = name.toLowerCase()
    headers.set(key, [...(headers.get(key) ?? []), raw[at + 1] ?? ''])
  }
  return { method, url, headers }
}

test('every header of the viewer goes on but Host, with the method, the path and the query as they came', async (t) => {
  const { edge, origin } = await open(t)
  const reply = await send(edge.url, {
    path: '/a%20b//c?d=%C3%A4&d=2',
    headers: [
      ...['Host', 'proxy.example.com', 'Content-Length', '4'],
      'Origin',
      'https://app.example',
      'Cookie',
      'a=b',
      'Authorization',
      'x',
      'X-Own',
      '1',
      'X-Own',
      '2',
    ],
    body: 'body',
  })
  const { method, url, headers } = toSeen(reply.text)
  assert.deepEqual([method, url], ['POST', '/a%20b//c?d=%C3%A4&d=2'])
  for (const [name, values] of [
    ['origin', ['https://app.example']],
    ['cookie', ['a=b']],
    ['authorization', ['x']],
    ['x-own', ['1', '2']],
    ['host', [new URL(origin.url).host]],
    ['content-length', ['4']],
  ] as const) {
    assert.deepEqual(headers.get(name), values, name)
  }
})

test('CloudFront names itself and the viewer, and says so to the viewer, too', async (t) => {
  const { edge } = await open(t)
  const reply = await send(edge.url, {
    headers: {
      'x-forwarded-for': '203.0.113.9',
      via: '1.1 a',
      'x-forwarded-proto': 'ftp',
      'x-amz-cf-id': 'b',
    },
  })
  const { headers } = toSeen(reply.text)
  assert.deepEqual(headers.get('x-forwarded-for'), ['203.0.113.9, 127.0.0.1'])
  assert.match(String(headers.get('via')), /^1\.1 a, 1\.1 \w+\.cloudfront\.net \(CloudFront\)$/)
  assert.equal(headers.get('x-forwarded-proto'), undefined)
  assert.doesNotMatch(String(headers.get('x-amz-cf-id')), /^b$/)
  assert.match(String(reply.headers['via']), /CloudFront/)
  assert.ok(reply.headers['x-amz-cf-id'])
  assert.equal(reply.headers['x-cache'], 'Miss from cloudfront')
})

test('the path of the origin goes before that of the request', async (t) => {
  const { edge } = await open(
    t,
    toEdgeTemplate({ Origins: [{ Id: 'api', OriginPath: '/auth/v1' }] }),
  )
  assert.equal(toSeen((await send(edge.url, { path: '/a?b=c' })).text).url, '/auth/v1/a?b=c')
})

test('a header that the distribution adds takes the place of a viewer’s, however it is written', async (t) => {
  const { edge } = await open(t)
  for (const headers of [
    {},
    { 'X-TOKEN-PROXY-EDGE-KEY': 'mine' },
    ['Host', 'x', keyHeader, 'a', keyHeader, 'b'],
  ]) {
    const { headers: seen } = toSeen((await send(edge.url, { headers })).text)
    assert.deepEqual(seen.get(keyHeader), ['the-key'])
  }
})

test('a header whose value is unknown keeps the edge from opening', async (t) => {
  const template = toEdgeTemplate()
  const opening = openEdge({ port: 0, originUrl: 'http://127.0.0.1:1', template })
  opening.then((edge) => t.after(() => edge.close())).catch(() => {})
  await assert.rejects(opening, /only a deployment knows the value of x-token-proxy-edge-key/)
})

test('a method that the behavior does not allow, and a GET with a body, reach no origin', async (t) => {
  const readOnly = { ...defaultBehavior, AllowedMethods: ['GET', 'HEAD'] }
  const { edge } = await open(t, toEdgeTemplate({ DefaultCacheBehavior: readOnly }))
  assert.equal((await send(edge.url)).status, 403)
  assert.equal((await send(edge.url, { method: 'GET' })).status, 200)
  const refused = await send(edge.url, {
    method: 'GET',
    body: 'a',
    headers: { 'content-length': '1' },
  })
  assert.deepEqual(
    [refused.status, refused.headers['server'], refused.headers['x-cache']],
    [403, 'CloudFront', 'Error from cloudfront'],
  )
})

for (const [policy, method, status] of [
  ['redirect-to-https', 'GET', 301],
  ['redirect-to-https', 'POST', 307],
  ['https-only', 'POST', 403],
  ['allow-all', 'POST', 200],
] as const) {
  test(`with ${policy}, a ${method} over plain HTTP is answered ${status}`, async (t) => {
    const behavior = { ...defaultBehavior, ViewerProtocolPolicy: policy }
    const { edge } = await open(t, toEdgeTemplate({ DefaultCacheBehavior: behavior }))
    const reply = await send(edge.plainUrl, { method, path: '/a?b=c' })
    const location = status === 301 || status === 307 ? `${edge.url}/a?b=c` : undefined
    assert.deepEqual([reply.status, reply.headers['location']], [status, location])
  })
}

test('what the web ACL blocks reaches no origin, over plain HTTP neither, until the window has passed', async (t) => {
  const { edge, clock } = await open(t, toEdgeTemplate({}, [rateRule]))
  for (let sent = 0; sent < 10; sent += 1) assert.equal((await send(edge.url)).status, 200)
  assert.equal((await send(edge.url)).status, 403)
  assert.equal((await send(edge.plainUrl)).status, 403)
  clock.nowMs = 60_000
  assert.equal((await send(edge.url)).status, 200)
})

test('an error is kept for a path as long as the template says, ten seconds where it says nothing', async (t) => {
  for (const [config, keptMs] of [
    [{}, 10_000],
    [{ CustomErrorResponses: [{ ErrorCode: 503, ErrorCachingMinTTL: 0 }] }, 0],
  ] as const) {
    let asked = 0
    const { edge, clock } = await open(t, toEdgeTemplate(config), (request, response) => {
      asked += 1
      request.resume()
      response.writeHead(503, { 'cache-control': 'no-store' }).end()
    })
    const get = { method: 'GET', path: '/health' }
    await send(edge.url, get)
    await send(edge.url, { ...get, path: '/health?other' })
    assert.equal(asked, keptMs === 0 ? 2 : 1)
    clock.nowMs = keptMs
    await send(edge.url, get)
    assert.equal(asked, keptMs === 0 ? 3 : 2)
    await send(edge.url)
    await send(edge.url)
    assert.equal(asked, keptMs === 0 ? 5 : 4)
  }
})

test('an origin that does not answer is a 502 of the edge', async (t) => {
  const { edge } = await open(t, toEdgeTemplate(), (request) => request.socket.destroy())
  assert.equal((await send(edge.url)).status, 502)
})

test('the template of a stage refuses in words that OAuth clients understand, and lets no error be kept', async (t) => {
  let asked = 0
  const { edge } = await open(
    t,
    edgeTemplateOf({
      edgeRequestsPerFiveMinutes: 10,
      domainBasePath: 'auth',
      edgeHttp: 'redirect',
    }),
    (request, response) => {
      asked += 1
      request.resume()
      response.writeHead(request.url === '/auth/health' ? 503 : 200).end()
    },
  )
  assert.deepEqual(edge.unplayed, ['address-reputation'])
  const large = await send(edge.url, {
    body: Buffer.alloc(16_385),
    headers: { 'content-length': '16385' },
  })
  assert.deepEqual([large.status, JSON.parse(large.text).error], [413, 'invalid_request'])
  for (let sent = 1; sent < 10; sent += 1) {
    const reply = await send(edge.url, { method: 'GET', path: '/health' })
    assert.equal(reply.status, 503)
  }
  assert.equal(asked, 9)
  const slowed = await send(edge.url)
  assert.deepEqual(
    [slowed.status, slowed.headers['retry-after'], JSON.parse(slowed.text).error],
    [429, '60', 'temporarily_unavailable'],
  )
})
