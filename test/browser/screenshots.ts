// Takes the screenshots of the README anew: node test/browser/screenshots.ts
import { join } from 'node:path'
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
await demo.close()
