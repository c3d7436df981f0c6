// Clients that keep their refresh token in a cookie that no script can read (SEC-23).
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertFailure, assertHeaders } from '../../fixtures/conformance/contract.ts'
import {
  cookieName,
  cookieRefresh,
  cookieRevocation,
  csrfHeader,
  openCookieProxy,
  signIn,
  toLines,
  toSentTokens,
  toTokens,
} from '../../fixtures/conformance/cookie-proxy.ts'
import { codeGrant, type Reply, refreshGrant } from '../../fixtures/conformance/proxy.ts'

const attributes = 'Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=Strict'
const cleared = [cookieName, `${cookieName}.1`].map(
  (name) => `${name}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict`,
)
const signOut = { path: '/oauth2/revoke' }

/** Every name in an answer that a script could read. */
const toNames = (reply: Reply) => Object.keys(reply.body).sort()

test('a sign-in puts the refresh token into the cookie and into nothing else', async (t) => {
  const proxy = await openCookieProxy(t)
  const tokens = toTokens('refresh-1')
  proxy.upstream.script(tokens)
  const browser = proxy.openBrowser()
  const reply = await browser.exchange()
  const { refresh_token: _, ...shown } = { refresh_token: '', ...tokens.body }
  assert.deepEqual([reply.status, reply.body], [200, shown])
  assertHeaders(reply, ['set-cookie'])
  const [line = '', second] = toLines(reply)
  assert.match(line, RegExp(`^${cookieName}=1\\.[\\w-]{8}\\.[\\w-]+; ${attributes}$`))
  assert.equal(second, cleared[1])
  assert.doesNotMatch(JSON.stringify([reply.headers, reply.raw]), /refresh-1/)
  assert.equal(proxy.records()[0]?.['outcome'], 'ok')
})

test('a refresh without a token spends the one in the cookie, which stays where none is new', async (t) => {
  const proxy = await openCookieProxy(t)
  const browser = await signIn(proxy, 'refresh-1')
  const before = new Map(browser.cookies)
  for (const word of [{}, { refresh_token: 'cookie' }, { refresh_token: '' }]) {
    proxy.upstream.script(toTokens())
    const reply = await browser.post({ ...cookieRefresh, ...word })
    assert.equal(reply.status, 200)
    assert.deepEqual(toNames(reply), ['access_token', 'expires_in', 'id_token', 'token_type'])
    assert.deepEqual(toLines(reply), [])
  }
  assert.deepEqual(browser.cookies, before)
  assert.deepEqual(toSentTokens(proxy).slice(1), ['refresh-1', 'refresh-1', 'refresh-1'])
})

test('each rotated token takes the place of the one before, sealed again', async (t) => {
  const proxy = await openCookieProxy(t)
  const browser = await signIn(proxy, 'refresh-1')
  const seen = [browser.cookies.get(cookieName)]
  for (const next of ['refresh-2', 'refresh-3', 'refresh-3']) {
    proxy.upstream.script(toTokens(next))
    const reply = await browser.post(cookieRefresh)
    assert.ok(!toNames(reply).includes('refresh_token'))
    seen.push(browser.cookies.get(cookieName))
  }
  assert.equal(new Set(seen).size, 4)
  assert.deepEqual(toSentTokens(proxy).slice(1), ['refresh-1', 'refresh-2', 'refresh-3'])
})

test('a sign-out revokes the token in the cookie and clears it', async (t) => {
  const proxy = await openCookieProxy(t)
  const browser = await signIn(proxy, 'refresh-1')
  proxy.upstream.script({ status: 200 })
  const reply = await browser.post(cookieRevocation, signOut)
  assert.deepEqual([reply.status, reply.raw, toLines(reply)], [200, '{}', cleared])
  assert.deepEqual(toSentTokens(proxy).slice(1), ['refresh-1'])
  assert.equal(browser.cookies.size, 0)
})

test('a sign-in without a refresh token leaves nothing of the session before', async (t) => {
  const proxy = await openCookieProxy(t)
  const browser = await signIn(proxy, 'refresh-1')
  proxy.upstream.script(toTokens())
  const reply = await browser.exchange()
  assert.deepEqual([reply.status, toLines(reply).slice(0, -1)], [200, cleared])
  assert.match(toLines(reply).at(-1) ?? '', /^__Host-sign-in-web\.[\w-]{43}=; Max-Age=0; /)
})

