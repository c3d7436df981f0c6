// Refresh tokens in cookies, and the key that seals them, are in no line and no answer (OBS-01).
import assert from 'node:assert/strict'
import test from 'node:test'
import { openCanaries } from '../../fixtures/conformance/canaries.ts'
import {
  cookieName,
  cookieRefresh,
  cookieRevocation,
  csrfHeader,
  keySecretId,
  newKey,
  openCookieProxy,
  toTokens,
} from '../../fixtures/conformance/cookie-proxy.ts'
import { upstreamFaults } from '../../fixtures/conformance/faults.ts'
import type { Reply } from '../../fixtures/conformance/proxy.ts'

const loud = {
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
  AWS_LAMBDA_LOG_LEVEL: 'TRACE',
  POWERTOOLS_LOGGER_LOG_EVENT: 'true',
  TOKEN_PROXY_DEADLINE_MS: '6000',
}

/** What an answer shows, but for the cookie itself. */
function toText({ headers, raw }: Reply): string {
  const { 'set-cookie': _, ...rest } = headers
  return `${JSON.stringify(rest)}\n${raw}`
}

test('no token, sealed or not, and no key is in any line or answer of any failure', async (t) => {
  const proxy = await openCookieProxy(t, { env: loud, upstream: { repeats: true } })
  const canaries = openCanaries()
  const key = canaries.add('key', newKey())
  canaries.add('key bytes', Buffer.from(key, 'base64').toString('latin1'))
  proxy.secrets.put(keySecretId, key)
  const replies: Reply[] = []
  const browser = proxy.openBrowser()
  const signIn = async () => {
    proxy.upstream.script(toTokens(canaries.make('refresh token')))
    replies.push(await browser.exchange())
    // Every cookie begins alike: what follows is what was sealed.
    const sealed = browser.cookies.get(cookieName)?.slice(11)
    canaries.add('cookie', sealed ?? assert.fail('a sign-in sets the cookie'))
  }
  for (const { behaviour } of upstreamFaults) {
    if (browser.cookies.size === 0) await signIn()
    proxy.upstream.script(behaviour)
    replies.push(await browser.post(cookieRefresh))
    if (browser.cookies.size === 0) await signIn()
    proxy.upstream.script(behaviour)
    replies.push(await browser.post(cookieRevocation, { path: '/oauth2/revoke' }))
  }
  for (const cookie of [`${cookieName}=${canaries.make('cookie')}`, canaries.make('name')]) {
    replies.push(await browser.post(cookieRefresh, { headers: { cookie } }))
  }
  await signIn()
  proxy.secrets.breakWith('secret_broken')
  proxy.gateway.coolDown()
  replies.push(await browser.post(cookieRefresh))
  assert.deepEqual(canaries.findIn(replies.map(toText).join('\n')), [])
  assert.deepEqual(canaries.findIn(proxy.lines().join('\n')), [])
  const causes = proxy.records().map((record) => record['cause'])
  for (const cause of ['refresh_cookie_unreadable', 'refresh_cookie_missing', 'secret_malformed']) {
    assert.ok(causes.includes(cause), cause)
  }
})

test('the scan would find the token and the cookie where they belong', async (t) => {
  const proxy = await openCookieProxy(t)
  const canaries = openCanaries()
  proxy.upstream.script(toTokens(canaries.make('refresh token')), toTokens())
  const browser = proxy.openBrowser()
  const reply = await browser.exchange()
  canaries.add('cookie', browser.cookies.get(cookieName)?.slice(11) ?? '')
  assert.match(canaries.findIn(JSON.stringify(reply.headers)).join(), /cookie \(plain\)/)
  await browser.post(cookieRefresh, { headers: csrfHeader })
  const sent = canaries.findIn(proxy.upstream.requests.at(-1)?.body ?? '').join()
  assert.match(sent, /refresh token \(url-encoded\)/)
})
