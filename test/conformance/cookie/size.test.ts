// What a refresh token of any length comes to in cookies (SEC-23).
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import {
  cookieName,
  cookieRefresh,
  openCookieProxy,
  toLines,
  toSentTokens,
  toTokens,
} from '../../fixtures/conformance/cookie-proxy.ts'

async function signInLong(t: TestContext, length: number) {
  const proxy = await openCookieProxy(t)
  const token = randomBytes(length).toString('base64url').slice(0, length)
  proxy.upstream.script(toTokens(token))
  const browser = proxy.openBrowser()
  return { proxy, token, browser, reply: await browser.exchange() }
}

for (const [length, pieces] of [
  [1800, 1],
  [2900, 1],
  [3000, 2],
  [5800, 2],
] as const) {
  test(`a refresh token of ${length} characters fits ${pieces} cookies of at most 4096 bytes`, async (t) => {
    const { proxy, token, browser, reply } = await signInLong(t, length)
    assert.equal(browser.cookies.size, pieces)
    for (const line of toLines(reply)) assert.ok(Buffer.byteLength(line) <= 4096)
    proxy.upstream.script(toTokens())
    assert.equal((await browser.post(cookieRefresh)).status, 200)
    assert.deepEqual(toSentTokens(proxy).slice(1), [token])
  })
}

test('a shorter token clears the piece that it does not need', async (t) => {
  const { proxy, browser } = await signInLong(t, 5000)
  proxy.upstream.script(toTokens('short'))
  await browser.post(cookieRefresh)
  assert.deepEqual([...browser.cookies.keys()], [cookieName])
})

test('pieces of two tokens are never joined', async (t) => {
  const { proxy, browser } = await signInLong(t, 5000)
  const old = browser.cookies.get(`${cookieName}.1`) ?? ''
  proxy.upstream.script(toTokens('n'.repeat(5000)))
  await browser.post(cookieRefresh)
  browser.cookies.set(`${cookieName}.1`, old)
  assert.equal((await browser.post(cookieRefresh)).status, 401)
  assert.equal(browser.cookies.size, 0)
})

test('a refresh token too large for a cookie is reported at once, by name', async (t) => {
  const { proxy, browser, reply } = await signInLong(t, 6000)
  const kept = [...browser.cookies.keys()].filter((name) => name.startsWith('__Host-refresh-'))
  assert.deepEqual([reply.status, kept], [502, []])
  assert.deepEqual(proxy.records()[0]?.['evidence'], ['refresh_token_too_long'])
})
