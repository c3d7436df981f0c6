import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { checkCauseNames } from '../../core/causes/doctor.ts'
import { toRunbookLink } from '../../core/http-answer.ts'
import { uploadSite } from '../../tools/deploy/site-bucket.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { assertNoBarrier, findBarriers } from '../fixtures/browser/barriers.ts'
import { openBrowser, openContext } from '../fixtures/browser/chromium.ts'
import { openDistribution } from '../fixtures/browser/distribution.ts'
import { openSiteStore, siteBucket, siteDistribution } from '../fixtures/infra/site-store.ts'
import { builtSiteFolder, followLink, listTargets, readSite } from '../fixtures/pages/built-site.ts'

const closing: (() => Promise<unknown>)[] = []
const ending = { after: (close: () => Promise<unknown>) => closing.unshift(close) }
let site: string
let browser: Browser

/** The site as a deployment uploads it, served as its distribution does. */
before(async () => {
  await readSite()
  const store = openSiteStore()
  const { port } = await openHttpServer(ending, async (request, response) => {
    if (!(await store.answer(request, response))) response.writeHead(400).end()
  })
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`
  process.env['AWS_ACCESS_KEY_ID'] = 'loopback'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'loopback'
  const target = { region: 'eu-central-1', bucket: siteBucket, distribution: siteDistribution }
  await uploadSite(builtSiteFolder, target)
  site = await openDistribution(ending, store)
  browser = await openBrowser()
  ending.after(() => browser.close())
})
after(async () => {
  for (const close of closing) await close()
})

/** Opens a page; what the browser complains about is in the list. */
async function open(address: string, options: Parameters<typeof openContext>[1] = {}) {
  const context = await openContext(browser, options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  const response = await page.goto(address)
  return { page, complaints, status: response?.status(), close: () => context.close() }
}

test('the address of every cause in error_uri, records and alarms leads to its page', async () => {
  for (const cause of checkCauseNames) {
    const response = await fetch(toRunbookLink(`${site}runbook`, cause))
    assert.equal(response.status, 200, cause)
    assert.match(await response.text(), new RegExp(`<h1 id="${cause}">`), cause)
  }
})

test('every answer has the headers of the stage, and every script its type', async () => {
  for (const path of ['', 'runbook', 'pagefind/pagefind-ui.js', 'nowhere']) {
    const { headers } = await fetch(site + path, { redirect: 'manual' })
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'/, path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.match(headers.get('strict-transport-security') ?? '', /^max-age=31536000/, path)
  }
})

test('pages load, search and work under the policy of the stage without a complaint or barrier', async () => {
  const { page, complaints, close } = await open(site)
  await page.getByRole('searchbox').fill('unauthorized_client')
  await page.keyboard.press('Enter')
  const first = page.locator('.pagefind-ui__result-link').first()
  await first.waitFor()
  await assertNoBarrier(page, page.url())
  await first.click()
  await page.getByRole('heading', { name: 'unauthorized_client', level: 1 }).waitFor()
  assert.equal(page.url(), `${site}errors/unauthorized_client.md/`)
  await assertNoBarrier(page, page.url())
  assert.deepEqual(complaints, [])
  await close()
})

test('an address without its slash keeps query and anchor on the way', async () => {
  const alarm = await open(`${site}runbook/an-alarm-fired.md#next-steps`)
  assert.equal(alarm.page.url(), `${site}runbook/an-alarm-fired.md/#next-steps`)
  await alarm.close()
  const search = await open(`${site}search?q=waf_blocked`)
  await search.page.locator('.pagefind-ui__result').first().waitFor()
  await search.close()
})

test('a page that is missing says so at any depth, and its links lead back into the site', async () => {
  const { page, complaints, status, close } = await open(`${site}runbook/gone.md/deeper/still`)
  assert.equal(status, 404)
  await page.getByRole('heading', { name: 'This page is not here' }).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  const html = await page.content()
  const links = listTargets(html).filter((link) => !link.startsWith('#'))
  assert.ok(links.length > 5)
  for (const link of links) {
    const { path } = followLink('runbook/gone.md/deeper/still/', link)
    assert.equal((await fetch(site + path)).status, 200, link)
  }
  // The browser itself notes the 404 of the address.
  assert.ok(
    complaints.every((one) => one.includes('404')),
    complaints.join('\n'),
  )
  await close()
})
