// Events that no HTTP API hands over: the built handler is called without a gateway.
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { CauseName } from '../../core/causes/catalogue.ts'
import { assertFailure } from '../fixtures/conformance/contract.ts'
import { openDirectHandler, toAnswer, toEvent } from '../fixtures/conformance/direct-handler.ts'
import {
  codeGrant,
  pickMetrics,
  pickRecords,
  toEnvironment,
  webClient,
} from '../fixtures/conformance/proxy.ts'

const nowhere = 'http://127.0.0.1:1'
const form = new URLSearchParams(codeGrant()).toString()

function open(t: TestContext) {
  const clients = [{ ...webClient, domain: nowhere }]
  const handler = openDirectHandler(toEnvironment(nowhere, clients))
  t.after(() => handler.close())
  return handler
}

const raw = (body: unknown) => toEvent('', { body, isBase64Encoded: true })
const event = toEvent(form)
const crafted: readonly (readonly [string, unknown, CauseName, string?])[] = [
  ['undefined', undefined, 'route_not_found'],
  ['null', null, 'route_not_found'],
  ['a text', 'POST /oauth2/token', 'route_not_found'],
  ['a number', 42, 'route_not_found'],
  ['a list', [event], 'route_not_found'],
  ['an empty object', {}, 'route_not_found'],
  ['a path that is no text', { ...event, rawPath: ['/oauth2/token'] }, 'route_not_found'],
  ['a method that is no text', { ...event, requestContext: null }, 'method_not_allowed'],
  [
    'a method in small letters',
    { ...event, requestContext: { http: { method: 'post' } } },
    'method_not_allowed',
  ],
  ['headers that are none', { ...event, headers: null }, 'content_type_unsupported'],
  [
    'headers that are lists',
    { ...event, headers: { 'content-type': [] } },
    'content_type_unsupported',
  ],
  ['a body that is an object', raw({ code: 'x' }), 'body_malformed', 'empty'],
  ['a body of null', raw(null), 'body_malformed', 'empty'],
  ['base64 with a character too many', raw(`${event.body}*`), 'body_malformed', 'base64'],
  ['base64 with a line break', raw(`YT1i\nYT1i`), 'body_malformed', 'base64'],
  ['base64 of one character', raw('Y'), 'body_malformed', 'base64'],
  ['base64 with padding within', raw('YQ==YQ=='), 'body_malformed', 'base64'],
  ['base64 of the URL alphabet', raw('-_-_'), 'body_malformed', 'base64'],
  ['base64 of bytes that are no UTF-8', raw('YT3/'), 'body_malformed', 'utf8'],
  [
    'base64 that is not said to be any',
    { ...event, body: 'YT1i', isBase64Encoded: 'yes' },
    'parameter_missing',
    'grant_type',
  ],
  [
    'half a surrogate pair',
    { ...event, body: 'a=\ud800', isBase64Encoded: false },
    'body_malformed',
    'utf8',
  ],
  ['ten million characters', raw('A'.repeat(10_000_000)), 'body_too_large', 'body'],
  [
    'ten million bytes of text',
    toEvent('', { body: 'A'.repeat(10_000_000), isBase64Encoded: false }),
    'body_too_large',
    'body',
  ],
  [
    'base64 of 16385 bytes',
    raw(Buffer.alloc(16_385, 'a').toString('base64')),
    'body_too_large',
    'body',
  ],
]

test('an event of any kind is refused by name, not answered by a crash', async (t) => {
  const handler = open(t)
  for (const [says, event, cause, detail] of crafted) {
    await t.test(`one that is or has ${says}: ${cause}`, async () => {
      const known = handler.lines().length
      const [invoked] = await handler.invoke([{ event }])
      const lines = handler.lines().slice(known)
      const records = pickRecords(lines)
      assertFailure(toAnswer(invoked), records[0], { cause, ...(detail && { detail }) })
      assert.equal(records.length, 1)
      assert.equal(pickMetrics(lines).length, 1)
    })
  }
})

const misfits: readonly (readonly [string, unknown, string])[] = [
  ['a REST API', { ...event, requestContext: {}, httpMethod: 'POST' }, 'event_format'],
  ['a load balancer', { httpMethod: 'POST', requestContext: { elb: {} } }, 'event_format'],
  ['a Lattice service', { raw_path: '/oauth2/token', method: 'POST' }, 'event_format'],
  ['a queue', { Records: [{ eventSource: 'aws:sqs', body: form }] }, 'event_format'],
  ['a trigger', { version: '1', triggerSource: 'TokenGeneration_HostedAuth' }, 'event_format'],
  [
    'an integration of version 1.0',
    { version: '1.0', path: '/oauth2/token', requestContext: {} },
    'event_format',
  ],
  ['a route of its own', { ...event, rawPath: '/token', routeKey: 'POST /token' }, 'route_unknown'],
]

