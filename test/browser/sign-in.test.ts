import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Locator } from 'playwright-core'
import { type Demo, openDemo, type Visitor } from '../fixtures/browser/demo.ts'

let demo: Demo

before(async () => {
  demo = await openDemo()
})

after(() => demo.close())

interface StoredUser {
  readonly id_token: string
  readonly access_token: string
  readonly refresh_token: string
}

/** What the client library keeps of the session in this tab. */
async function readStoredUser({ page }: Visitor): Promise<StoredUser> {
  const stored: unknown = await page.evaluate(
    "Object.entries(sessionStorage).find(([name]) => name.startsWith('oidc.user:'))?.[1]",
  )
  return JSON.parse(String(stored))
}

/** The refresh tokens that have reached the user pool, oldest first. */
const spentRefreshTokens = () =>
  demo.world.userPool.calls.flatMap(({ body }) => {
    const token = new URLSearchParams(body).get('refresh_token')
    return token === null ? [] : [token]
  })

test("a visitor signs in on the user pool's page, sees who they are and the time left, and signs out", async () => {
  const ada = await demo.visit()
  await ada.signIn()
  await ada.seeAda()
  await ada.page.getByText('ada@example.com').waitFor()
  assert.equal(ada.page.url(), `${demo.world.frontEnd.url}/`)

  const life = ada.page.locator('#life')
  const first = (await life.textContent()) ?? ''
  assert.match(first, /^The access token expires in (01:00:00|00:59:5\d)$/)
  await life.filter({ hasNotText: first }).waitFor()
  assert.ok(((await life.textContent()) ?? '') < first, 'the time left grows shorter')

  await ada.signOut()
  assert.equal(await ada.page.evaluate('sessionStorage.length'), 0)
  await ada.button('Sign in').click()
  await ada.page.getByLabel('Password').waitFor()
  await ada.page.context().close()
})

test('the ID token is signed with a key of the user pool and issued to this front end', async () => {
  const ada = await demo.visit()
  await ada.signIn()
  await ada.seeAda()
  const { id_token: idToken } = await readStoredUser(ada)
  const { issuer } = demo.world.userPool
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`)
  const { jwks_uri: keys } = (await answer.json()) as { readonly jwks_uri: string }
  const { payload } = await jwtVerify(idToken, createRemoteJWKSet(new URL(keys)), {
    issuer,
    audience: '7demo0web0client1example22',
    algorithms: ['RS256'],
  })
  assert.equal(payload['email'], 'ada@example.com')
  await ada.page.context().close()
})

test('a refresh brings new tokens, and the refresh token stays where rotation is off', async () => {
  const ada = await demo.visit()
  await ada.signIn()
  await ada.seeAda()
  const earlier = spentRefreshTokens().length
  const before = await readStoredUser(ada)
  await ada.refresh()
  await ada.refresh()
  const now = await readStoredUser(ada)
  assert.notEqual(now.access_token, before.access_token)
  assert.equal(now.refresh_token, before.refresh_token)
  const spent = spentRefreshTokens().slice(earlier)
  assert.deepEqual(spent, [before.refresh_token, before.refresh_token])
  await ada.page.context().close()
})

test('each refresh spends the newest refresh token where rotation is on', async () => {
  const ada = await demo.visit()
  await ada.page.getByLabel('web-rotating').check()
  await ada.signIn()
  await ada.seeAda()
  const earlier = spentRefreshTokens().length
  const held = [(await readStoredUser(ada)).refresh_token]
  for (const _ of [1, 2, 3]) {
    await ada.refresh()
    held.push((await readStoredUser(ada)).refresh_token)
  }
  assert.equal(new Set(held).size, 4)
  assert.deepEqual(spentRefreshTokens().slice(earlier), held.slice(0, 3))
  await ada.page.context().close()
})

/** Presses Tab until an element has the focus, as far as a patient person would. */
async function tabTo({ page }: Visitor, target: Locator): Promise<void> {
  await target.waitFor()
  const focused = target.and(page.locator(':focus-visible'))
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await focused.count()) === 1) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`the keyboard does not reach ${target}`)
}

test('everything can be done with the keyboard alone', async () => {
  const ada = await demo.visit()
  const { keyboard } = ada.page
  await tabTo(ada, ada.button('Sign in'))
  await keyboard.press('Enter')
  await ada.page.getByLabel('Username').waitFor()
  await keyboard.type('ada')
  await keyboard.press('Tab')
  await keyboard.type('analytical-engine')
  await keyboard.press('Enter')
  await ada.seeAda()

  await tabTo(ada, ada.page.getByRole('radio', { name: 'Everything works' }))
  await keyboard.press('ArrowDown')
  const weather = ada.page.locator('#weather')
  await weather.getByText('Broken: Client secret does not match').waitFor()
  await tabTo(ada, ada.button('Refresh'))
  await keyboard.press('Enter')
  await ada.page.getByRole('alert').and(ada.page.locator(':focus')).waitFor()
  await tabTo(ada, ada.button('Restore'))
  await keyboard.press('Enter')
  await weather.getByText('Everything works').waitFor()
  await tabTo(ada, ada.button('Refresh'))
  await keyboard.press('Space')
  await ada.button('Refresh').and(ada.page.locator(':focus')).waitFor()
  await tabTo(ada, ada.button('Sign out'))
  await keyboard.press('Enter')
  await ada.page.getByText('You are signed out').waitFor()
  await ada.page.context().close()
})
