import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planAuthorize, planClientChecks, planJunkCode } from '../../../core/smoke/client-checks.ts'
import { type SmokeAnswer, type SmokeClient, toSmokeClient } from '../../../core/smoke/target.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'
import { toRefusal, toSmokeAnswer } from '../../fixtures/core/smoke-answer.ts'

const url = 'https://proxy.example.com'
const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example1'
const web = toSmokeClient(toClient({ issuer }))
const session = toSmokeClient(toClient({ refreshToken: 'cookie' }))
const native = toSmokeClient(
  toClient({ origins: [], allowNoOrigin: true, redirectUris: ['com.example.shop:/signed-in'] }),
)
const refreshOnly = toSmokeClient(toClient({ grants: ['refresh_token'], redirectUris: [] }))
const invented = { code: 'code-1', verifier: 'verifier-1', challenge: 'challenge-1' }

const toNames = (client: SmokeClient) => planClientChecks(client, url).map(({ name }) => name)

test('checks of a client what it has', () => {
  const codes = ['wrong_redirect_uri', 'missing_verifier']
  assert.deepEqual(toNames(web), ['client_discovery', 'preflight', ...codes])
  assert.deepEqual(toNames(session), ['preflight', ...codes])
  assert.deepEqual(toNames(native), codes)
  assert.deepEqual(toNames(refreshOnly), ['preflight'])
})

test('sends no origin for a client that is called without one', () => {
  const { request } = planJunkCode(native, invented, undefined)
  assert.deepEqual(Object.keys(request.headers), ['content-type'])
})

test('exchanges an invented code as a front end would', () => {
  const { request } = planJunkCode(web, invented, undefined)
  assert.equal(request.headers['origin'], 'https://shop.example.com')
  assert.equal(
    request.body,
    'grant_type=authorization_code&client_id=client1&redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback&code=code-1&code_verifier=verifier-1',
  )
})

test('sends the cookie of the sign-in and the header that a cookie client needs', () => {
  const begun = { ...toSmokeAnswer(302, '', {}), cookies: ['__Host-a=1', '__Host-b=2'] }
  const { headers } = planJunkCode(session, invented, begun).request
  assert.equal(headers['cookie'], '__Host-a=1; __Host-b=2')
  assert.equal(headers['x-requested-with'], 'token-proxy')
})

test('judges the answer to an invented code', () => {
  const { judge } = planJunkCode(web, invented, undefined)
  assert.deepEqual(judge(toRefusal('code_rejected')), {
    status: 'ok',
    found: 'Cognito refuses an invented code: secret, client, domain and grant are correct',
  })
  assert.equal(judge(toRefusal('client_secret_mismatch')).status, 'failed')
  assert.equal(judge(toSmokeAnswer(200, {})).status, 'failed')
})

test('judges the beginning of a sign-in by where it leads', () => {
  const { request, judge } = planAuthorize(web, invented)
  assert.match(request.path, /^\/oauth2\/authorize\?.*code_challenge=challenge-1/)
  const toRedirect = (location: string) => toSmokeAnswer(302, '', { location })
  assert.equal(judge(toRedirect('https://pool.example.com/x?client_id=client1')).status, 'ok')
  assert.equal(judge(toRedirect('https://pool.example.com/x?client_id=other')).status, 'failed')
  assert.equal(judge(toSmokeAnswer(302, '', {})).status, 'failed')
  assert.equal(judge(toRefusal('client_unknown')).status, 'failed')
  assert.doesNotThrow(() => planAuthorize(refreshOnly, invented))
  assert.doesNotThrow(() => planJunkCode(refreshOnly, invented, undefined))
})

function judgePreflight(client: SmokeClient, headers: SmokeAnswer['headers'], status = 204) {
  const step = planClientChecks(client, url).find(({ name }) => name === 'preflight')
  return step?.judge(toSmokeAnswer(status, '', headers)).found
}

test('judges a preflight by the allowed callers, and whether they send cookies', () => {
  const own = { 'access-control-allow-origin': 'https://shop.example.com' }
  const credentials = { 'access-control-allow-credentials': 'true' }
  assert.equal(judgePreflight(web, own), 'a page of https://shop.example.com may call')
  assert.equal(judgePreflight(web, {}), 'a page of https://shop.example.com may not call')
  assert.equal(judgePreflight(web, own, 403), 'a page of https://shop.example.com may not call')
  assert.match(judgePreflight(session, own) ?? '', /may not send its cookies/)
  assert.match(judgePreflight(session, { ...own, ...credentials }) ?? '', /may call/)
})

test('judges the refusals of a client’s mistakes, and its document', () => {
  const judge = (name: string, answer: SmokeAnswer) =>
    planClientChecks(web, url)
      .find((one) => one.name === name)
      ?.judge(answer).status
  assert.equal(judge('wrong_redirect_uri', toRefusal('redirect_uri_not_allowed')), 'ok')
  assert.equal(judge('missing_verifier', toRefusal('pkce_verifier_missing')), 'ok')
  assert.equal(judge('missing_verifier', toRefusal('code_rejected')), 'failed')
  assert.equal(judge('client_discovery', toRefusal('route_not_found')), 'failed')
})
