// A sign-in in cookie mode ends only in the browser in which it began.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { assertFailure } from '../../fixtures/conformance/contract.ts'
import {
  type Browser,
  type CookieProxy,
  cookieName,
  openCookieProxy,
  toChallenge,
  toLines,
  toSignInName,
  toTokens,
} from '../../fixtures/conformance/cookie-proxy.ts'
import { codeGrant, type FormParameters, webClient } from '../../fixtures/conformance/proxy.ts'

const toQuery = (grant: FormParameters, more: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({
    response_type: 'code',
    client_id: grant['client_id'] ?? '',
    redirect_uri: webClient.redirectUris[0],
    state: 'state-1',
    code_challenge: toChallenge(grant['code_verifier'] ?? ''),
    code_challenge_method: 'S256',
    ...more,
  })

/** Begins a sign-in at the proxy, and gives the challenge that Cognito is shown. */
async function begin(browser: Browser, grant: FormParameters, path = '/oauth2/authorize') {
  const reply = await browser.go(`${path}?${toQuery(grant)}`)
  assert.equal(reply.status, 302)
  const location = new URL(reply.headers.location ?? '')
  return { reply, location, shown: location.searchParams.get('code_challenge') ?? '' }
}

async function open(t: TestContext) {
  const proxy = await openCookieProxy(t)
  return { proxy, browser: proxy.openBrowser(), grant: codeGrant() }
}

const sent = (proxy: CookieProxy) =>
  proxy.upstream.requests.map(({ body }) => new URLSearchParams(body))
const signIns = ({ cookies }: Browser) =>
  [...cookies.keys()].filter((name) => name.startsWith('__Host-sign-in-'))

for (const path of ['/oauth2/authorize', '/login', '/logout']) {
  test(`Cognito gets the proxy's own challenge and verifier where sign-in begins at ${path}`, async (t) => {
    const { proxy, browser, grant } = await open(t)
    const { location, shown, reply } = await begin(browser, grant, path)
    assert.equal(`${location.origin}${location.pathname}`, `${proxy.upstream.url}${path}`)
    assert.deepEqual([...location.searchParams], [...toQuery(grant, { code_challenge: shown })])
    assert.notEqual(shown, toChallenge(grant['code_verifier'] ?? ''))
    const [line = ''] = toLines(reply)
    assert.match(
      line,
      /^__Host-sign-in-web\.[\w-]{43}=[\w-]{43}; Max-Age=3600; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    )
    proxy.upstream.script(toTokens('refresh-1'))
    assert.equal((await browser.post(grant)).status, 200)
    const [form] = sent(proxy)
    const verifier = form?.get('code_verifier') ?? ''
    assert.equal(toChallenge(verifier), shown)
    assert.notEqual(verifier, grant['code_verifier'])
    assert.deepEqual([...browser.cookies.keys()], [cookieName])
  })
}

const attacks: readonly (readonly [
  says: string,
  toBrowser: (honest: Browser, proxy: CookieProxy, grant: FormParameters) => Promise<Browser>,
])[] = [
  ['another browser with code and verifier', async (_, proxy) => proxy.openBrowser()],
  [
    'another browser that has begun a sign-in of its own',
    async (_, proxy) => {
      const browser = proxy.openBrowser()
      await begin(browser, codeGrant())
      return browser
    },
  ],
  [
    'a browser in which the cookie belongs to another client',
    async (_, proxy, grant) => {
      const browser = proxy.openBrowser()
      const name = toSignInName(grant['code_verifier'] ?? '').replace('-web.', '-body.')
      browser.cookies.set(name, 'A'.repeat(43))
      return browser
    },
  ],
  [
    'a cookie of another form',
    async (honest, _, grant) => {
      honest.cookies.set(toSignInName(grant['code_verifier'] ?? ''), 'A'.repeat(44))
      return honest
    },
  ],
]

for (const [says, toBrowser] of attacks) {
  test(`${says} is sign_in_cookie_missing, and nothing is fetched or sent`, async (t) => {
    const { proxy, browser, grant } = await open(t)
    await begin(browser, grant)
    const attacker = await toBrowser(browser, proxy, grant)
    const reply = await attacker.post(grant)
    assertFailure(reply, proxy.records().at(-1), { cause: 'sign_in_cookie_missing' })
    assert.deepEqual([proxy.upstream.requests.length, proxy.secretCalls()], [0, 0])
    assert.deepEqual(toLines(reply), [])
  })
}

test('a sign-in that begins at Cognito itself cannot end here', async (t) => {
  const { proxy, browser, grant } = await open(t)
  const reply = await browser.post(grant)
  assertFailure(reply, proxy.records()[0], { cause: 'sign_in_cookie_missing' })
})

test("a made-up cookie sends a verifier that does not belong to the code's challenge", async (t) => {
  const { proxy, browser, grant } = await open(t)
  const { shown } = await begin(browser, grant)
  const attacker = proxy.openBrowser()
  const name = toSignInName(grant['code_verifier'] ?? '')
  attacker.cookies.set(name, grant['code_verifier'] ?? '')
  proxy.upstream.script({ status: 400, body: { error: 'invalid_grant' } })
  assert.equal((await attacker.post(grant)).status, 400)
  assert.notEqual(toChallenge(sent(proxy)[0]?.get('code_verifier') ?? ''), shown)
  // Cognito's refusal ends the sign-in.
  assert.deepEqual(signIns(attacker), [])
})

test('a cookie that came twice counts as none', async (t) => {
  const { proxy, browser, grant } = await open(t)
  await begin(browser, grant)
  const [[name, value] = []] = [...browser.cookies]
  const cookie = `${name}=${value}; ${name}=${value}`
  const reply = await browser.post(grant, { headers: { cookie } })
  assertFailure(reply, proxy.records().at(-1), { cause: 'sign_in_cookie_missing' })
})

test('tabs sign in at the same time, each with its own cookie', async (t) => {
  const { proxy, browser } = await open(t)
  const grants = Array.from({ length: 8 }, () => codeGrant())
  const shown: string[] = []
  for (const grant of grants) shown.push((await begin(browser, grant)).shown)
  assert.equal(signIns(browser).length, 8)
  proxy.upstream.script(...grants.map((_, index) => toTokens(`refresh-${index}`)))
  for (const grant of [...grants].reverse()) {
    assert.equal((await browser.post(grant)).status, 200)
  }
  const challenges = sent(proxy).map((form) => toChallenge(form.get('code_verifier') ?? ''))
  assert.deepEqual(challenges, shown.reverse())
  assert.deepEqual(signIns(browser), [])
})

test('a browser keeps eight open sign-ins, and the oldest make room', async (t) => {
  const { browser } = await open(t)
  const grants = Array.from({ length: 12 }, () => codeGrant())
  for (const grant of grants) await begin(browser, grant)
  const names = grants.map((grant) => toSignInName(grant['code_verifier'] ?? ''))
  assert.deepEqual(signIns(browser), names.slice(4))
})

test('the cookie stays if the fate of the code is unknown', async (t) => {
  const { proxy, browser, grant } = await open(t)
  await begin(browser, grant)
  proxy.upstream.script({ status: 500, body: {} }, toTokens('refresh-1'))
  assert.equal((await browser.post(grant)).status, 504)
  assert.equal(signIns(browser).length, 1)
  assert.equal((await browser.post(grant)).status, 200)
  assert.deepEqual(signIns(browser), [])
})

for (const [says, more, cause, detail] of [
  ['no challenge', { code_challenge: '' }, 'parameter_missing', 'code_challenge'],
  ['a short challenge', { code_challenge: 'A' }, 'parameter_malformed', 'code_challenge'],
  [
    'a plain challenge',
    { code_challenge_method: 'plain' },
    'parameter_malformed',
    'code_challenge',
  ],
  [
    'a challenge of no method',
    { code_challenge_method: '' },
    'parameter_malformed',
    'code_challenge',
  ],
] as const) {
  test(`sign-in with ${says} does not begin`, async (t) => {
    const { proxy, browser, grant } = await open(t)
    const reply = await browser.go(`/oauth2/authorize?${toQuery(grant, more)}`)
    assertFailure(reply, proxy.records()[0], { cause, detail })
    assert.deepEqual(toLines(reply), [])
  })
}

test('a client whose page handles the refresh token gets no cookie, and its challenge stays', async (t) => {
  const { browser, grant } = await open(t)
  const body = { ...grant, client_id: 'body' }
  const { location, reply } = await begin(browser, body)
  assert.deepEqual(toLines(reply), [])
  assert.equal(location.search, `?${toQuery(body)}`)
})

test('a sign-out without sign-in passes unchanged', async (t) => {
  const { browser } = await open(t)
  const query = new URLSearchParams({
    client_id: webClient.clientId,
    logout_uri: 'https://app.example/',
  })
  const reply = await browser.go(`/logout?${query}`)
  assert.deepEqual([reply.status, toLines(reply)], [302, []])
})