test('what the deployment sends in another way is its own mistake, and never that of a caller', async (t) => {
  const handler = open(t)
  for (const [says, event, evidence] of misfits) {
    const known = handler.lines().length
    const [invoked] = await handler.invoke([{ event }])
    const [record] = pickRecords(handler.lines().slice(known))
    assertFailure(toAnswer(invoked), record, { cause: 'config_invalid' })
    assert.deepEqual([record?.['evidence'], record?.['fault']], [[evidence], 'operator'], says)
  }
})

test('the ping of a plugin that keeps functions warm, or a test event, counts for nothing', async (t) => {
  const handler = open(t)
  for (const event of [
    { source: 'serverless-plugin-warmup' },
    { warmer: true, concurrency: 3 },
    { key1: 'value1', key2: 'value2' },
  ]) {
    const [invoked] = await handler.invoke([{ event }])
    assert.equal(toAnswer(invoked).status, 503)
  }
  assert.deepEqual(handler.lines(), [])
})

const behind: readonly (readonly [string, object])[] = [
  ['a named stage', { rawPath: '/prod/oauth2/token', stage: 'prod' }],
  ['a base path', { rawPath: '/auth/oauth2/token', routeKey: 'POST /oauth2/token' }],
  [
    'a tenant in a route of its own',
    {
      ...{ rawPath: '/shop/oauth2/token', routeKey: 'POST /{tenant}/oauth2/token' },
      pathParameters: { tenant: 'shop' },
    },
  ],
  [
    'a route with a slash at its end',
    { rawPath: '/oauth2/token/', routeKey: 'POST /oauth2/token' },
  ],
  ['a base path of two parts', { rawPath: '/v1/auth/oauth2/token', routeKey: '$default' }],
  [
    'a stage and a greedy route',
    {
      ...{ rawPath: '/dev/oauth2/token', stage: 'dev', routeKey: 'ANY /{proxy+}' },
      pathParameters: { proxy: 'oauth2/token' },
    },
  ],
]

test('a stage or base path before the path is no mistake of the caller: the request is served', async (t) => {
  const handler = open(t)
  for (const [says, changes] of behind) {
    const stage = 'stage' in changes ? changes.stage : '$default'
    const requestContext = { ...event.requestContext, stage }
    await handler.invoke([{ event: { ...event, ...changes, requestContext } }])
    // It was taken: what failed is Secrets Manager, which is not there.
    assert.equal(pickRecords(handler.lines()).at(-1)?.['cause'], 'secret_unavailable', says)
  }
})

test('a CDN that does not forward Origin is named, and only where the request came through one', async (t) => {
  const handler = open(t)
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const [headers, detail] of [
    [{ via: '2.0 0123abcd.cloudfront.net (CloudFront)' }, 'absent_behind_cdn'],
    [{ 'x-amz-cf-id': 'x' }, 'absent_behind_cdn'],
    [{ 'cdn-loop': 'cloudflare' }, 'absent_behind_cdn'],
    [{ 'akamai-origin-hop': '2' }, 'absent_behind_cdn'],
    [{ 'x-azure-ref': 'x' }, 'absent_behind_cdn'],
    [{ via: '1.1 varnish, 1.1 varnish' }, 'absent_behind_cdn'],
    [{ via: '1.1 proxy.example' }, 'absent'],
  ] as const) {
    const [invoked] = await handler.invoke([
      { event: { ...event, headers: { ...type, ...headers } } },
    ])
    const record = pickRecords(handler.lines()).at(-1)
    assertFailure(toAnswer(invoked), record, { cause: 'origin_not_allowed', detail })
  }
})

test('a body as text is read like one in base64', async (t) => {
  const handler = open(t)
  const text = { ...event, body: form, isBase64Encoded: false }
  await handler.invoke([{ event: text }, { event }])
  // Both were taken: what failed is Secrets Manager, which is not there.
  const causes = pickRecords(handler.lines()).map((record) => record['cause'])
  assert.deepEqual(causes, ['secret_unavailable', 'secret_unavailable'])
})

for (const trap of ['event', 'first_clock_call'] as const) {
  test(`a throw by the ${trap.replaceAll('_', ' ')} becomes one 500 and one record`, async (t) => {
    const handler = open(t)
    const [invoked] = await handler.invoke([{ event, trap }])
    const records = pickRecords(handler.lines())
    assertFailure(toAnswer(invoked), records[0], { cause: 'unforeseen' })
    assert.equal(records.length, 1)
  })
}
