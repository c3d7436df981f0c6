import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Preview } from '../../../local/front-end/preview.ts'
import type { FrontEnd } from '../../../local/front-end/server.ts'
import { openContext } from '../../fixtures/browser/chromium.ts'
import { type FrontEndStage, openFrontEndStage } from '../../fixtures/local/front-end-stage.ts'

const place = { x: 0, y: 0, width: 12, height: 6 }
const plot = {
  ...place,
  ...{ kind: 'plot' as const, title: 'Failures', isOfAws: false, unit: 'Count' },
  atMinutes: [-2, -1, 0],
  lines: [{ label: 'too many', value: 5 }],
}
const markdown = `### Links

| a |
| --- |
| [b](c.md) <i>&amp;</i> [d](javascript:alert) ![e](/e.png) |`
const calm: Preview = {
  minuteMs: 1000,
  alarms: [
    { name: 'page', state: 'OK', isComposite: true, description: 'Sign-ins fail.' },
    { name: 'slow', state: 'INSUFFICIENT_DATA', isComposite: false, description: 'It is slow.' },
  ],
  widgets: [
    { ...place, kind: 'text', markdown },
    { ...place, x: 12, kind: 'alarms', title: 'Alarms', alarms: ['slow'] },
    { ...place, kind: 'numbers', title: 'Share', numbers: [{ label: 'share', value: 99.5 }] },
    { ...plot, isStacked: true, series: [{ label: 'one', values: [1, null, null] }] },
    {
      ...plot,
      title: 'Latency',
      isStacked: false,
      series: [{ label: 'p99', values: [1, 2, 12_345] }],
    },
    { ...plot, title: 'Calls', isStacked: false, isOfAws: true, series: [] },
    { ...place, kind: 'other', title: 'Records' },
  ],
}
const red: Preview = {
  ...calm,
  alarms: [
    {
      ...{ name: 'slow', state: 'ALARM', isComposite: false },
      description: 'It is slow. Fix: Wait. Runbook: docs/runbook/unforeseen.md',
    },
    {
      ...{ name: 'waf-blocked', state: 'ALARM', isComposite: false, cause: 'waf_blocked' },
      description: 'It is blocked.',
    },
  ],
}

let stage: FrontEndStage
let frontEnd: FrontEnd
let page: Page
let preview = calm
let looks = 0
const visitors = {
  isRunning: false,
  start: () => {
    visitors.isRunning = true
  },
  stop: () => {
    visitors.isRunning = false
  },
}
let complaints: string[] = []

before(async () => {
  stage = await openFrontEndStage({
    broken: () => undefined,
    breakWith: () => {},
    restore: () => {},
    visitors,
    look: () => {
      looks += 1
      return preview
    },
    records: () => [],
  })
  frontEnd = stage.frontEnd
})

after(() => stage.close())

beforeEach(async () => {
  preview = calm
  complaints = []
  await page?.context().close()
  page = await (await openContext(stage.browser)).newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(frontEnd.operatorsUrl)
  // Connected: no record is missed from here on.
  await page.locator('#weather').getByText('Everything works').waitFor()
})

const see = (text: string | RegExp) => page.getByText(text).first().waitFor()
const widget = (title: string) => page.locator('.widget', { hasText: title })

test('the preview draws every kind of widget, and says how long its minute lasts', async () => {
  await see('Here a minute of CloudWatch lasts 1 second.')
  await page
    .locator('.pages [data-alarm=page][data-state=OK]')
    .getByText('Sign-ins fail.')
    .waitFor()
  const text = page.locator('.widget[data-kind=text]')
  assert.equal(await text.locator('td').textContent(), 'b <i>&amp;</i> d ![e](/e.png)')
  assert.equal(await text.locator('a').getAttribute('href'), '/docs/runbook/c.md')
  assert.match((await widget('Alarms').textContent()) ?? '', /slowNo data$/)
  assert.match((await widget('Share').textContent()) ?? '', /share100$/)
  assert.equal(await widget('Failures').locator('.legend').textContent(), 'one0too many5')
  assert.equal(await widget('Latency').locator('.legend').textContent(), 'p9912 ktoo many5')
  await widget('Calls').getByText('Only AWS counts this').waitFor()
  await widget('Records').getByText('Only CloudWatch can draw this').waitFor()
  const drawn = await page.locator('.plot:visible canvas').count()
  assert.equal(drawn, 2)
  assert.deepEqual(complaints, [])
})

test('an alarm that goes red comes first, with what fixes it, and is gone when it is green', async () => {
  await see('Nothing is wrong.')
  preview = red
  await page.locator('.trouble', { hasText: 'waf_blocked' }).getByText('It is blocked.').waitFor()
  const slow = page.locator('.trouble', { hasText: 'slow' })
  await slow.getByText('It is slow. Fix: Wait.').waitFor()
  const link = slow.getByRole('link', { name: 'Runbook' })
  assert.equal(await link.getAttribute('href'), '/docs/runbook/unforeseen.md')
  await link.focus()
  const before = looks
  while (looks < before + 2) await new Promise(setImmediate)
  await page.evaluate('new Promise(requestAnimationFrame)')
  assert.equal(await page.locator('a:focus').getAttribute('href'), '/docs/runbook/unforeseen.md')
  preview = calm
  await see('Nothing is wrong.')
})

test('one button lets the visitors in and stops them', async () => {
  await page.getByRole('button', { name: 'Start visitors' }).click()
  await page.getByRole('button', { name: 'Stop visitors' }).waitFor()
  assert.equal(visitors.isRunning, true)
  await page.getByRole('button', { name: 'Stop visitors' }).click()
  await see('There are no visitors.')
  assert.equal(visitors.isRunning, false)
})

test('current problems name who must act and the runbook, and everyday mistakes come last', async () => {
  const failed = { outcome: 'failed', fix: 'Fix <b>it</b>.' }
  for (const request_id of ['r-1', 'r-2']) {
    stage.write({ ...failed, request_id, cause: 'parameter_missing', fault: 'caller' })
  }
  stage.write({ ...failed, request_id: 'r-3', cause: 'secret_not_found', fault: 'operator' })
  await see('parameter_missing')
  const [first, second] = await page.locator('.trouble').allTextContents()
  assert.equal(first, 'secret_not_found1 failuremust act: operatorFix <b>it</b>. Runbook')
  assert.match(second ?? '', /^parameter_missing2 failuresmust act: caller/)
  await page.locator('.trouble a').first().click()
  await page.getByRole('heading', { name: 'How to fix' }).waitFor()
  assert.equal(page.url(), `${frontEnd.runbookUrl}/secret_not_found.md/`)
  assert.equal(await page.title(), 'secret_not_found – token proxy')
  assert.deepEqual(complaints, [])
})

test('the index of the runbook leads to every cause, and back', async () => {
  await page.goto(frontEnd.runbookUrl)
  await page.getByRole('link', { name: 'waf_blocked' }).first().click()
  await page.getByRole('heading', { name: 'waf_blocked' }).waitFor()
  await page.getByRole('link', { name: 'All causes' }).click()
  await page.getByRole('heading', { name: 'Runbook', exact: true }).waitFor()
  assert.deepEqual(complaints, [])
})
