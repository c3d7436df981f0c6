// When a cookie is taken from the browser, and when it is left there (SEC-23).
import assert from 'node:assert/strict'
import test from 'node:test'
import {
  cookieName,
  cookieRefresh,
  cookieRevocation,
  openCookieProxy,
  signIn,
  toLines,
  toTokens,
} from '../../fixtures/conformance/cookie-proxy.ts'

const cleared = [cookieName, `${cookieName}.1`].map(
  (name) => `${name}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict`,
)
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }
const invalidRequest = { status: 400, body: { error: 'invalid_request' } }
const invalidClient = { status: 400, body: { error: 'invalid_client' } }

for (const [says, answers, isCleared] of [
  ['that Cognito refuses is cleared', [invalidGrant], true],
  ['is kept while Cognito throttles', [{ status: 429 }], false],
  ['is kept while Cognito fails', [{ status: 500 }, { status: 500 }], false],
  ['is kept while the client is refused', [invalidClient], false],
] as const) {
  test(`a cookie ${says}`, async (t) => {
    const proxy = await openCookieProxy(t, {
      clients: (web) => [{ ...web, refreshToken: 'cookie', refreshTokenRotation: 'off' }],
    })
    const browser = await signIn(proxy, 'refresh-1')
    proxy.upstream.script(...answers)
    const reply = await browser.post(cookieRefresh)
    assert.deepEqual(toLines(reply), isCleared ? cleared : [])
    assert.equal(browser.cookies.size, isCleared ? 0 : 1)
  })
}

test('a code that Cognito refuses leaves the cookie of the session before', async (t) => {
  const proxy = await openCookieProxy(t)
  const browser = await signIn(proxy, 'refresh-1')
  proxy.upstream.script(invalidGrant)
  assert.equal((await browser.exchange()).status, 400)
  assert.equal(browser.cookies.size, 1)
})

test('a token that was replaced by a newer one does not take the newer one from the browser', async (t) => {
  const proxy = await openCookieProxy(t, { concurrency: 1 })
  const browser = await signIn(proxy, 'refresh-1')
  const cookie = `${cookieName}=${browser.cookies.get(cookieName)}`
  proxy.upstream.script(toTokens('refresh-2'), invalidGrant, toTokens('refresh-3'))
  await browser.post(cookieRefresh)
  // Another tab had asked at the same moment, and comes second.
  const late = await browser.post(cookieRefresh, { headers: { cookie } })
  assert.equal(proxy.records().at(-1)?.['cause'], 'refresh_token_rotated_out')
  assert.deepEqual([late.status, toLines(late)], [400, []])
  assert.equal((await browser.post(cookieRefresh)).status, 200)
})

for (const refreshTokenRotation of ['on', 'unknown'] as const) {
  test(`the later of two tabs in two sandboxes keeps the winner's cookie, rotation ${refreshTokenRotation}`, async (t) => {
    const proxy = await openCookieProxy(t, {
      concurrency: 2,
      clients: (web) => [{ ...web, refreshToken: 'cookie', refreshTokenRotation }],
    })
    const browser = await signIn(proxy, 'refresh-1')
    const slow = { delayMs: 300 }
    proxy.upstream.script({ ...toTokens('refresh-2'), ...slow }, { ...invalidGrant, ...slow })
    const both = await Promise.all([browser.post(cookieRefresh), browser.post(cookieRefresh)])
    assert.equal(proxy.gateway.sandboxes(), 2)
    const [winner, loser] = both.toSorted((one, other) => one.status - other.status)
    assert.deepEqual([winner?.status, loser?.status], [200, 400])
    assert.deepEqual(loser && toLines(loser), [])
    proxy.upstream.script(toTokens('refresh-3'))
    assert.equal((await browser.post(cookieRefresh)).status, 200)
  })
}

for (const [says, answers, status, isCleared] of [
  ['where revocation is off', [invalidRequest], 502, true],
  ['of a token that Cognito refuses', [invalidGrant], 400, true],
  ['that Cognito fails twice', [{ status: 500 }, { status: 500 }], 503, false],
  ['while the client is refused', [invalidClient], 502, false],
] as const) {
  test(`a sign-out ${says} ${isCleared ? 'clears' : 'keeps'} the cookie, and still fails`, async (t) => {
    const proxy = await openCookieProxy(t)
    const browser = await signIn(proxy, 'refresh-1')
    proxy.upstream.script(...answers)
    const reply = await browser.post(cookieRevocation, { path: '/oauth2/revoke' })
    assert.deepEqual([reply.status, toLines(reply)], [status, isCleared ? cleared : []])
  })
}
