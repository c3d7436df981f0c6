// The key of the cookies is changed while users refresh: none of them is signed out (SEC-23).
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import test, { type TestContext } from 'node:test'
import { setTimeout as pass } from 'node:timers/promises'
import { routes, toCors } from '../../../core/http-api.ts'
import {
  addVersion,
  findByStage,
  moveStage,
  type StoredSecret,
} from '../../../local/aws/secrets/versions.ts'
import { ensureBuilt } from '../../../local/built-functions.ts'
import { openGateway } from '../../../local/gateway/gateway.ts'
import { openHttpServer } from '../../fixtures/adapters/loopback-servers.ts'
import {
  type Browser,
  cookieName,
  cookieRefresh,
  cookieSettings,
  keySecretId,
  newKey,
  openBrowser,
} from '../../fixtures/conformance/cookie-proxy.ts'
import { openFunctionWorld } from '../../fixtures/conformance/function-world.ts'
import { pickRecords, send } from '../../fixtures/conformance/proxy.ts'
import { hangMs } from '../../fixtures/patience.ts'

const users = 8
const sandboxes = 4
/** The shortest that the settings allow, and a little more than the longest that it is jittered to. */
const softAgeSeconds = 1
const softAgeMs = 1100 * softAgeSeconds

/** A user pool that rotates: each session has one token that is good, and a spent one is refused. */
async function openRotatingPool(t: TestContext) {
  const newest = new Map<string, number>()
  let sessions = 0
  const { port } = await openHttpServer(t, async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const token = form.get('refresh_token') ?? `session${++sessions}.0`
    const [session = '', turn = ''] = token.split('.')
    const isNewest = Number(turn) === (newest.get(session) ?? 0)
    const next = Number(turn) + 1
    if (isNewest) newest.set(session, next)
    const tokens = { access_token: session, token_type: 'Bearer', expires_in: 3600 }
    response.statusCode = isNewest ? 200 : 400
    response.end(
      JSON.stringify(
        isNewest ? { ...tokens, refresh_token: `${session}.${next}` } : { error: 'invalid_grant' },
      ),
    )
  })
  return `http://127.0.0.1:${port}`
}

async function openWorld(t: TestContext) {
  const domain = await openRotatingPool(t)
  const { env, secrets } = await openFunctionWorld(t, domain, (web) => [
    { ...web, refreshToken: 'cookie' },
  ])
  secrets.put(keySecretId, newKey())
  const lines: string[] = []
  const gateway = await openGateway({
    ...{ port: 0, functionsFolder: ensureBuilt(), routes, cors: toCors([]) },
    env: {
      ...{ ...env, ...cookieSettings },
      TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: String(softAgeSeconds),
      TOKEN_PROXY_SECRET_REFETCH_COOLDOWN_SECONDS: '1',
    },
    concurrency: sandboxes,
    onOutput: (line) => lines.push(line),
  })
  t.after(() => gateway.close())
  const browsers = Array.from({ length: users }, () =>
    openBrowser((call) => send(gateway.url, call)),
  )
  const secret = secrets.secrets.get(keySecretId)
  assert.ok(secret)
  return { gateway, browsers, secret, lines }
}

/** Leaves the processor to others between two rounds. */
const pauseMs = 100

/** The key that the cookie of a browser names. */
const toKeyId = ({ cookies }: Browser) => cookies.get(cookieName)?.split('.')[1]

/** Every user refreshes again and again, four at a time, until it is enough. */
async function refreshUntil(
  browsers: readonly Browser[],
  isEnough: () => boolean,
): Promise<number> {
  let refreshed = 0
  const endsAtMs = performance.now() + hangMs
  do {
    for (let first = 0; first < browsers.length; first += sandboxes) {
      const some = browsers.slice(first, first + sandboxes)
      const replies = await Promise.all(some.map((browser) => browser.post(cookieRefresh)))
      for (const { status, raw } of replies) assert.equal(status, 200, raw)
    }
    refreshed += browsers.length
    await pass(pauseMs)
    assert.ok(performance.now() < endsAtMs, 'it is never enough')
  } while (!isEnough())
  return refreshed
}

/** Goes on for a time and once more after it, so that every sandbox reads the keys again. */
async function refreshFor(browsers: readonly Browser[], ms: number): Promise<number> {
  const endsAtMs = performance.now() + ms
  const refreshed = await refreshUntil(browsers, () => performance.now() >= endsAtMs)
  return refreshed + (await refreshUntil(browsers, () => true))
}

const stage = (secret: StoredSecret, label: string) =>
  addVersion(secret, randomUUID(), newKey(), [label])

