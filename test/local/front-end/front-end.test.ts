import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import type { FrontEnd } from '../../../local/front-end/server.ts'
import type { AnySwitchName } from '../../../local/switchboard.ts'
import { openContext } from '../../fixtures/browser/chromium.ts'
import { type FrontEndStage, openFrontEndStage } from '../../fixtures/local/front-end-stage.ts'
import type { ScriptedUpstream } from '../../fixtures/local/scripted-upstream.ts'

let broken: AnySwitchName | undefined
let records: object[] = []

let stage: FrontEndStage
let upstream: ScriptedUpstream
let frontEnd: FrontEnd
let context: BrowserContext
let page: Page
let complaints: string[] = []

before(async () => {
  stage = await openFrontEndStage({
    broken: () => broken,
    breakWith: (name) => {
      broken = name
    },
    restore: () => {
      broken = undefined
    },
    records: () => records,
    take: (record) => records.push(record),
  })
  upstream = stage.upstream
  frontEnd = stage.frontEnd
})

after(() => stage.close())

beforeEach(async () => {
  upstream.answer = undefined
  upstream.forms = []
  broken = undefined
  records = []
  complaints = []
  await context?.close()
  context = await openContext(stage.browser)
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  await page.goto(frontEnd.url)
})

const signIn = () => page.getByRole('button', { name: 'Sign in', exact: true }).click()
const see = (text: string | RegExp) => page.getByText(text).first().waitFor()

test('a visitor signs in, refreshes and signs out, and nothing is read as HTML', async () => {
  await signIn()
  await page.getByRole('heading', { name: 'Ada <b>Lovelace</b>' }).waitFor()
  await see('ada@example.com')
  assert.match((await page.locator('#life').textContent()) ?? '', / (00:59:|01:00:00)/)
  assert.equal(page.url(), `${frontEnd.url}/`)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await see('request-2')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await see('You are signed out')
  const grants = upstream.forms.map((form) => form.get('grant_type'))
  assert.deepEqual(grants, ['authorization_code', 'refresh_token'])
  assert.equal(upstream.forms[0]?.get('redirect_uri'), `${frontEnd.url}/callback`)
  assert.ok(upstream.forms[0]?.get('code_verifier'))
  assert.deepEqual(complaints, [])
})

test('a reload after the callback exchanges the code no second time', async () => {
  upstream.answer = { status: 504, body: { error: 'temporarily_unavailable' } }
  await signIn()
  await see('The sign-in was interrupted')
  await page.getByRole('button', { name: 'Start again' }).waitFor()
  await page.reload()
  await see('You are signed out')
  assert.equal(upstream.forms.length, 1)
})

test('a fault that is not the caller’s names the request id, and its record is marked', async () => {
  upstream.answer = {
    status: 502,
    body: {
      error: 'server_error',
      error_description: 'Not your fault.',
      error_uri: 'https://example.com/runbook/client_secret_mismatch.md',
    },
  }
  await signIn()
  const alert = page.getByRole('alert')
  await alert.getByText('This is not your fault').waitFor()
  const text = (await alert.textContent()) ?? ''
  for (const said of ['502', 'server_error', 'Not your fault.', 'request-1', 'mismatch.md']) {
    assert.ok(text.includes(said), said)
  }
  await page.locator('.record[data-marked]').getByText('request-1').waitFor()
})

test('an ended session is forgotten, and only signing in again is offered', async () => {
  await signIn()
  await see('ada@example.com')
  upstream.answer = {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Sign in again.' },
  }
  await page.getByRole('button', { name: 'Refresh' }).click()
  await see('Your session has ended')
  await page.reload()
  await see('You are signed out')
})

test('a throttled refresh keeps the session, and can be tried again after the time told', async () => {
  await signIn()
  await see('ada@example.com')
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 1000)
  upstream.answer = {
    status: 429,
    headers: { 'retry-after': '30' },
    body: { error: 'temporarily_unavailable' },
  }
  await page.getByRole('button', { name: 'Refresh' }).click()
  const again = page.getByRole('button', { name: /^Try again/ })
  await again.waitFor()
  assert.equal(await again.isDisabled(), true)
  assert.equal(await again.textContent(), 'Try again in 30 s')
  await page.clock.fastForward(30_000)
  upstream.answer = undefined
  await again.click()
  await see('request-3')
  assert.equal(await page.getByRole('alert').count(), 0)
})

