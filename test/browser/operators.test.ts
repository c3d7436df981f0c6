import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type CauseName, toCause } from '../../core/causes/catalogue.ts'
import { type SwitchName, switches } from '../../local/switches.ts'
import { findCanaries } from '../fixtures/browser/canaries.ts'
import { type Demo, openDemo, type Visitor } from '../fixtures/browser/demo.ts'
import { expectations } from '../fixtures/browser/expectations.ts'
import { readPage } from '../fixtures/browser/traffic.ts'

let demo: Demo
let operator: Visitor
let page: Page
const complaints: string[] = []

before(async () => {
  demo = await openDemo()
  operator = await demo.visit({ viewport: { width: 1280, height: 1200 } })
  page = operator.page
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(demo.world.frontEnd.operatorsUrl)
  await page.getByText('Switchboard: break something').click()
})

after(() => demo.close())

const see = (selector: string, state: 'visible' | 'detached' = 'visible') =>
  page.locator(selector).first().waitFor({ state })
const toAlarm = (cause: string) => `.dashboard [data-alarm=${cause.replaceAll('_', '-')}]`

test('visitors come when they are let in, and the dashboard draws what they do', async () => {
  await page.getByText('There are no visitors.').waitFor()
  await page.getByRole('button', { name: 'Start visitors' }).click()
  await page.getByText('Simulated visitors sign in and refresh all the time.').waitFor()
  await page.getByText('Here a minute of CloudWatch lasts 2 seconds.').waitFor()
  const plot = page.locator('.widget', { hasText: 'All requests, by client' })
  await plot.locator('.legend').getByText('web-rotating').waitFor()
  assert.ok((await plot.locator('canvas').boundingBox())?.width)
  await see('.pages [data-alarm=page-sign-ins][data-state=OK]')
})

/** Switches that share a cause are far apart, so that the page has forgotten the one before. */
const all = Object.entries(expectations) as [SwitchName, { cause: CauseName }][]
const order = all
  .map(([name, { cause }], index) => {
    const sharing = all.filter(([, other]) => other.cause === cause).map(([other]) => other)
    const place =
      sharing.length === 1 ? index / all.length : sharing.indexOf(name) / (sharing.length - 1)
    return { name, cause, place }
  })
  .toSorted((one, other) => one.place - other.place)

for (const { name, cause } of order) {
  const { alarm } = toCause(cause)
  const seen = alarm === undefined ? 'is named' : 'is named and its alarm is red'
  test(`"${switches[name].title}": ${cause} ${seen}`, async () => {
    await see(`[data-cause=${cause}]`, 'detached')
    await operator.breakWith(name)
    await see(`[data-cause=${cause}] a`)
    if (alarm !== undefined) await see(`${toAlarm(cause)}[data-state=ALARM]`)
  })
}

test('once everything is fixed, every alarm is in OK again, and no problem is shown', async () => {
  await operator.restore()
  await page.locator('[data-state=ALARM]').first().waitFor({ state: 'detached' })
  assert.equal(await page.locator('#troubles [data-urgent=true]').count(), 0)
})

test('through all of this the page broke none of its own rules, and showed no secret', async () => {
  assert.deepEqual(complaints, [])
  const seen = [...(await operator.traffic.seen()), ...(await readPage(page))]
  assert.deepEqual(
    seen.flatMap(({ text }) => findCanaries(text)),
    [],
  )
})
