import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toAllowedHeaders } from '../../core/cors-headers.ts'
import {
  functionTimeoutSeconds,
  integrationTimeoutSeconds,
  routes,
  throttle,
  toCors,
} from '../../core/http-api.ts'
import { numberSettings } from '../../core/settings/table.ts'

const strays = [
  'POST /',
  'GET /{proxy+}',
  'HEAD /{proxy+}',
  'POST /{proxy+}',
  'PUT /{proxy+}',
  'PATCH /{proxy+}',
  'DELETE /{proxy+}',
]

test('routes the endpoints and the metadata by name, and every other request to where it takes no place from an exchange', () => {
  const keysOf = (name: string) =>
    routes.filter((route) => route.function === name).map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(keysOf('metadata'), [
    'GET /.well-known/openid-configuration',
    'GET /clients/{name}/.well-known/openid-configuration',
    'GET /.well-known/oauth-authorization-server',
    'GET /clients/{name}/.well-known/oauth-authorization-server',
    'GET /.well-known/oauth-authorization-server/clients/{name}',
    'GET /oauth2/authorize',
    'GET /login',
    'GET /logout',
    'GET /',
    'GET /health',
    ...strays,
  ])
  assert.deepEqual(keysOf('oauth2'), ['POST /oauth2/token', 'POST /oauth2/revoke'])
})

test('exchanges, sign-outs and strays have throttles of their own', () => {
  const own = routes.filter((route) => route.throttle !== undefined)
  assert.deepEqual(
    own.map(({ method, path, throttle }) => [`${method} ${path}`, throttle?.ratePerSecond]),
    [
      ['POST /oauth2/token', 100],
      ['POST /oauth2/revoke', 100],
      ...strays.map((stray) => [stray, 10]),
    ],
  )
})

test('leaves OPTIONS to the HTTP API, so that a preflight costs no Lambda call', () => {
  assert.ok(!routes.some(({ method }) => ['OPTIONS', 'ANY', '$default'].includes(method)))
})

test('allows the origins of all clients, each once and in a fixed order', () => {
  const { allowOrigins } = toCors([
    { origins: ['https://b.example', 'https://a.example'] },
    { origins: [] },
    { origins: ['https://a.example'] },
  ])
  assert.deepEqual(allowOrigins, ['https://a.example', 'https://b.example'])
})

test('allows no origin if none is configured, and never every origin', () => {
  assert.deepEqual(toCors([]), {
    allowOrigins: [],
    allowMethods: ['GET', 'POST'],
    allowHeaders: toAllowedHeaders([]),
    exposeHeaders: ['retry-after', 'x-request-id'],
    maxAgeSeconds: 7200,
    allowCredentials: false,
  })
})

test('names only origins of the web, since HTTP APIs document no others', () => {
  const extension = `chrome-extension://${'a'.repeat(32)}`
  const cors = toCors([{ origins: [extension, 'http://localhost:5173', 'https://a.example'] }])
  assert.deepEqual(cors.allowOrigins, ['http://localhost:5173', 'https://a.example'])
})

test('allows the headers that a deployment adds', () => {
  assert.ok(toCors([], ['x-own-trace']).allowHeaders.includes('x-own-trace'))
})

test('lets cookies through only where some client keeps its refresh token in one', () => {
  const origins = ['https://a.example']
  const isAllowed = (...places: unknown[]) =>
    toCors(places.map((refreshToken) => ({ origins, refreshToken }))).allowCredentials
  assert.ok(isAllowed('body', 'cookie'))
  assert.ok(!isAllowed('body', undefined, 'Cookie'))
  assert.ok(!toCors([{ origins }]).allowCredentials)
})

test('ends the function before the HTTP API gives up, and after the longest default request', () => {
  const { deadlineMs, deadlineMarginMs } = numberSettings
  assert.equal(functionTimeoutSeconds, 15)
  assert.equal(integrationTimeoutSeconds, 30)
  assert.ok(functionTimeoutSeconds * 1000 > deadlineMs.byDefault + deadlineMarginMs.byDefault)
})

test("throttles below Cognito's default quota of 120 requests a second", () => {
  assert.deepEqual(throttle, { ratePerSecond: 100, burst: 100 })
})