test('what the user pool refused is shown with a way to sign in, whether or not its state is known', async () => {
  const refuse = async (state: string) => {
    const query = { error: 'access_denied', error_description: 'Ada <b>said</b> no.', state }
    await page.goto(`${frontEnd.url}/callback?${new URLSearchParams(query)}`)
    const alert = page.getByRole('alert')
    await alert.getByText('The user pool refused the sign-in').waitFor()
    await alert.getByText('access_denied').waitFor()
    await alert.getByText('Ada <b>said</b> no.').waitFor()
    assert.equal(page.url(), `${frontEnd.url}/`)
  }
  await refuse('of-nobody')
  const asked = page.waitForRequest(/oauth2\/authorize/)
  await page.route(/oauth2\/authorize/, (route) => route.fulfill({ body: 'the user pool' }))
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await see('the user pool')
  await refuse(new URL((await asked).url()).searchParams.get('state') ?? '')
  await page.unroute(/oauth2\/authorize/)
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await see('ada@example.com')
})

test('a record shows its candidates and evidence on both pages', async () => {
  stage.write({
    request_id: 'r-9',
    outcome: 'failed',
    cause: 'code_rejected',
    certainty: 'undetermined',
    candidates: ['code_expired', 'verifier_wrong'],
    evidence: ['first_use', 4],
  })
  await see('could be: code_expired, verifier_wrong')
  await see('evidence: first_use')
  await page.goto(frontEnd.operatorsUrl)
  await see('could be: code_expired, verifier_wrong')
  await see('evidence: first_use')
})

test('an access token at the end of its life is said to have expired', async () => {
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 1000)
  await signIn()
  await see('ada@example.com')
  await page.clock.fastForward(3_601_000)
  await see('The access token has expired')
})

test('the switchboard says what each switch fails', async () => {
  const said = (name: string) =>
    page.locator('label.switch', { has: page.locator(`[value=${name}]`) }).textContent()
  assert.match((await said('code_expired')) ?? '', /Fails: sign-in$/)
  assert.match((await said('refresh_expired')) ?? '', /Fails: refresh$/)
  assert.match((await said('silence')) ?? '', /Fails: sign-in and refresh$/)
})

test('readers of other languages get the advice in their language', async () => {
  const german = await openContext(stage.browser, { locale: 'de-AT' })
  const other = await german.newPage()
  await other.goto(frontEnd.url)
  upstream.answer = { status: 502, body: { error: 'server_error' } }
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  const said = other.getByRole('alert').locator('p:lang(de)')
  assert.match((await said.textContent()) ?? '', /^Es liegt nicht an Ihnen: .* request-1$/)
  await german.close()
})

test('an error_uri that is no web address becomes no link', async () => {
  upstream.answer = {
    status: 502,
    body: { error: 'server_error', error_uri: 'javascript:alert(1)' },
  }
  await signIn()
  await see('This is not your fault')
  assert.equal(await page.getByRole('alert').getByRole('link').count(), 0)
})

test('the other app client is used once it is chosen', async () => {
  await page.getByLabel('demo-rotating').check()
  await signIn()
  await see('demo-rotating, refresh token rotates')
  assert.equal(upstream.forms[0]?.get('client_id'), 'client-2')
})

test('the keyboard flips the switchboard, and every open page shows what is on', async () => {
  const other = await context.newPage()
  await other.goto(frontEnd.operatorsUrl)
  await page.getByRole('radio', { name: /^Everything works/ }).focus()
  await page.keyboard.press('ArrowDown')
  await other.getByText('Broken: Client secret does not match').waitFor()
  assert.equal(broken, 'secret_mismatch')
  await page.getByRole('button', { name: 'Restore' }).click()
  await other.locator('#weather').getByText('Everything works').waitFor()
  assert.equal(broken, undefined)
  await page.getByRole('radio', { name: /^Everything works/, checked: true }).waitFor()
})

test('the operators’ page counts records as they come, and opens each as JSON', async () => {
  await signIn()
  await see('ada@example.com')
  await page.goto(frontEnd.operatorsUrl)
  await see('1 of 1 requests')
  await see('Nothing is wrong.')
  stage.write({ request_id: 'r-2', outcome: 'failed', cause: 'waf_blocked', fault: 'operator' })
  await see('1 of 2 requests')
  await page.locator('#troubles').getByText('waf_blocked').waitFor()
  await page.getByRole('button', { name: 'Show' }).first().click()
  await see('"request_id": "r-2"')
  assert.deepEqual(complaints, [])
})
