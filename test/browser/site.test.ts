import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertNoBarrier, findBarriers } from '../fixtures/browser/barriers.ts'
import { openContext } from '../fixtures/browser/chromium.ts'
import { type FrontEndStage, openFrontEndStage } from '../fixtures/local/front-end-stage.ts'

let stage: FrontEndStage

before(async () => {
  stage = await openFrontEndStage({
    broken: () => undefined,
    breakWith: () => {},
    restore: () => {},
    records: () => [],
  })
})

after(() => stage.close())

/** One page of each kind, by its address below the site. */
const kinds = {
  'the start page': '',
  'a wording': 'errors/unauthorized_client.md/',
  'all wordings': 'errors/',
  'a cause': 'runbook/client_secret_mismatch.md/',
  'the runbook': 'runbook/',
  'a guide with code': 'native-apps.md/',
  pictures: 'performance.md/',
}
const searched = 'search/?q=unauthorized_client'

/** Opens a page of the site; what the browser complains about is in the list. */
async function open(address: string, options: Parameters<typeof openContext>[1] = {}) {
  const context = await openContext(stage.browser, options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(stage.frontEnd.docsUrl + address)
  return { page, complaints, close: () => context.close() }
}

for (const [kind, address] of Object.entries(kinds)) {
  test(`${kind} has no barrier that axe knows, neither in light nor in the dark`, async () => {
    const { page, complaints, close } = await open(address)
    await assertNoBarrier(page, kind)
    assert.deepEqual(complaints, [])
    await close()
  })
}

test('the search has no barrier that axe knows, neither in light nor in the dark', async () => {
  const { page, close } = await open(searched)
  await page.locator('.pagefind-ui__result').first().waitFor()
  await assertNoBarrier(page, 'the search')
  await close()
})

test('axe finds a barrier where there is one', async () => {
  const { page, close } = await open('')
  await page.evaluate("document.querySelector('h1').innerHTML = '<img src=icon.svg>'")
  assert.match((await findBarriers(page)).join('\n'), /image-alt/)
  await close()
})

test('a search for an error finds its page first', async () => {
  const { page, complaints, close } = await open('')
  await page.getByRole('searchbox').fill('unauthorized_client')
  await page.keyboard.press('Enter')
  await page.locator('.pagefind-ui__result-link').first().click()
  await page.getByRole('heading', { name: 'unauthorized_client', level: 1 }).waitFor()
  assert.match(page.url(), /\/docs\/errors\/unauthorized_client\.md\//)
  assert.deepEqual(complaints, [])
  await close()
})

test('without JavaScript, a reader gets from the start page to a fix, and learns what the search needs', async () => {
  const { page, close } = await open('', { javaScriptEnabled: false })
  await page.getByRole('link', { name: 'unauthorized_client', exact: true }).click()
  await page.getByRole('link', { name: 'oauth_flows_disabled' }).first().click()
  assert.match(page.url(), /unauthorized_client\.md\/#oauth_flows_disabled$/)
  await page.getByText('Set AllowedOAuthFlowsUserPoolClient').last().waitFor()
  await page.getByText('On this page').click()
  await page.locator('.contents li').first().waitFor()
  await page.goto(`${stage.frontEnd.docsUrl}search/`)
  await page.locator('noscript a').first().click()
  assert.equal(page.url(), `${stage.frontEnd.docsUrl}errors/`)
  await close()
})

test('nothing is wider than a phone of 360 pixels', async () => {
  const viewport = { width: 360, height: 740 }
  const addresses = [...Object.entries(kinds), ['alarms', 'runbook/an-alarm-fired.md/']] as const
  for (const [kind, address] of addresses) {
    const { page, close } = await open(address, { viewport, isMobile: true })
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, kind)
    await close()
  }
})

test('the address of an alarm keeps its anchor on the way to the page', async () => {
  const { page, close } = await open('runbook/an-alarm-fired.md#next-steps')
  assert.match(page.url(), /an-alarm-fired\.md\/#next-steps$/)
  await close()
})
