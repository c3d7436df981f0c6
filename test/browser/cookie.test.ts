// Cookie mode in a real browser, with the script of the guide (SEC-23).
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { demoUsers } from '../../local/world-config.ts'
import { openContext } from '../fixtures/browser/chromium.ts'
import { type CookieWorld, openCookieWorld } from '../fixtures/browser/cookie-world.ts'
import { waitForLocks } from '../fixtures/browser/web-locks.ts'

let world: CookieWorld

before(async () => {
  world = await openCookieWorld('web-rotating')
})
after(() => world.close())

interface Answer {
  readonly status: number
  readonly tokens: Readonly<Record<string, unknown>>
}

/** From the front end to the user pool's own page and back, and the exchange of the code. */
async function signIn(page: Page): Promise<Answer> {
  const parameters = JSON.stringify(await toGrant(page))
  return await page.evaluate(`post('/oauth2/token', ${parameters}).then(async (answer) =>
    ({ status: answer.status, tokens: await answer.json() }))`)
}

/** The parameters of the exchange, once the user has come back with a code: all that the page knows. */
async function toGrant(page: Page) {
  const verifier = randomBytes(32).toString('base64url')
  const redirectUri = `${world.frontEnd}/callback`
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: world.clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  await page.goto(`${world.proxyUrl}/oauth2/authorize?${query}`)
  const [user] = demoUsers
  await page.getByLabel('Username').fill(user?.username ?? '')
  await page.getByLabel('Password').fill(user?.password ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${redirectUri}?*`)
  const code = new URL(page.url()).searchParams.get('code')
  const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  return { ...grant, code_verifier: verifier }
}

const refresh = (page: Page): Promise<Answer> => page.evaluate('refresh()')
const signOut = (page: Page): Promise<number> => page.evaluate('signOut()')

async function openSession() {
  const context = await openContext(world.browser)
  const page = await context.newPage()
  const answer = await signIn(page)
  assert.equal(answer.status, 200)
  return { context, page, answer }
}

/** The refresh tokens that have reached the user pool, oldest first; revoked ones too. */
const spent = () =>
  world.userPool.calls.flatMap(({ body }) => {
    const form = new URLSearchParams(body)
    return form.get('refresh_token') ?? form.get('token') ?? []
  })

const readCookies = async (context: BrowserContext) =>
  (await context.cookies(world.proxyUrl)).filter(({ name }) => name.startsWith('__Host-refresh-'))

/** Everything in which a script of the page could look for a token. */
const searchPage = `(async () => {
  const stores = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }))
  const cookies = JSON.stringify(await cookieStore.getAll())
  const databases = JSON.stringify(await indexedDB.databases())
  const caches_ = JSON.stringify(await caches.keys())
  const answer = await post('/oauth2/token', { grant_type: 'refresh_token' })
  const headers = JSON.stringify([[...answer.headers], answer.headers.getSetCookie()])
  const seen = [document.cookie, cookies, ...stores, databases, caches_, headers, window.name]
  return [...seen, await answer.text(), document.documentElement.outerHTML, location.href].join()
})()`

test('a user signs in, refreshes and signs out, and the page never has a refresh token', async () => {
  const { context, page, answer } = await openSession()
  assert.equal(answer.tokens['refresh_token'], undefined)
  const known = spent().length
  for (const _ of [1, 2, 3]) {
    const again = await refresh(page)
    assert.equal(again.status, 200)
    assert.deepEqual(Object.keys(again.tokens).sort(), Object.keys(answer.tokens).sort())
  }
  assert.equal(new Set(spent().slice(known)).size, 3)
  assert.equal(await signOut(page), 200)
  assert.deepEqual(await readCookies(context), [])
  assert.equal((await refresh(page)).status, 401)
  await context.close()
})

test('code and verifier are of no use outside the browser in which sign-in began', async () => {
  const context = await world.browser.newContext()
  const page = await context.newPage()
  const grant = await toGrant(page)
  const known = world.userPool.calls.length
  const stolen = await fetch(`${world.proxyUrl}/oauth2/token`, {
    method: 'POST',
    headers: { origin: world.frontEnd, 'x-requested-with': 'token-proxy' },
    body: new URLSearchParams({ ...grant, code: grant.code ?? '', client_id: world.clientId }),
  })
  assert.deepEqual([stolen.status, world.causes().at(-1)], [400, 'sign_in_cookie_missing'])
  assert.equal(world.userPool.calls.length, known)
  const status = await page.evaluate(
    `post('/oauth2/token', ${JSON.stringify(grant)}).then((answer) => answer.status)`,
  )
  assert.equal(status, 200)
  const names = (await context.cookies(world.proxyUrl)).map(({ name }) => name)
  assert.ok(!names.some((name) => name.startsWith('__Host-sign-in-')))
  await context.close()
})

test('a sign-out takes its turn with refreshes, so that none brings the cookie back', async () => {
  const { context, page } = await openSession()
  const [leaving, late] = [await context.newPage(), await context.newPage()]
  for (const tab of [leaving, late]) await tab.goto(`${world.frontEnd}/elsewhere`)
  await page.evaluate(`new Promise((taken) => {
    navigator.locks.request('refresh', () => new Promise((end) => { window.end = end; taken() }))
  })`)
  const signingOut = signOut(leaving)
  await waitForLocks(page, '({ pending }) => pending.length === 1')
  const refreshing = refresh(late)
  await waitForLocks(page, '({ pending }) => pending.length === 2')
  const known = world.userPool.calls.length
  await page.evaluate('window.end()')
  const statuses = [await signingOut, (await refreshing).status]
  // The order in which the two reached the user pool tells why, should they ever end otherwise.
  const calls = world.userPool.calls.slice(known).map(({ path }) => path)
  assert.deepEqual({ statuses, calls }, { statuses: [200, 401], calls: ['/oauth2/revoke'] })
  assert.deepEqual(await readCookies(context), [])
  await context.close()
})

test('a refresh and a sign-out at one moment leave no cookie', async () => {
  for (const _ of [1, 2, 3]) {
    const { context, page } = await openSession()
    const other = await context.newPage()
    await other.goto(`${world.frontEnd}/elsewhere`)
    const [, status] = await Promise.all([refresh(page), signOut(other)])
    assert.equal(status, 200)
    assert.deepEqual(await readCookies(context), [])
    await context.close()
  }
})

test('no script in the page can read the refresh token, sealed or not', async () => {
  const { context, page } = await openSession()
  const known = spent().length
  const seen = [String(await page.evaluate(searchPage))]
  const [cookie] = await readCookies(context)
  await page.goto(`${world.frontEnd}/elsewhere`)
  seen.push(String(await page.evaluate(searchPage)))
  const tokens = spent().slice(known)
  assert.equal(tokens.length, 2)
  assert.match(seen.join(), /access_token/)
  for (const text of [...tokens, cookie?.value ?? 'no cookie', '__Host-refresh']) {
    assert.ok(!seen.join().includes(text))
  }
  const { httpOnly, secure, sameSite, path, domain } = { ...cookie }
  assert.deepEqual([httpOnly, secure, sameSite], [true, true, 'Strict'])
  assert.deepEqual([path, domain], ['/', 'localhost'])
  await context.close()
})

/** Sends a form from a page, as nothing but a form can. */
async function submitForm(page: Page, path: string): Promise<void> {
  const [action, id] = [world.proxyUrl + path, world.clientId].map((text) => JSON.stringify(text))
  await Promise.all([
    page.waitForURL(`${world.proxyUrl}${path}`),
    page.evaluate(`{
      const form = document.createElement('form')
      Object.assign(form, { method: 'POST', action: ${action} })
      form.innerHTML = '<input name="grant_type" value="refresh_token"><input name="client_id">'
      form.lastChild.value = ${id}
      document.body.append(form)
      form.submit()
    }`),
  ])
}

for (const [says, toOrigin, cause] of [
  ['another site', () => `http://127.0.0.1:${world.otherPort}`, 'origin_not_allowed'],
  ['another origin of the site', () => `http://localhost:${world.otherPort}`, 'origin_not_allowed'],
  ['the front end itself', () => world.frontEnd, 'csrf_header_missing'],
] as const) {
  test(`a form of ${says} can neither spend nor revoke the refresh token`, async () => {
    const { context, page } = await openSession()
    const known = world.userPool.calls.length
    const [cookie] = await readCookies(context)
    for (const path of ['/oauth2/token', '/oauth2/revoke']) {
      const attacker = await context.newPage()
      await attacker.goto(`${toOrigin()}/`)
      await submitForm(attacker, path)
      assert.equal(world.causes().at(-1), cause)
    }
    assert.equal(world.userPool.calls.length, known)
    assert.deepEqual(await readCookies(context), [cookie])
    assert.equal((await refresh(page)).status, 200)
    await context.close()
  })
}

