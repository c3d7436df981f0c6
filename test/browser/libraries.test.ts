// Each library as npm delivers it, in a real browser, through the proxy against the embedded user pool.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type LibraryName, libraries, type MissingStep } from '../../pages/front-end-libraries.ts'
import { gaps } from '../fixtures/browser/library-gaps.ts'
import {
  click,
  type LibraryStage,
  openLibraryStage,
  runbookUrl,
  signIn,
  signOut,
  statusOf,
} from '../fixtures/browser/library-stage.ts'
import { hangMs } from '../fixtures/patience.ts'

let stage: LibraryStage

before(async () => {
  stage = await openLibraryStage()
})
after(() => stage.close())

const names = Object.keys(libraries) as LibraryName[]

/** Calls the API from the page; gives the token that was shown to it. */
async function callApi(page: Page): Promise<string> {
  const answered = page.waitForResponse((one) => 'authorization' in one.request().headers())
  await click(page, 'Call the API')
  const response = await answered
  assert.equal(response.status(), 200)
  const { authorization = '' } = response.request().headers()
  await page.locator('pre').getByText('ada@example.com').waitFor()
  return authorization.replace('Bearer ', '')
}

/** Calls the API until it has another token: a page takes the new one a moment after the proxy's answer. */
async function callApiWithNewToken(page: Page, earlier: string): Promise<string> {
  const endsAtMs = performance.now() + hangMs
  let token = earlier
  while (token === earlier && performance.now() < endsAtMs) token = await callApi(page)
  return token
}

for (const name of names) {
  test(`${name} signs in, calls an API, refreshes, revokes and signs out through the proxy`, async () => {
    const page = await stage.visit(name)
    const context = page.context()
    await signIn(page)
    await page.getByRole('status').getByText('Signed in').waitFor()
    assert.doesNotMatch(page.url(), /code=/)
    const first = await callApi(page)

    const refreshed = await statusOf(page, '/oauth2/token', () => click(page, 'Refresh'))
    assert.equal(refreshed, 200)
    assert.notEqual(await callApiWithNewToken(page, first), first)

    const revoked = await statusOf(page, '/oauth2/revoke', () => signOut(page))
    assert.equal(revoked, 200)
    assert.equal(new URL(page.url()).pathname, '/')
    await click(page, 'Sign in')
    await page.getByLabel('Password').waitFor()
    await context.close()
  })

  test(`${name} tells its developer of a failure, as far as the guide says`, async (t) => {
    t.after(() => stage.world.switchboard.restore())
    const page = await stage.visit(name)
    const alert = page.getByRole('alert')
    const { tells } = libraries[name]
    const expected = (status: number, error: string) =>
      alert.getByText(tells === 'status' ? String(status) : error).waitFor()

    stage.world.switchboard.breakWith('code_used')
    await signIn(page)
    await expected(400, 'invalid_grant')
    const text = await alert.innerText()
    assert.equal(text.includes('Cognito refused the authorization code'), tells === 'everything')
    const link = await alert.getByRole('link', { name: 'What it means' }).all()
    const addresses = await Promise.all(link.map((one) => one.getAttribute('href')))
    const cause = tells === 'everything' ? [`${runbookUrl}/code_rejected.md`] : []
    assert.deepEqual(addresses, cause)

    // The user pool still knows the user.
    stage.world.switchboard.breakWith('client_gone')
    await click(page, 'Sign in')
    await expected(502, 'server_error')
    const fault = await alert.innerText()
    assert.equal(/Request id: \S+/.test(fault), tells === 'everything')
    await page.context().close()
  })

  const missing: Readonly<Record<string, MissingStep>> = libraries[name].missing
  for (const [key, { step }] of Object.entries(missing)) {
    test(`${name} does not ${step} by itself, for the reason that the guide gives`, async (t) => {
      t.after(() => stage.world.switchboard.restore())
      const proofs: Readonly<Record<string, (stage: LibraryStage) => Promise<void>>> = gaps[name]
      assert.ok(proofs[key])
      await proofs[key](stage)
    })
  }
}
