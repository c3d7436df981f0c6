import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { SwitchName } from '../../local/switches.ts'
import { openWorld, type World } from '../../local/world.ts'
import { demoUsers } from '../../local/world-config.ts'
import { planWatching } from '../../tools/plan-watching.ts'
import { openBrowser } from './chromium.ts'
import { recordTraffic, type Traffic } from './traffic.ts'

/** The embedded world with a browser in front of it. */
export interface Demo {
  readonly world: World
  readonly browser: Browser
  /** Opens the demo page in a context of its own, which nobody has signed in. */
  readonly visit: (options?: BrowserContextOptions) => Promise<Visitor>
  readonly close: () => Promise<void>
}

/** Somebody who uses the demo page. */
export interface Visitor {
  readonly page: Page
  readonly traffic: Traffic
  readonly button: (name: string | RegExp) => Locator
  /** From the demo page to the user pool's own page and back, whatever comes of it. */
  readonly signIn: () => Promise<void>
  readonly seeAda: () => Promise<void>
  /** Asks for new tokens, and waits until they are there. */
  readonly refresh: () => Promise<void>
  readonly signOut: () => Promise<void>
  readonly breakWith: (name: SwitchName) => Promise<void>
  readonly mend: () => Promise<void>
  /** What the lists of terms in a place say, by term. */
  readonly facts: (place: string) => Promise<Readonly<Record<string, string>>>
}

/** Less than any test may take for one step. */
const patienceMs = 10_000

const deadlineMs = 1500

/** Opens a world whose proxy gives up early, so that silence is soon over. */
export const openDemo = async (): Promise<Demo> => {
  const world = await openWorld({
    port: 0,
    env: { TOKEN_PROXY_DEADLINE_MS: String(deadlineMs) },
    plan: (deployed) => planWatching({ ...deployed, deadlineMs }),
  })
  const browser = await openBrowser()
  const visit = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext(options)
    context.setDefaultTimeout(patienceMs)
    const traffic = recordTraffic(context)
    const page = await context.newPage()
    await page.goto(world.frontEnd.url)
    return { page, traffic, ...toActions(page) }
  }
  const close = async () => {
    await browser.close()
    await world.close()
  }
  return { world, browser, visit, close }
}

const toActions = (page: Page): Omit<Visitor, 'page' | 'traffic'> => {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const weather = page.locator('#weather')
  return {
    button,
    signIn: async () => {
      await button('Sign in').click()
      await fillLogin(page)
    },
    seeAda: () => page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor(),
    refresh: async () => {
      const answered = page.waitForResponse((response) => response.url().endsWith('/oauth2/token'))
      await button('Refresh').click()
      const requestId = (await answered).headers()['x-request-id'] ?? 'no request id'
      await page.locator('#session').getByText(requestId, { exact: true }).waitFor()
    },
    signOut: async () => {
      await button('Sign out').click()
      await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    },
    breakWith: async (name) => {
      await page.locator(`#switchboard input[value=${name}]`).check()
      await weather.getByText('Broken:').waitFor()
    },
    mend: async () => {
      await button('Mend').click()
      await weather.getByText('All is well').waitFor()
    },
    facts: async (place) => {
      const terms = await page.locator(`${place} dt`).allTextContents()
      const values = await page.locator(`${place} dd`).allTextContents()
      return Object.fromEntries(terms.map((term, index) => [term, values[index] ?? '']))
    },
  }
}

/** Fills in the user pool's own page as the first ready user. */
export const fillLogin = async (page: Page): Promise<void> => {
  const [user] = demoUsers
  await page.getByLabel('Username').fill(user?.username ?? '')
  await page.getByLabel('Password').fill(user?.password ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
}