test('a client without a cookie beside it gets its refresh token as before', async (t) => {
  const proxy = await openCookieProxy(t)
  proxy.upstream.script(toTokens('refresh-1'), toTokens('refresh-2'))
  const first = await proxy.send({ body: codeGrant({ client_id: 'body' }) })
  const second = await proxy.send({ body: refreshGrant({ client_id: 'body' }) })
  assert.deepEqual(
    [first, second].map((reply) => [reply.body['refresh_token'], toLines(reply)]),
    [
      ['refresh-1', []],
      ['refresh-2', []],
    ],
  )
})

for (const [says, call, body] of [
  ['a refresh', {}, cookieRefresh],
  ['a sign-out', signOut, cookieRevocation],
] as const) {
  test(`${says} without a cookie is refresh_cookie_missing, and nothing is fetched or sent`, async (t) => {
    const proxy = await openCookieProxy(t)
    const reply = await proxy.openBrowser().post(body, call)
    assertFailure(reply, proxy.records()[0], { cause: 'refresh_cookie_missing' })
    assert.deepEqual([proxy.secretCalls(), proxy.upstream.requests.length], [0, 0])
  })
}

/** Changes that a cookie may suffer, and what the record says of each. */
const changes: Readonly<Record<string, readonly [(text: string) => string, string]>> = {
  'cut short': [(text) => text.slice(0, -3), 'not_authentic'],
  'cut to its head': [(text) => text.slice(0, 11), 'malformed'],
  'of another form': [(text) => `2${text.slice(1)}`, 'malformed'],
  'with another bit at the end': [(text) => swap(text, text.length - 1), 'malformed'],
  'with another bit in the middle': [(text) => swap(text, 60), 'not_authentic'],
  'with another initialisation vector': [(text) => swap(text, 12), 'not_authentic'],
  'of an unknown key': [(text) => swap(text, 4), 'key_unknown'],
  'that is a text': [() => 'refresh-1', 'malformed'],
  'that is longer': [(text) => `${text}AAAA`, 'not_authentic'],
}

/** Puts another character of base64url, that differs in its lowest bit, in a place. */
function swap(text: string, at: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const other = alphabet[alphabet.indexOf(text[at] ?? '') ^ 1] ?? ''
  return text.slice(0, at) + other + text.slice(at + 1)
}

for (const [says, [change, evidence]] of Object.entries(changes)) {
  test(`a cookie ${says} is cleared, and answered like an absent one`, async (t) => {
    const proxy = await openCookieProxy(t)
    // 10 bytes beside 28 of the seal: the last character has bits to spare.
    const browser = await signIn(proxy, 'refresh-10')
    const absent = await proxy.openBrowser().post(cookieRefresh)
    for (const [body, call] of [
      [cookieRefresh, {}],
      [cookieRevocation, signOut],
    ] as const) {
      const cookie = `${cookieName}=${change(browser.cookies.get(cookieName) ?? '')}`
      const reply = await proxy.send({ ...call, body, headers: { ...csrfHeader, cookie } })
      assert.deepEqual([reply.status, reply.raw], [absent.status, absent.raw])
      const record = proxy.records().at(-1)
      assertFailure({ ...reply, headers: withoutCookie(reply) }, record, {
        cause: 'refresh_cookie_unreadable',
      })
      assert.deepEqual(record?.['evidence'], [evidence])
      assert.deepEqual(toLines(reply), cleared)
    }
    assert.equal(proxy.upstream.requests.length, 1)
  })
}

function withoutCookie({ headers }: Reply): Reply['headers'] {
  const { 'set-cookie': _, ...rest } = headers
  return rest
}

test('a cookie of one client opens nothing for another', async (t) => {
  const proxy = await openCookieProxy(t, {
    clients: (web) => [
      { ...web, refreshToken: 'cookie' },
      { ...web, refreshToken: 'cookie', name: 'other', clientId: 'other', secretId: 'other' },
    ],
  })
  const browser = await signIn(proxy, 'refresh-1')
  const cookie = `__Host-refresh-other=${browser.cookies.get(cookieName)}`
  const body = { ...cookieRefresh, client_id: 'other' }
  const reply = await proxy.send({ body, headers: { ...csrfHeader, cookie } })
  assert.deepEqual([reply.status, proxy.records().at(-1)?.['evidence']], [401, ['not_authentic']])
  const { cookies } = browser
  assert.equal((await browser.post(body)).status, 401)
  assert.equal(cookies.size, 1)
})
