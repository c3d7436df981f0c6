import assert from 'node:assert/strict'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import type { AppClient } from '../../local/user-pool/pool-config.ts'
import { openPoolWorld, type PoolWorld } from '../end-to-end/pool-world.ts'
import { openBrowser } from './chromium.ts'
import { fillLogin } from './demo.ts'
import { openTabsFrontEnd, type TabsFrontEnd, type TabsScript } from './tabs-front-end.ts'

/** How many tabs a user has open. */
export const tabCount = 10

export interface TabsWorld {
  readonly pool: PoolWorld
  /** Opens tabs that share one signed-in session, whose tokens run out a moment later. */
  readonly openTabs: (script: TabsScript, rotation: Rotation) => Promise<Tabs>
  readonly close: () => Promise<void>
}

export type Rotation = AppClient['refreshTokenRotation']

export interface Tabs {
  readonly pages: readonly Page[]
  /** The refreshes that have left a tab, and are held until they are let go. */
  readonly held: readonly Route[]
  /** Resolves once so many are held. */
  readonly untilHeld: (count: number) => Promise<void>
  /** Lets all later ones through. */
  readonly openGate: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Notes in each tab what its front end is told: another access token, or that nobody is signed in. */
const watch = `app.users.getUser().then((before) => {
  window.told = []
  app.users.events.addUserLoaded((user) => {
    if (user.access_token !== before.access_token) told.push('new tokens')
  })
  app.users.events.addUserUnloaded(() => told.push('signed out'))
})`

/** The library raises its alarm a minute before the end; opening the tabs takes most of the rest. */
const shortLifeSeconds = 63
const usualLifeSeconds = 3600

export async function openTabsWorld(): Promise<TabsWorld> {
  const frontEnd = await openTabsFrontEnd()
  const pool = await openPoolWorld({ origin: frontEnd.origin })
  const browser = await openBrowser()
  return {
    pool,
    openTabs: (script, rotation) => openTabs({ frontEnd, pool, browser }, script, rotation),
    close: async () => {
      await browser.close()
      await Promise.all([pool.close(), frontEnd.close()])
    },
  }
}

interface Parts {
  readonly frontEnd: TabsFrontEnd
  readonly pool: PoolWorld
  readonly browser: Browser
}

async function openTabs(parts: Parts, script: TabsScript, rotation: Rotation): Promise<Tabs> {
  const { frontEnd, pool, browser } = parts
  const name = rotation === undefined ? 'web' : 'web-rotating'
  const client = pool.config.appClients.find(({ clientName }) => clientName === name)
  assert.ok(client)
  client.refreshTokenRotation = rotation
  await frontEnd.show(script, { proxy: pool.proxyUrl, clientId: client.clientId })
  const context = await browser.newContext()
  client.accessTokenValiditySeconds = shortLifeSeconds
  await signIn(context, frontEnd.origin)
  client.accessTokenValiditySeconds = usualLifeSeconds
  const gate = await closeGate(context, `${pool.proxyUrl}/oauth2/token`)
  const pages = await Promise.all(
    Array.from({ length: tabCount }, () => openTab(context, frontEnd.origin)),
  )
  return { ...gate, pages, close: () => context.close() }
}

async function signIn(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(origin)
  await page.evaluate('void app.users.signinRedirect()')
  await fillLogin(page)
  await page.waitForURL(`${origin}/callback?*`)
  await page.evaluate('app.users.signinCallback().then(() => undefined)')
  await page.close()
}

async function openTab(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(origin)
  await page.evaluate(watch)
  return page
}

/** Holds every request for an address where it leaves the browser. */
async function closeGate(context: BrowserContext, address: string) {
  const held: Route[] = []
  const waiting = new Set<() => void>()
  await context.route(address, (route) => {
    held.push(route)
    for (const look of waiting) look()
  })
  const untilHeld = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (held.length >= count) resolve()
      }
      waiting.add(look)
      look()
    })
  return { held, untilHeld, openGate: () => context.unroute(address) }
}
