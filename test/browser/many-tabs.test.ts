// Ten tabs of one signed-in front end whose tokens run out at the same moment, with and without taking turns.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Route } from 'playwright-core'
import type { TabsScript } from '../fixtures/browser/tabs-front-end.ts'
import {
  openTabsWorld,
  type Rotation,
  type Tabs,
  type TabsWorld,
  tabCount,
} from '../fixtures/browser/tabs-world.ts'
import { waitForLocks } from '../fixtures/browser/web-locks.ts'
import { hangMs } from '../fixtures/patience.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'many-tabs.md'), 'utf8')
const table = page.split('\n').filter((line) => line.startsWith('| o'))

/** What the first two columns of the table stand for. */
const rotations: Readonly<Record<string, Rotation>> = {
  off: undefined,
  'on, 60 s of grace': { retryGracePeriodSeconds: 60 },
  'on, no grace': { retryGracePeriodSeconds: 0 },
}
const scripts: Readonly<Record<string, TabsScript>> = {
  'each by itself': 'before',
  'taking turns': 'oidc-client-ts',
}

/** Tabs that never ask would otherwise be waited for without end. */
const patience = { timeout: 2 * hangMs }

let world: TabsWorld

before(async () => {
  world = await openTabsWorld()
})
after(() => world.close())

/** Resolves once every tab wants new tokens: each has asked, or one has and the others wait for it. */
async function untilAllWant(tabs: Tabs, script: TabsScript): Promise<void> {
  if (script === 'before') return tabs.untilHeld(tabCount)
  await tabs.untilHeld(1)
  const [tab] = tabs.pages
  assert.ok(tab)
  const toClients = '[...held, ...pending].map(({ clientId }) => clientId)'
  await waitForLocks(tab, `({ held, pending }) => new Set(${toClients}).size === ${tabCount}`)
}

/** Lets a refresh go, and resolves with the answer's status. */
async function letGo(route: Route): Promise<number | undefined> {
  const answered = route.request().response()
  await route.continue()
  return (await answered)?.status()
}

/** What each front end was told in the end, by tab. */
async function outcomes(tabs: Tabs): Promise<readonly unknown[]> {
  return Promise.all(
    tabs.pages.map(async (tab) => {
      await tab.waitForFunction('told.length > 0')
      const told: unknown = await tab.evaluate('told.join()')
      return told
    }),
  )
}

/** Plays the tabs' refreshes, and gives what the proxy and the user pool have seen of them. */
async function play(tabs: Tabs, script: TabsScript, release: (held: readonly Route[]) => unknown) {
  const { records, userPool } = world.pool
  const [knownRecords, knownCalls] = [records().length, userPool.calls.length]
  await untilAllWant(tabs, script)
  await release(tabs.held)
  const told = await outcomes(tabs)
  return {
    told,
    requests: userPool.calls.length - knownCalls,
    causes: records()
      .slice(knownRecords)
      .flatMap(({ cause }) => cause ?? []),
  }
}

/** All tabs have asked with one refresh token before the first of them is answered. */
async function releaseInTurn(held: readonly Route[]): Promise<void> {
  for (const route of held) await letGo(route)
}

const count = (told: readonly unknown[], what: string) => told.filter((one) => one === what).length

for (const line of table) {
  const [rotation = '', turns = '', ...found] = line
    .split('|')
    .slice(1, -1)
    .map((text) => text.trim())
  test(
    `of ten tabs with rotation ${rotation}, ${turns}, become what the guide says`,
    patience,
    async () => {
      const script = scripts[turns]
      assert.ok(script !== undefined && rotation in rotations)
      const tabs = await world.openTabs(script, rotations[rotation])
      const { told, requests, causes } = await play(tabs, script, releaseInTurn)
      const [renewed, ended] = [count(told, 'new tokens'), count(told, 'signed out')]
      const cause = [...new Set(causes)].map((name) => `\`${name}\``).join() || 'none'
      assert.deepEqual([`${requests}`, `${renewed}`, `${ended}`, cause], found)
      assert.equal(causes.length, ended)
      if (ended === 0) await assertOneLivingSession(tabs)
      await tabs.close()
    },
  )
}

/** Every tab finds the same session where the tabs keep it, and its refresh token is good. */
async function assertOneLivingSession({ pages, openGate }: Tabs): Promise<void> {
  const read = 'app.users.getUser().then((user) => user.access_token)'
  assert.equal(new Set(await Promise.all(pages.map((tab) => tab.evaluate(read)))).size, 1)
  await openGate()
  const isOver = await pages[0]?.evaluate('app.users.signinSilent().then((user) => user.expired)')
  assert.equal(isOver, false)
}

test(
  'of refreshes that reach the proxy at once one succeeds, and rotation is at least a candidate for the others',
  patience,
  async () => {
    const tabs = await world.openTabs('before', rotations['on, no grace'])
    const known = world.pool.records().length
    const { told } = await play(tabs, 'before', (held) => Promise.all(held.map(letGo)))
    assert.deepEqual([...told].sort(), ['new tokens', ...Array(tabCount - 1).fill('signed out')])
    const refused = world.pool
      .records()
      .filter((record, index) => index >= known && record['cause'])
    assert.equal(refused.length, tabCount - 1)
    for (const { cause, candidates = [] } of refused) {
      assert.ok([cause, candidates].flat().includes('refresh_token_rotated_out'), `${cause}`)
    }
    await tabs.close()
  },
)

test('the table has each rotation with and without taking turns', () => {
  const pairs = Object.keys(rotations).flatMap((one) =>
    Object.keys(scripts).map((other) => `| ${one} | ${other} |`),
  )
  assert.equal(table.length, pairs.length)
  for (const pair of pairs)
    assert.ok(
      table.some((line) => line.startsWith(pair)),
      pair,
    )
})

test('the page quotes the files that run here', () => {
  const quoted = [...page.matchAll(/`(examples\/[\w./-]+)`:\n\n```ts\n(.*?)^```$/gms)]
  assert.equal(quoted.length, 2)
  for (const [, path = '', code] of quoted)
    assert.equal(code, readFileSync(join(root, path), 'utf8'))
})
