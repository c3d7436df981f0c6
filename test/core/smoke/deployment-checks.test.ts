import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeDiscovery, planDeploymentChecks } from '../../../core/smoke/deployment-checks.ts'
import type { SmokeAnswer, SmokeTarget } from '../../../core/smoke/target.ts'
import { toSmokeClient } from '../../../core/smoke/target.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'
import { toRefusal, toSmokeAnswer } from '../../fixtures/core/smoke-answer.ts'

const url = 'https://proxy.example.com'
const client = toSmokeClient(toClient())
const document = {
  issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example1',
  jwks_uri: 'https://cognito-idp.eu-central-1.amazonaws.com/jwks.json',
  authorization_endpoint: `${url}/oauth2/authorize`,
  token_endpoint: `${url}/oauth2/token`,
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
}

function plan(changes: Partial<SmokeTarget> = {}) {
  return planDeploymentChecks({ url, clients: [client], hasSharedDiscovery: undefined, ...changes })
}

function judge(name: string, answer: SmokeAnswer) {
  const step = plan().find((one) => one.name === name)
  assert.ok(step, name)
  return step.judge(answer)
}

test('asks only for what changes nothing, and each thing once', () => {
  const asked = plan().map(({ request }) => `${request.method} ${request.path}`)
  assert.deepEqual(asked, [
    'GET /health',
    'GET /',
    'GET /smoke/nothing',
    'GET /oauth2/token',
    'POST /oauth2/token',
    'POST /oauth2/token',
    'OPTIONS /oauth2/token',
    'GET /.well-known/openid-configuration',
    'GET /.well-known/oauth-authorization-server',
  ])
})

test('sends an origin that may call, where there is one', () => {
  const toOrigin = (clients: SmokeTarget['clients']) =>
    plan({ clients }).find(({ name }) => name === 'unknown_client')?.request.headers['origin']
  assert.equal(toOrigin([client]), 'https://shop.example.com')
  assert.equal(toOrigin([]), undefined)
  assert.equal(toOrigin([{ ...client, origin: undefined }, client]), 'https://shop.example.com')
})

test('leaves the shared document out where the clients have several user pools', () => {
  const names = plan({ hasSharedDiscovery: false }).map(({ name }) => name)
  assert.ok(!names.includes('discovery') && !names.includes('oauth_metadata'))
})

const cases: readonly [name: string, answer: SmokeAnswer, status: string][] = [
  ['health', toSmokeAnswer(200, { name: 'token-proxy' }), 'ok'],
  ['health', toSmokeAnswer(200, { name: 'another' }), 'failed'],
  ['health', toRefusal('config_invalid'), 'failed'],
  ['about', toSmokeAnswer(502, '<html>'), 'failed'],
  ['unknown_path', toRefusal('route_not_found'), 'ok'],
  ['wrong_method', toRefusal('method_not_allowed'), 'ok'],
  ['wrong_content_type', toRefusal('content_type_unsupported'), 'ok'],
  ['unknown_client', toRefusal('client_unknown'), 'ok'],
  ['unknown_client', toRefusal('proxy_overloaded'), 'failed'],
  ['foreign_preflight', toSmokeAnswer(204, '', {}), 'ok'],
  ['foreign_preflight', toSmokeAnswer(204, '', { 'access-control-allow-origin': '*' }), 'failed'],
  ['foreign_preflight', toSmokeAnswer(204, '', { 'access-control-allow-origin': 'x' }), 'failed'],
  ['discovery', toSmokeAnswer(200, document), 'ok'],
  ['oauth_metadata', toSmokeAnswer(200, document), 'ok'],
  ['discovery', toRefusal('route_not_found'), 'skipped'],
]

test('judges each answer', () => {
  for (const [name, answer, status] of cases) {
    assert.equal(judge(name, answer).status, status, `${name}: ${answer.body}`)
  }
})

test('says where a deployment lists the problems of its settings', () => {
  const verdict = judge('health', toRefusal('config_invalid'))
  assert.equal(verdict.found, 'the proxy refuses its settings')
  assert.match(verdict.fix ?? '', /config_invalid/)
})

test('shows what CORS allows only as far as it is known', () => {
  const found = (allowed: string) =>
    judge('foreign_preflight', toSmokeAnswer(204, '', { 'access-control-allow-origin': allowed }))
      .found
  assert.match(found('*'), /is \*$/)
  assert.match(found('anything else'), /is set$/)
})

test('finds a document that is not that of this deployment', () => {
  const found = (body: unknown, status = 200) => judgeDiscovery(toSmokeAnswer(status, body), url)
  assert.equal(
    found({ ...document, token_endpoint: 'https://pool.example.com/oauth2/token' }).found,
    'the document leads to https://pool.example.com/oauth2/token',
  )
  assert.equal(
    found({ ...document, token_endpoint_auth_methods_supported: ['client_secret_basic'] }).found,
    'the document is wrong at token_endpoint_auth_methods_supported',
  )
  assert.equal(found({ ...document, issuer: 7 }).found, 'the document is wrong at issuer')
  assert.equal(found('<html>').status, 'failed')
  assert.equal(found(document, 503).status, 'failed')
})
