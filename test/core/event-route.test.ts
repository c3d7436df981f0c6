import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toEventRoute } from '../../core/event-route.ts'

type Row = readonly [
  rawPath: string,
  routeKey: string,
  path: string,
  basePath: string,
  more?: { readonly stage?: string; readonly pathParameters?: Readonly<Record<string, unknown>> },
]

const proxy = (value: string) => ({ pathParameters: { proxy: value } })
const discovery = '/.well-known/openid-configuration'
const ofClient = 'GET /clients/{name}/.well-known/openid-configuration'
const prod = { stage: 'prod' }

const served: readonly Row[] = [
  ['/oauth2/token', 'POST /oauth2/token', '/oauth2/token', ''],
  ['/oauth2/token', '', '/oauth2/token', ''],
  // A named stage.
  ['/prod/oauth2/token', 'POST /oauth2/token', '/oauth2/token', '/prod', prod],
  ['/prod/oauth2/revoke', 'POST /oauth2/revoke', '/oauth2/revoke', '/prod', prod],
  ['/prod/oauth2/token', '$default', '/oauth2/token', '/prod', prod],
  ['/prod/oauth2/token', '', '/oauth2/token', '/prod', prod],
  [
    '/prod/oauth2/token',
    'ANY /{proxy+}',
    '/oauth2/token',
    '/prod',
    { ...prod, ...proxy('oauth2/token') },
  ],
  ['/oauth2/oauth2/token', '$default', '/oauth2/token', '/oauth2', { stage: 'oauth2' }],
  ['/oauth2/token', '$default', '/oauth2/token', '', { stage: 'oauth2' }],
  ['/prod', 'GET /', '/', '/prod', prod],
  ['/prod', '$default', '/', '/prod', prod],
  ['/prod/', 'GET /', '/', '/prod', prod],
  ['/prod/health', 'GET /health', '/health', '/prod', prod],
  // The base path of a custom domain.
  ['/auth/oauth2/token', 'POST /oauth2/token', '/oauth2/token', '/auth'],
  ['/v1/auth/oauth2/revoke', 'POST /oauth2/revoke', '/oauth2/revoke', '/v1/auth'],
  [
    `/auth/clients/shop${discovery}`,
    ofClient,
    `/clients/shop${discovery}`,
    '/auth',
    { pathParameters: { name: 'shop' } },
  ],
  ['/auth/oauth2/token', 'ANY /{proxy+}', '/oauth2/token', '/auth', proxy('oauth2/token')],
  // A path of the operator's own before the greedy part.
  ['/auth/oauth2/token', 'POST /auth/{proxy+}', '/oauth2/token', '/auth', proxy('oauth2/token')],
  ['/auth/oauth2/token', 'POST /auth/oauth2/token', '/oauth2/token', '/auth'],
  ['/prod/auth/oauth2/token', 'POST /auth/oauth2/token', '/oauth2/token', '/prod/auth', prod],
  [
    '/shop/oauth2/token',
    'POST /{tenant}/oauth2/token',
    '/oauth2/token',
    '/shop',
    { pathParameters: { tenant: 'shop' } },
  ],
  [
    `/auth/clients/shop${discovery}`,
    ofClient.replace('/', '/auth/'),
    `/clients/shop${discovery}`,
    '/auth',
    { pathParameters: { name: 'shop' } },
  ],
  // The route is right, however the path is written.
  ['/oauth2/token/', 'POST /oauth2/token', '/oauth2/token', ''],
  ['/oauth2/%74oken', 'POST /oauth2/token', '/oauth2/token', ''],
  ['/OAuth2/Token', 'POST /oauth2/token', '/oauth2/token', ''],
  ['/prod/oauth2/token', '', '/oauth2/token', '/prod'],
  // A function URL or a catch-all behind a CDN.
  ['/auth/oauth2/token', '$default', '/oauth2/token', '/auth'],
  [`/auth/clients/shop${discovery}`, '$default', `/clients/shop${discovery}`, '/auth'],
]

for (const [rawPath, routeKey, path, basePath, more = {}] of served) {
  const stage = more.stage === undefined ? '' : ` at the stage ${more.stage}`
  test(`${rawPath} by the route '${routeKey}'${stage} is ${path}`, () => {
    const event = { rawPath, routeKey, stage: '$default', pathParameters: {}, ...more }
    assert.deepEqual(toEventRoute(event), { path, basePath, isUnknownRoute: false })
  })
}

const strays: readonly Row[] = [
  ['/foo', 'POST /{proxy+}', '/foo', '', proxy('foo')],
  // A caller chose the path, and the route says nothing of it.
  ['/x/oauth2/token', 'POST /{proxy+}', '/x/oauth2/token', '', proxy('x/oauth2/token')],
  ['/foo', 'POST /{proxy+}', '/foo', '', proxy('oauth2/token')],
  ['/foo', 'POST /{proxy+}', '/foo', ''],
  ['/foo', 'POST /{proxy+}', '/foo', '', { pathParameters: { proxy: 1 } }],
  ['/product/oauth2/token', 'POST /{proxy+}', '/product/oauth2/token', '', prod],
  ['/a b/oauth2/token', '$default', '/a b/oauth2/token', ''],
  ['/a//oauth2/token', '$default', '/a//oauth2/token', ''],
  [`${'/a'.repeat(9)}/oauth2/token`, '$default', `${'/a'.repeat(9)}/oauth2/token`, ''],
  ['/foo', '$default', '/foo', ''],
  ['', '$default', '', ''],
  ['', '', '', ''],
  [
    `/clients/NO${discovery}`,
    ofClient,
    `/clients/NO${discovery}`,
    '',
    { pathParameters: { name: 'NO' } },
  ],
]

for (const [rawPath, routeKey, path, basePath, more = {}] of strays) {
  test(`${rawPath.slice(0, 30)} by the route '${routeKey}' is no known path (${JSON.stringify(more)})`, () => {
    const event = { rawPath, routeKey, stage: '$default', pathParameters: {}, ...more }
    assert.deepEqual(toEventRoute(event), { path, basePath, isUnknownRoute: false })
  })
}

test('a route of its own that is not served is a mistake of the API, and a catch-all is none', () => {
  const isUnknown = (rawPath: string, routeKey: string) =>
    toEventRoute({ rawPath, routeKey, stage: '$default', pathParameters: {} }).isUnknownRoute
  assert.ok(isUnknown('/token', 'POST /token'))
  assert.ok(isUnknown('/api/login/token', 'ANY /api/login/token'))
  assert.ok(isUnknown('/a/token', 'ANY /{tenant}/token'))
  assert.equal(isUnknown('/other', 'POST /'), false)
  assert.equal(isUnknown('/other', 'POST /{path}'), false)
  assert.equal(isUnknown('/other', 'a sentence'), false)
})

test('a base path of odd characters is not taken over', () => {
  const event = { routeKey: 'POST /oauth2/token', stage: '$default', pathParameters: {} }
  const route = toEventRoute({ ...event, rawPath: '/"><x/oauth2/token' })
  assert.deepEqual([route.path, route.basePath], ['/oauth2/token', ''])
})
