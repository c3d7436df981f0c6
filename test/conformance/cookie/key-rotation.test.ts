// The function `rotate` changes the key of the cookies while users refresh: none of them is signed out.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import test from 'node:test'
import { setTimeout as pass } from 'node:timers/promises'
import { systemClock } from '../../../adapters/clock.ts'
import { openRotator } from '../../../adapters/rotation/rotator.ts'
import { routes, toCors } from '../../../core/http-api.ts'
import { rotationSteps } from '../../../core/rotation/event.ts'
import { parseSettings } from '../../../core/settings/settings.ts'
import { ensureBuilt } from '../../../local/built-functions.ts'
import { openGateway } from '../../../local/gateway/gateway.ts'
import { openHttpServer } from '../../fixtures/adapters/loopback-servers.ts'
import {
  cookieName,
  cookieRefresh,
  cookieSettings,
  keySecretId,
  newKey,
  openBrowser,
} from '../../fixtures/conformance/cookie-proxy.ts'
import { openFunctionWorld } from '../../fixtures/conformance/function-world.ts'
import { pickRecords, send } from '../../fixtures/conformance/proxy.ts'

const sandboxes = 3
const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 3600, refresh_token: 'r' }

/** Every browser refreshes in turn until the work is over. */
async function refreshDuring(
  browsers: readonly ReturnType<typeof openBrowser>[],
  work: Promise<unknown>,
): Promise<number> {
  let isOver = false
  let refreshed = 0
  const end = () => {
    isOver = true
  }
  work.then(end, end)
  while (!isOver) {
    const replies = await Promise.all(browsers.map((browser) => browser.post(cookieRefresh)))
    for (const { status, raw } of replies) assert.equal(status, 200, raw)
    refreshed += replies.length
    await pass(25)
  }
  await work
  return refreshed
}

test('two rotations of the cookie key under load sign nobody out, and an unknown key stays unreadable', async (t) => {
  const { port } = await openHttpServer(t, async (request, response) => {
    await text(request)
    response.end(JSON.stringify(tokens))
  })
  const world = await openFunctionWorld(t, `http://127.0.0.1:${port}`, (web) => [
    { ...web, refreshToken: 'cookie' },
  ])
  world.secrets.put(keySecretId, newKey())
  const env = {
    ...{ ...world.env, ...cookieSettings },
    // A key must be known everywhere after 1.1 seconds and one time limit of a read.
    TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '1',
    TOKEN_PROXY_SECRET_TIMEOUT_MS: '2000',
    TOKEN_PROXY_SECRET_REFETCH_COOLDOWN_SECONDS: '1',
  }
  const lines: string[] = []
  const gateway = await openGateway({
    ...{ port: 0, functionsFolder: ensureBuilt(), routes, cors: toCors([]) },
    ...{ env, concurrency: sandboxes, onOutput: (line: string) => lines.push(line) },
  })
  t.after(() => gateway.close())
  const browsers = Array.from({ length: sandboxes }, () =>
    openBrowser((call) => send(gateway.url, call)),
  )
  for (const browser of browsers) assert.equal((await browser.exchange()).status, 200)
  const toKeyIds = () =>
    new Set(browsers.map(({ cookies }) => cookies.get(cookieName)?.split('.')[1]))
  const parsed = parseSettings(env)
  assert.ok(parsed.ok)
  Object.assign(process.env, world.env)
  const rotator = openRotator(parsed.settings, systemClock)
  t.after(() => rotator.close())
  const rotate = async () => {
    const token = randomUUID()
    const target = { is: 'cookie_key', secretId: keySecretId } as const
    for (const step of rotationSteps) {
      const { failure } = await rotator.run(target, step, token, () => 60_000)
      assert.equal(failure, undefined)
    }
  }
  for (const _ of [1, 2]) {
    const before = toKeyIds()
    const refreshed = await refreshDuring(browsers, rotate())
    assert.ok(refreshed >= sandboxes, `${refreshed} refreshes`)
    // Each sandbox reads the keys again within 1.1 seconds, and seals with the new one then.
    await refreshDuring(browsers, pass(1200))
    await refreshDuring(browsers, pass(1))
    assert.ok([...toKeyIds()].every((id) => !before.has(id)))
  }
  const failed = pickRecords(lines).filter((record) => record['outcome'] !== 'ok')
  assert.deepEqual(failed, [])
  const [stranger] = browsers
  stranger?.cookies.set(cookieName, `1.${'x'.repeat(8)}.${'y'.repeat(60)}`)
  assert.equal((await stranger?.post(cookieRefresh))?.status, 401)
  assert.equal(pickRecords(lines).at(-1)?.['cause'], 'refresh_cookie_unreadable')
})
