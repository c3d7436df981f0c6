// What a page of another site can do to a front end in cookie mode, in a real browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openContext } from '../fixtures/browser/chromium.ts'
import { type CookieWorld, openCookieWorld } from '../fixtures/browser/cookie-world.ts'

let world: CookieWorld

before(async () => {
  world = await openCookieWorld('web-rotating')
})
after(() => world.close())

const toSignIn = (challenge: string) =>
  `${world.proxyUrl}/oauth2/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: world.clientId,
    redirect_uri: `${world.frontEnd}/callback`,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`

test('a page of another site cannot fill the browser with cookies of sign-ins', async () => {
  const context = await openContext(world.browser)
  const page = await context.newPage()
  const signIns = async () =>
    (await context.cookies(world.proxyUrl)).filter(({ name }) => name.startsWith('__Host-sign-in-'))
  for (const letter of 'abcdefghij') {
    const address = toSignIn(letter.repeat(43)).replaceAll('&', '&amp;')
    // The origin of such a page is of no site.
    await page.goto(`data:text/html,<a href="${encodeURIComponent(address)}">on</a>`)
    const answered = page.waitForResponse((response) => response.url().startsWith(world.proxyUrl))
    await page.getByRole('link').click()
    const answer = await answered
    assert.equal(answer.status(), 403)
    assert.match(await answer.text(), /A page of another site has begun the sign-in/)
  }
  assert.equal((await signIns()).length, 0)
  await page.goto(toSignIn('k'.repeat(43)))
  assert.equal((await signIns()).length, 1, 'the user can still sign in')
  await context.close()
})
