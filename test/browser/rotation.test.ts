import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { findCanaries } from '../fixtures/browser/canaries.ts'
import { measureContrast } from '../fixtures/browser/contrast.ts'
import { type Demo, openDemo, type Visitor } from '../fixtures/browser/demo.ts'
import { readPage } from '../fixtures/browser/traffic.ts'

let demo: Demo
let operator: Visitor
let page: Page
const complaints: string[] = []

/** That of a deployment: nothing here is silent, and no visitor may fail because the machine is busy. */
const deadlineMs = 10_000

before(async () => {
  demo = await openDemo(deadlineMs)
  operator = await demo.visit({ viewport: { width: 1280, height: 1200 } })
  page = operator.page
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(demo.world.frontEnd.operatorsUrl)
  await operator.button('Start visitors').click()
})

after(() => demo.close())

const card = () => page.locator('section.rotation')
const step = (name: string, status: string) =>
  card().locator(`[data-step=${name}][data-status=${status}]`).waitFor()
/** The sum of the card once it counts requests; only one that came later than the others counts more. */
const seeServed = async (least: number): Promise<string> => {
  const sum = card().locator('.rotation-sum')
  const served = new RegExp(`: (${least}|[1-9]\\d+) served`)
  await sum.filter({ hasText: served }).waitFor()
  return (await sum.textContent()) ?? ''
}

test('the secret is rotated by a button while visitors keep signing in, and none of them fails', async () => {
  await card().getByText('web: 1 active secret').waitFor()
  await operator.button('Rotate the client secret').click()
  for (const name of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
    await step(name, 'ok')
  }
  await step('overlap', 'running')
  await card().getByText('web: 2 active secrets').waitFor()
  assert.match(await seeServed(3), / 0 failed\.$/)
  await operator.button('End the overlap now').click()
  await step('overlap', 'ok')
  const [, before = '0'] = /(\d+) served/.exec(await seeServed(3)) ?? []
  const sum = await seeServed(Number(before) + 3)
  assert.match(sum, /^web: 1 active secret\. .* 0 failed\.$/)
})

test('after a complete rotation the doctor and the alarms are green', async () => {
  await operator.button('Check the app clients').click()
  const summaries = page.locator('#findings h3')
  await summaries.nth(1).waitFor()
  for (const text of await summaries.allTextContents()) assert.match(text, /everything is correct/)
  assert.equal(await page.locator('[data-state=ALARM]').count(), 0)
  assert.equal(await page.locator('#troubles [data-urgent=true]').count(), 0)
})

test('a rotation that fails names its cause with its fix and its page, and visitors notice nothing', async () => {
  await page.getByText('Switchboard: break something').click()
  await page.locator('#switchboard input[value=rotation_denied]').check()
  await page.locator('#weather').getByText('Rotation not allowed').waitFor()
  await operator.button('Rotate the client secret').click()
  const failure = card().locator('[data-cause=rotation_access_denied]')
  await failure.getByText('add_client_secret').waitFor()
  await step('setSecret', 'failed')
  assert.match(await seeServed(3), / 0 failed\.$/)
  for (const { ratio } of await measureContrast(page)) assert.ok(ratio >= 4.5)
  const href = (await failure.locator('a').getAttribute('href')) ?? ''
  assert.equal((await fetch(new URL(href, demo.world.frontEnd.url))).status, 200)
  await operator.restore()
})

test('a phone shows it without scrolling aside', async () => {
  const { page: phone } = await demo.visit({
    viewport: { width: 360, height: 740 },
    isMobile: true,
  })
  await phone.goto(demo.world.frontEnd.operatorsUrl)
  await phone.locator('section.rotation .rotation-sum').waitFor()
  assert.equal(await phone.evaluate('document.documentElement.scrollWidth'), 360)
})

test('through all of this the page broke none of its own rules, and showed no secret', async () => {
  assert.deepEqual(complaints, [])
  const stored = [...demo.world.secrets.secrets.values()].flatMap(({ versions }) =>
    [...versions.values()].flatMap(
      ({ value }) => /"client_secret":"([^"]+)"/.exec(value ?? '')?.[1] ?? [],
    ),
  )
  assert.ok(stored.length > 3)
  const seen = [...(await operator.traffic.seen()), ...(await readPage(page))]
  for (const { text } of seen) {
    assert.deepEqual(findCanaries(text), [])
    assert.ok(!stored.some((value) => text.includes(value)))
  }
})
