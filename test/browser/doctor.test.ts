import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkNames } from '../../core/doctor/findings.ts'
import { findCanaries } from '../fixtures/browser/canaries.ts'
import { measureContrast } from '../fixtures/browser/contrast.ts'
import { type Demo, openDemo, type Visitor } from '../fixtures/browser/demo.ts'
import { readPage } from '../fixtures/browser/traffic.ts'

let demo: Demo
let ada: Visitor

before(async () => {
  demo = await openDemo()
  ada = await demo.visit()
})

after(() => demo.close())

const title = (text: string) =>
  ada.page.locator('#findings').getByRole('heading', { name: text, exact: true }).waitFor()
const failed = () => ada.page.locator('#findings [data-status=failed]').last()

test('the button shows every check of sound clients as in order', async () => {
  await ada.button('Check the app clients').click()
  await title('web: everything is correct')
  const states = await ada.page
    .locator('#findings li')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-status')))
  assert.equal(states.length, 2 * checkNames.length)
  assert.deepEqual([...new Set(states)], ['ok'])
})

test('the button names what is broken and shows the call that fixes it', async () => {
  await ada.breakWith('oauth_flows_off')
  await ada.button('Check the app clients').click()
  await title('web-rotating: 1 check has failed')
  assert.equal(await failed().getAttribute('data-cause'), 'oauth_flows_disabled')
  const command = (await failed().locator('pre').textContent()) ?? ''
  assert.match(
    command,
    /^aws cognito-idp update-user-pool-client .* \.AllowedOAuthFlowsUserPoolClient = true/,
  )
  const unreadable = (await measureContrast(ada.page)).filter(({ ratio }) => ratio < 4.5)
  assert.deepEqual(unreadable, [])
  await ada.page.locator('#findings summary').first().click()
  await ada.restore()
  await ada.button('Check the app clients').click()
  await title('web-rotating: everything is correct')
})

test("the operators' page has the same button, and no page shows the secret", async () => {
  await ada.breakWith('secret_mismatch')
  await ada.page.goto(demo.world.frontEnd.operatorsUrl)
  await ada.button('Check the app clients').click()
  await title('web: 1 check has failed')
  assert.equal(await failed().getAttribute('data-cause'), 'client_secret_mismatch')
  const seen = [...(await ada.traffic.seen()), ...(await readPage(ada.page))]
  assert.deepEqual(
    seen.flatMap(({ text }) => findCanaries(text)),
    [],
  )
})

test('a phone of 360 pixels shows the longest call without being widened', async () => {
  const phone = await demo.visit({ viewport: { width: 360, height: 740 }, isMobile: true })
  await phone.breakWith('client_without_secret')
  await phone.button('Check the app clients').click()
  await phone.page.locator('#findings pre').first().waitFor()
  assert.equal(await phone.page.evaluate('document.documentElement.scrollWidth'), 360)
  await phone.page.context().close()
})

test('the doctor of the local page answers only its own pages, and only about a named client', async () => {
  const ask = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${demo.world.frontEnd.url}/api/doctor`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  assert.equal((await ask('{"client":"web"}', { origin: 'https://evil.example' })).status, 403)
  assert.equal((await ask('{}')).status, 400)
  const round = await (await ask('{"client":"nobody"}')).json()
  assert.deepEqual(round, { isWell: false, reports: [] })
})