/** The two ways to change a key; each ends with another key current and the one before previous. */
const rolls: Readonly<
  Record<string, (secret: StoredSecret, browsers: readonly Browser[]) => Promise<unknown>>
> = {
  'in one step': async (secret) => stage(secret, 'AWSCURRENT'),
  'in three steps': async (secret, browsers) => {
    const next = stage(secret, 'AWSPENDING')
    await refreshFor(browsers, softAgeMs)
    moveStage(secret, 'AWSCURRENT', next)
    await refreshFor(browsers, softAgeMs)
    moveStage(secret, 'AWSPENDING', undefined)
  },
}

for (const [says, roll] of Object.entries(rolls)) {
  test(`a key that is changed ${says}, and again, under load signs nobody out`, async (t) => {
    const { gateway, browsers, secret, lines } = await openWorld(t)
    for (const browser of browsers) assert.equal((await browser.exchange()).status, 200)
    const away = openBrowser((call) => send(gateway.url, call))
    for (const [name, value] of browsers.pop()?.cookies ?? []) away.cookies.set(name, value)
    let refreshed = await refreshFor(browsers, softAgeMs)
    for (const turn of [1, 2]) {
      const ids = new Set(browsers.map(toKeyId))
      assert.equal(ids.size, 1)
      const isNew = (browser: Browser) => !ids.has(toKeyId(browser))
      await roll(secret, browsers)
      refreshed += await refreshUntil(browsers, () => browsers.every(isNew))
      // One who was away meanwhile still has a cookie of the key before.
      if (turn === 1) assert.equal((await away.post(cookieRefresh)).status, 200)
      refreshed += await refreshFor(browsers, softAgeMs)
    }
    assert.notEqual(findByStage(secret, 'AWSPREVIOUS'), undefined)
    assert.equal(gateway.sandboxes(), sandboxes)
    // Each phase has one round at least, and on most machines some dozens.
    assert.ok(refreshed >= 5 * browsers.length, `${refreshed} refreshes`)
    const failed = pickRecords(lines).filter((record) => record['outcome'] !== 'ok')
    assert.deepEqual(failed, [])
  })
}

for (const [says, isForgotten] of [
  ['as the guide says', false],
  ['with its label AWSPENDING left there', true],
] as const) {
  test(`a key that was changed ${says} and has leaked opens nothing after the emergency`, async (t) => {
    const { browsers, secret } = await openWorld(t)
    const next = stage(secret, 'AWSPENDING')
    moveStage(secret, 'AWSCURRENT', next)
    if (!isForgotten) moveStage(secret, 'AWSPENDING', undefined)
    const [old, ...others] = browsers
    assert.equal((await old?.exchange())?.status, 200)
    for (const _ of [1, 2]) stage(secret, 'AWSCURRENT')
    assert.equal(next.stages.has('AWSPENDING'), isForgotten)
    moveStage(secret, 'AWSPENDING', undefined)
    assert.deepEqual([...next.stages], [])
    await signInFor(others, softAgeMs)
    assert.equal(await refuse(old), 401)
  })
}

/** New users come for a time and once more after it, so that every sandbox reads the keys again. */
async function signInFor(browsers: readonly Browser[], ms: number): Promise<void> {
  const signIn = () => Promise.all(browsers.map((browser) => browser.exchange()))
  const endsAtMs = performance.now() + ms
  while (performance.now() < endsAtMs) {
    await signIn()
    await pass(pauseMs)
  }
  await signIn()
}

/** Refreshes until the keys have been looked for, and gives the last word. */
async function refuse(browser: Browser | undefined): Promise<number | undefined> {
  const endsAtMs = performance.now() + hangMs
  let status: number | undefined
  do {
    status = (await browser?.post(cookieRefresh))?.status
    await pass(pauseMs)
  } while (status === 503 && performance.now() < endsAtMs)
  return status
}

test('a key that is changed twice without a refresh between signs out, and tells so by name', async (t) => {
  const { browsers, secret, lines } = await openWorld(t)
  const [browser] = browsers
  assert.equal((await browser?.exchange())?.status, 200)
  for (const _ of [1, 2]) stage(secret, 'AWSCURRENT')
  await Promise.all(browsers.slice(1).map((other) => other.exchange()))
  const endsAtMs = performance.now() + softAgeMs
  while (performance.now() < endsAtMs) {
    await browsers[1]?.post(cookieRefresh)
    await pass(pauseMs)
  }
  assert.equal(await refuse(browser), 401)
  const record = pickRecords(lines).at(-1)
  assert.deepEqual(
    [record?.['cause'], record?.['evidence']],
    ['refresh_cookie_unreadable', ['key_unknown']],
  )
})
