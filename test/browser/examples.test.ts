import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openWorld, portCount, toExampleOrigin, type World } from '../../local/world.ts'
import { exampleNames } from '../../tools/example-pages.ts'
import { closedPort } from '../fixtures/adapters/loopback-servers.ts'
import { openBrowser } from '../fixtures/browser/chromium.ts'
import { click, signIn, signOut } from '../fixtures/browser/library-stage.ts'
import {
  findFreePorts,
  readReadmeCommand,
  startNpm,
  waitUntilClosed,
} from '../fixtures/end-to-end/npm-command.ts'
import { hangMs } from '../fixtures/patience.ts'

let world: World
let browser: Browser
let port: number

before(async () => {
  port = await findFreePorts(portCount + 1)
  const env = { TOKEN_PROXY_PUBLIC_URL: `http://127.0.0.1:${port}` }
  world = await openWorld({ port, origins: [toExampleOrigin(port)], env })
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await world.close()
})

for (const name of exampleNames) {
  test(`npm run example -- ${name} serves an app that signs in beside npm start, and reports a failure`, async (t) => {
    const command = readReadmeCommand('npm run example -- plain').with(-1, name)
    const example = startNpm(t, [...command, '--port', String(port)])
    const origin = toExampleOrigin(port)
    await example.line((line) => line.includes(origin))
    const page = await browser.newPage()
    page.setDefaultTimeout(hangMs)
    await page.goto(origin)
    await signIn(page)
    await page.getByRole('status').getByText('Signed in').waitFor()
    await click(page, 'Call the API')
    await page.getByText('ada@example.com').waitFor()
    await signOut(page)

    world.switchboard.breakWith('callback_not_registered')
    await signIn(page)
    const alert = page.getByRole('alert')
    await alert.getByText('server_error').waitFor()
    world.switchboard.restore()
    assert.match(await alert.innerText(), /Request id: \S+/)
    await page.close()
    await example.interrupt()
    await waitUntilClosed(port + portCount)
  })
}

test('npm run example says what is missing if nothing answers', async (t) => {
  const example = startNpm(t, ['run', 'example', '--', 'plain', '--port', String(closedPort)])
  assert.equal(await example.exitCode(), 1)
})
