import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { measureContrast } from '../fixtures/browser/contrast.ts'
import { type Demo, openDemo } from '../fixtures/browser/demo.ts'

let demo: Demo

before(async () => {
  demo = await openDemo()
})

after(() => demo.close())

const leastContrast = 4.5

async function checkContrast(page: Page): Promise<void> {
  const measured = await measureContrast(page)
  assert.ok(measured.length > 5)
  assert.deepEqual(
    measured.filter(({ ratio }) => ratio < leastContrast),
    [],
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is ${colorScheme} where that is wanted, and every text can be read (WCAG 1.4.3)`, async () => {
    const ada = await demo.visit({ colorScheme })
    const ground = await ada.page.evaluate('getComputedStyle(document.body).backgroundColor')
    const root = await ada.page.evaluate(
      'getComputedStyle(document.documentElement).backgroundColor',
    )
    assert.equal(ground, 'rgba(0, 0, 0, 0)', 'the root is what is seen')
    const [red = 0] = String(root).match(/\d+/g)?.map(Number) ?? []
    assert.equal(red > 128, colorScheme === 'light')
    await checkContrast(ada.page)

    await ada.button('Sign in').click()
    await ada.page.getByLabel('Password').waitFor()
    await checkContrast(ada.page)
    await ada.page.goBack()
    await ada.signIn()
    await ada.seeAda()
    await ada.breakWith('secret_mismatch')
    await ada.button('Refresh').click()
    await ada.page.locator('.record[data-marked]').waitFor()
    await checkContrast(ada.page)
    await ada.restore()
    await ada.page.goto(demo.world.frontEnd.operatorsUrl)
    await ada.button('Show').first().click()
    await ada.page.locator('.legend b:visible').first().waitFor()
    await ada.page.getByText('In alarm').first().waitFor()
    await ada.page.getByText('Switchboard: break something').click()
    await checkContrast(ada.page)
    await ada.page.context().close()
  })
}

test('nothing is wider than a phone of 360 pixels', async () => {
  const ada = await demo.visit({ viewport: { width: 360, height: 740 }, isMobile: true })
  const fits = async (where: string) => {
    const width = await ada.page.evaluate('document.documentElement.scrollWidth')
    assert.equal(width, 360, where)
  }
  await fits('signed out')
  await ada.button('Sign in').click()
  await ada.page.getByLabel('Password').waitFor()
  await fits('the page of the user pool')
  await ada.page.goBack()
  await ada.signIn()
  await ada.seeAda()
  await fits('signed in')
  await ada.breakWith('client_gone')
  await ada.button('Refresh').click()
  await ada.page.locator('.record[data-marked]').waitFor()
  await fits('a failure')
  await ada.restore()
  await ada.page.goto(demo.world.frontEnd.operatorsUrl)
  await ada.button('Show').first().click()
  await ada.page.getByText('Switchboard: break something').click()
  await ada.page.locator('.legend b:visible').first().waitFor()
  await fits("the operators' page")
  await ada.page.context().close()
})
