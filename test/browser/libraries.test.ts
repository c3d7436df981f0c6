// Each library as npm delivers it, in a real browser, through the proxy against the embedded user pool. What each
// tells its developer of a failure is in libraries.long.ts for all of them, and here for three.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type LibraryName, libraries } from '../../pages/front-end-libraries.ts'
import { testLibraryFailures } from '../fixtures/browser/library-failures.ts'
import {
  click,
  type LibraryStage,
  openLibraryStage,
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
}

/** One that tells its developer everything, one that tells the error alone, and one that tells the status alone. */
const three: readonly LibraryName[] = ['oidc-client-ts', 'aws-amplify', 'openid-appauth']

test('the three libraries report a failure in each way that a library does', () => {
  const toWays = (all: readonly LibraryName[]) => new Set(all.map((name) => libraries[name].tells))
  assert.deepEqual([...toWays(three)].sort(), [...toWays(names)].sort())
})

testLibraryFailures(() => stage, three)
