// The built functions behind a custom domain name whose base path the API puts before every path.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planDeploymentChecks } from '../../core/smoke/deployment-checks.ts'
import {
  cookieName,
  cookieRefresh,
  openBrowser,
  openCookieProxy,
  toLines,
  toTokens,
} from '../fixtures/conformance/cookie-proxy.ts'
import { type Call, codeGrant, webClient } from '../fixtures/conformance/proxy.ts'

const basePath = '/auth'
const host = 'login.app.example'
const address = `https://${host}${basePath}`

async function open(t: Parameters<typeof openCookieProxy>[0]) {
  const proxy = await openCookieProxy(t, {
    basePath: 'auth',
    clients: (web) => [{ ...web, refreshToken: 'cookie', issuer: `${web.domain}/pool` }],
  })
  const { url } = proxy.upstream
  const document = {
    issuer: `${url}/pool`,
    jwks_uri: `${url}/pool/jwks.json`,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
  }
  // As a browser sends it: to the name, below the base path.
  const send = ({ path = '/oauth2/token', ...call }: Call) =>
    proxy.send({ ...call, path: `${basePath}${path}`, headers: { host, ...call.headers } })
  return { proxy, document, send, browser: openBrowser(send) }
}

test('below a base path, a sign-in runs from its beginning to a refresh and a sign-out', async (t) => {
  const { proxy, browser } = await open(t)
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: webClient.clientId, state: 'state-1' },
    ...{ redirect_uri: webClient.redirectUris[0], code_challenge_method: 'S256' },
    code_challenge: 'A'.repeat(43),
  })
  const begun = await browser.go(`/oauth2/authorize?${query}`)
  assert.equal(begun.status, 302)
  const { origin, pathname } = new URL(begun.headers.location ?? '')
  assert.equal(`${origin}${pathname}`, `${proxy.upstream.url}/oauth2/authorize`)
  proxy.upstream.script(toTokens('refresh-1'), toTokens('refresh-2'), { status: 200 })
  const replies = [
    begun,
    await browser.exchange(),
    await browser.post(cookieRefresh),
    await browser.post({ client_id: webClient.clientId }, { path: '/oauth2/revoke' }),
  ]
  assert.deepEqual(
    replies.map(({ status }) => status),
    [302, 200, 200, 200],
  )
  // A `__Host-` cookie belongs to the whole host, whatever the base path is.
  for (const line of replies.flatMap(toLines)) assert.match(line, /^__Host-.*; Path=\/;/)
  assert.ok(!browser.cookies.has(cookieName))
})

test('below a base path, signing out leads to the user pool domain', async (t) => {
  const { proxy, browser } = await open(t)
  const query = `client_id=${webClient.clientId}&logout_uri=https%3A%2F%2Fapp.example%2F`
  const { status, headers } = await browser.go(`/logout?${query}`)
  assert.deepEqual([status, headers.location], [302, `${proxy.upstream.url}/logout?${query}`])
})

test('below a base path, every check of the smoke test of the deployment passes', async (t) => {
  const { proxy, document, send } = await open(t)
  proxy.upstream.script({ status: 200, body: document })
  for (const step of planDeploymentChecks({
    url: address,
    clients: [],
    hasSharedDiscovery: true,
  })) {
    const { method, path, headers, body = '' } = step.request
    const { origin = undefined } = headers
    const reply = await send({ method, path, body, headers: { ...headers, origin } })
    const texts = Object.entries(reply.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    )
    const answer = { status: reply.status, headers: Object.fromEntries(texts), cookies: [] }
    const verdict = step.judge({ ...answer, body: reply.raw })
    assert.equal(verdict.status, 'ok', `${step.name}: ${verdict.found}`)
  }
})

test('beside the base path, the API itself refuses, and no function is asked', async (t) => {
  const { proxy } = await open(t)
  for (const path of ['/oauth2/token', '/authority/oauth2/token', '/']) {
    const { status, raw } = await proxy.send({ path, body: codeGrant() })
    assert.deepEqual([status, raw], [403, '{"message":"Forbidden"}'], path)
  }
  assert.deepEqual(proxy.records(), [])
})
