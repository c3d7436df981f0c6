import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edgeKeyHeader } from '../../core/edge-key.ts'
import { isRequestId, toGatewayEvent } from '../../core/gateway-event.ts'

const full = {
  version: '2.0',
  routeKey: 'POST /oauth2/token',
  rawPath: '/oauth2/token',
  rawQueryString: 'a=1',
  headers: { 'Content-Type': 'text/plain', host: 'api.example.com' },
  cookies: ['first=a=b', ' second =\t2 ', 'empty='],
  requestContext: {
    http: { method: 'POST', path: '/elsewhere', sourceIp: '127.0.0.1' },
    domainName: 'api.example.com',
    requestId: 'Abc_1+/=.:-',
  },
  body: 'YT0x',
  isBase64Encoded: true,
}

const nothing = {
  method: '',
  path: '',
  basePath: '',
  misfit: undefined,
  query: '',
  headers: new Map(),
  edgeKey: undefined,
  cookies: new Map(),
  body: '',
  isBase64Encoded: false,
  domainName: undefined,
  requestId: undefined,
}

test('reads method, path, query, headers, body, host name and request id of an event, and nothing else', () => {
  assert.deepEqual(toGatewayEvent(full), {
    method: 'POST',
    path: '/oauth2/token',
    basePath: '',
    misfit: undefined,
    query: 'a=1',
    headers: new Map([
      ['content-type', 'text/plain'],
      ['host', 'api.example.com'],
    ]),
    edgeKey: undefined,
    cookies: new Map([
      ['first', 'a=b'],
      ['second', '2'],
      ['empty', ''],
    ]),
    body: 'YT0x',
    isBase64Encoded: true,
    domainName: 'api.example.com',
    requestId: 'Abc_1+/=.:-',
  })
})

test('seals the edge key, however its name is written, and leaves it in no header', () => {
  for (const name of [edgeKeyHeader, 'X-Token-Proxy-Edge-Key']) {
    const { headers, edgeKey } = toGatewayEvent({ ...full, headers: { [name]: 'k', host: 'h' } })
    assert.deepEqual([...headers], [['host', 'h']])
    assert.equal(edgeKey?.reveal(), 'k')
  }
  assert.equal(toGatewayEvent({ ...full, headers: { [edgeKeyHeader]: 7 } }).edgeKey, undefined)
})

for (const event of [undefined, null, '', 'text', 0, 1, true, [], {}, { requestContext: null }]) {
  test(`reads ${JSON.stringify(event)} as an empty event instead of throwing`, () => {
    assert.deepEqual(toGatewayEvent(event), nothing)
  })
}

test('reads values of other types as empty', () => {
  const event = {
    rawPath: 1,
    rawQueryString: ['a'],
    headers: 'text',
    requestContext: { http: 'POST', requestId: 7 },
    body: { a: 1 },
    isBase64Encoded: 'true',
  }
  assert.deepEqual(toGatewayEvent(event), nothing)
  assert.deepEqual(toGatewayEvent({ requestContext: { http: { method: 1 } } }), nothing)
})

test('leaves out headers with values that are not text, and ignores __proto__', () => {
  const { headers } = toGatewayEvent({ headers: { a: 1, b: null, C: 'x' } })
  assert.deepEqual([...headers], [['c', 'x']])
  assert.equal(headers.get('__proto__'), undefined)
})

test('leaves out cookies that are no text or have no name, and __proto__ finds nothing', () => {
  const { cookies } = toGatewayEvent({ cookies: [1, null, 'noname', '=value', '', 'a=x'] })
  assert.deepEqual([...cookies], [['a', 'x']])
  assert.equal(cookies.get('__proto__'), undefined)
  assert.deepEqual(toGatewayEvent({ cookies: 'a=x' }).cookies, new Map())
})

