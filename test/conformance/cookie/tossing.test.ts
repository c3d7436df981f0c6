// Another host of the site sets cookies that look like the client's own (RFC 6265bis section 4.1.3.2).
import assert from 'node:assert/strict'
import test from 'node:test'
import {
  cookieName,
  cookieRefresh,
  csrfHeader,
  openCookieProxy,
  signIn,
  toLines,
  toSentTokens,
  toTokens,
} from '../../fixtures/conformance/cookie-proxy.ts'

/** As they are on the wire: single bytes, and bytes of UTF-8, each shown as one character. */
const toWire = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const prefixes = ['\xa0', ...['\u00a0', '\u2000', '\u3000', '\ufeff'].map(toWire)]

for (const prefix of prefixes) {
  const bytes = Buffer.from(prefix, 'latin1').toString('hex')
  test(`a cookie whose name begins with ${bytes} is not taken for the client's own`, async (t) => {
    const proxy = await openCookieProxy(t)
    const victim = await signIn(proxy, 'victim-1')
    const attacker = await signIn(proxy, 'attacker-1')
    const tossed = `${prefix}${cookieName}=${attacker.cookies.get(cookieName)}`
    proxy.upstream.script(toTokens())
    const own = `${cookieName}=${victim.cookies.get(cookieName)}`
    const headers = { ...csrfHeader, cookie: `${tossed}; ${own}` }
    assert.equal((await proxy.send({ body: cookieRefresh, headers })).status, 200)
    assert.equal(toSentTokens(proxy).at(-1), 'victim-1')
    const alone = { ...csrfHeader, cookie: tossed }
    assert.equal((await proxy.send({ body: cookieRefresh, headers: alone })).status, 401)
    assert.equal(proxy.records().at(-1)?.['cause'], 'refresh_cookie_missing')
  })
}

test('of two cookies with the one name none is sent to Cognito, and none is cleared', async (t) => {
  const proxy = await openCookieProxy(t)
  const victim = await signIn(proxy, 'victim-1')
  const attacker = await signIn(proxy, 'attacker-1')
  const [own, tossed] = [victim, attacker].map(({ cookies }) => cookies.get(cookieName))
  for (const cookie of [
    `${cookieName}=${tossed}; ${cookieName}=${own}`,
    `${cookieName}=${own}; ${cookieName} =${tossed}`,
    `${cookieName}=${own}; ${cookieName}.1=a; ${cookieName}.1=b`,
  ]) {
    const reply = await proxy.send({ body: cookieRefresh, headers: { ...csrfHeader, cookie } })
    assert.deepEqual([reply.status, toLines(reply)], [401, []])
    const record = proxy.records().at(-1)
    assert.deepEqual(
      [record?.['cause'], record?.['evidence']],
      ['refresh_cookie_unreadable', ['sent_twice']],
    )
  }
  assert.deepEqual(toSentTokens(proxy).slice(2), [])
})
