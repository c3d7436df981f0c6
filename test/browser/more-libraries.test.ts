// The further libraries of the guide, as npm delivers them: one way through each in a real browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type MoreLibraryName, moreLibraries } from '../../pages/more-libraries.ts'
import { fillLogin } from '../fixtures/browser/demo.ts'
import {
  click,
  type LibraryStage,
  openLibraryStage,
  signIn,
  signOut,
  statusOf,
} from '../fixtures/browser/library-stage.ts'

let stage: LibraryStage

before(async () => {
  stage = await openLibraryStage()
})
after(() => stage.close())

const names = (Object.keys(moreLibraries) as MoreLibraryName[]).filter(
  (name) => moreLibraries[name].signOut !== 'never',
)

for (const name of names) {
  test(`${name} signs in, refreshes twice with one refresh token, calls an API, revokes and signs out`, async () => {
    const page = await stage.visit(name)
    await signIn(page)
    await page.getByRole('status').getByText('Signed in').waitFor()
    assert.doesNotMatch(page.url(), /code=/)
    // Cognito sends no refresh token with a refresh where it does not rotate: one that forgets it fails here.
    for (const attempt of ['first', 'second']) {
      const refreshed = await statusOf(page, '/oauth2/token', () => click(page, 'Refresh'))
      assert.equal(refreshed, 200, attempt)
      await click(page, 'Call the API')
      await page.locator('pre').getByText('ada@example.com').waitFor()
    }
    const revoked = await statusOf(page, '/oauth2/revoke', () => signOut(page))
    assert.equal(revoked, 200)
    await page.context().close()
  })
}

test('Swagger UI signs in with PKCE in a window of its own, and calls the API with the token', async () => {
  const page = await stage.visit('swagger-ui')
  await click(page, 'Authorize')
  const opened = page.waitForEvent('popup')
  const exchanged = page.waitForResponse((response) => response.url().endsWith('/oauth2/token'))
  await page.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click()
  await fillLogin(await opened)
  assert.equal((await exchanged).status(), 200)
  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByText('Who am I?').click()
  await click(page, 'Try it out')
  await click(page, 'Execute')
  await page.getByText('ada@example.com').first().waitFor()
  await page.context().close()
})

test('keycloak-js cannot read the tokens of a user pool, for the reasons that the guide gives', async () => {
  const variant = { 'oauth4webapi.ts': 'gaps/keycloak-js.ts' }
  const page = await stage.visit('oidc-spa', variant)
  await signIn(page)
  await page.getByRole('alert').getByText('Failed to fetch').waitFor()
  // Even where the proxy lets credentials pass, it takes the refresh token for a JWT.
  await page.route('**/oauth2/token', async (route) => {
    const response = await route.fetch()
    const headers = { ...response.headers(), 'access-control-allow-credentials': 'true' }
    await route.fulfill({ response, headers })
  })
  await page.goto(new URL(page.url()).origin)
  await click(page, 'Sign in')
  await page.getByRole('alert').getByText('Unable to decode token').waitFor()
  await page.context().close()
})