test('a script of another origin cannot send the header either', async () => {
  const { context } = await openSession()
  const known = world.causes().length
  const attacker = await context.newPage()
  await attacker.goto(`http://localhost:${world.otherPort}/`)
  const tried: unknown = await attacker.evaluate(`fetch('${world.proxyUrl}/oauth2/token', {
    method: 'POST',
    credentials: 'include',
    headers: { 'X-Requested-With': 'token-proxy' },
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: '${world.clientId}' }),
  }).catch((thrown) => thrown.name)`)
  assert.equal(tried, 'TypeError')
  assert.equal(world.causes().length, known)
  await context.close()
})

test('a changed cookie is cleared and answered like a missing one', async () => {
  const { context, page } = await openSession()
  const [cookie] = await readCookies(context)
  assert.ok(cookie)
  const last = cookie.value.at(-20) === 'A' ? 'B' : 'A'
  const value = `${cookie.value.slice(0, -20)}${last}${cookie.value.slice(-19)}`
  await context.addCookies([{ ...cookie, value }])
  const changed = await refresh(page)
  assert.deepEqual([changed.status, world.causes().at(-1)], [401, 'refresh_cookie_unreadable'])
  assert.deepEqual(await readCookies(context), [])
  assert.deepEqual(await refresh(page), changed)
  assert.equal(world.causes().at(-1), 'refresh_cookie_missing')
  await context.close()
})