// Browsers strip space and tab alone, so that each of these is a name that any host of the site can set.
for (const other of ['\u00a0', '\u0085', '\u1680', '\u2000', '\u2028', '\u3000', '\ufeff', '\v']) {
  test(`a name with U+${other.charCodeAt(0).toString(16)} beside it is another name (RFC 6265bis §5.6)`, () => {
    const tossed = `${other}__Host-a=evil`
    const { cookies } = toGatewayEvent({
      cookies: [tossed, `__Host-a${other}=evil`, '__Host-a=good'],
    })
    assert.equal(cookies.get('__Host-a'), 'good')
    assert.equal(cookies.size, 3)
    assert.equal(toGatewayEvent({ cookies: [`a=x${other}`] }).cookies.get('a'), `x${other}`)
  })
}

test('of a name that is there twice or more, none of the cookies counts', () => {
  for (const more of [['a=y'], ['a=x'], ['a=y', 'a=z'], [' a =y']]) {
    const { cookies } = toGatewayEvent({ cookies: ['a=x', ...more, 'b=1'] })
    assert.deepEqual(
      [...cookies],
      [
        ['a', undefined],
        ['b', '1'],
      ],
    )
  }
})

for (const value of [1, 'true', {}, null]) {
  test(`takes a body for base64 only where the event says true, not ${JSON.stringify(value)}`, () => {
    assert.equal(toGatewayEvent({ isBase64Encoded: value }).isBase64Encoded, false)
  })
}

const requestIds: readonly (readonly [string, boolean])[] = [
  ['a', true],
  ['a'.repeat(64), true],
  ['Zz09', true],
  ['a'.repeat(65), false],
  ['', false],
  ['with space', false],
  ['new\nline', false],
  ['line\n', false],
  ['"quoted', false],
  ['{a', false],
  ['a}', false],
]

for (const [requestId, isTaken] of requestIds) {
  const verb = isTaken ? 'takes' : 'does not take'
  test(`${verb} ${JSON.stringify(requestId).slice(0, 20)} of ${requestId.length} for a request id`, () => {
    const event = toGatewayEvent({ requestContext: { requestId } })
    assert.equal(event.requestId, isTaken ? requestId : undefined)
    assert.equal(isRequestId(requestId), isTaken)
  })
}

test('reads the host name of the API unchanged', () => {
  for (const [domainName, seen] of [
    ['API.example.com/path', 'API.example.com/path'],
    ['', undefined],
  ] as const) {
    assert.equal(toGatewayEvent({ requestContext: { domainName } }).domainName, seen)
  }
})

const misfits: readonly (readonly [event: object, misfit: string | undefined])[] = [
  [{ httpMethod: 'POST', path: '/oauth2/token', requestContext: {} }, 'event_format'],
  [{ version: '1.0', httpMethod: 'POST', requestContext: { stage: 'prod' } }, 'event_format'],
  [{ httpMethod: 'POST', requestContext: { elb: { targetGroupArn: 'x' } } }, 'event_format'],
  [{ method: 'POST', raw_path: '/oauth2/token' }, 'event_format'],
  [{ requestContext: { connectionId: 'x', routeKey: '$connect' } }, 'event_format'],
  [{ Records: [{ cf: { request: {} } }] }, 'event_format'],
  [{ source: 'serverless-plugin-warmup' }, 'no_request'],
  [{ source: 'aws.events', 'detail-type': 'Scheduled Event' }, 'no_request'],
  [{ rawPath: '/token', routeKey: 'POST /token' }, 'route_unknown'],
  [{ source: 'x', requestContext: {} }, undefined],
  [{ Records: [{ s3: {} }] }, 'event_format'],
  [{ Records: [{ eventSource: 'aws:sqs', body: '' }] }, 'event_format'],
  [{ version: '1.0', path: '/oauth2/token', requestContext: {} }, 'event_format'],
  [{ version: '1', triggerSource: 'TokenGeneration_HostedAuth', request: {} }, 'event_format'],
  [{ type: 'TOKEN', methodArn: 'arn:aws:execute-api:x' }, 'event_format'],
  [{ warmer: true, concurrency: 3 }, 'no_request'],
  [{ key1: 'value1' }, 'no_request'],
  [{}, undefined],
  [{ ...full, httpMethod: 'POST', method: 'POST' }, undefined],
]

for (const [event, misfit] of misfits) {
  test(`${JSON.stringify(event).slice(0, 70)} is ${misfit ?? 'a request'}`, () => {
    assert.equal(toGatewayEvent(event).misfit, misfit)
  })
}
