// Takes the screenshots of the README anew: node test/browser/screenshots.ts
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openDemo } from './demo.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const demo = await openDemo()
for (const colorScheme of ['light', 'dark'] as const) {
  const ada = await demo.visit({ colorScheme, viewport: { width: 1280, height: 1150 } })
  await ada.signIn()
  await ada.seeAda()
  await ada.refresh()
  await ada.breakWith('secret_mismatch')
  await ada.button('Refresh').click()
  await ada.page.locator('.record[data-marked]').waitFor()
  await ada.page.screenshot({ path: join(docs, `demo-${colorScheme}.png`) })
  await ada.mend()
  await ada.page.context().close()
}

/** Until plots have something to show, and again until an outage is to be seen in them. */
const [calmMs, brokenMs] = [75_000, 16_000]

demo.world.visitors.start()
await wait(calmMs)
const viewport = { width: 1280, height: 1652 }
const pages = await Promise.all(
  (['light', 'dark'] as const).map(async (colorScheme) => {
    const { page } = await demo.visit({ colorScheme, viewport })
    await page.goto(demo.world.frontEnd.operatorsUrl)
    return { page, path: join(docs, `operators-${colorScheme}.png`) }
  }),
)
await pages[0]?.page.locator('#switchboard input[value=secret_gone]').dispatchEvent('change')
await wait(brokenMs)
for (const { page, path } of pages) await page.screenshot({ path })
await demo.close()
