// A cookie of a key that a sandbox does not have is not refused before the keys were read again (SEC-23).
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import { setTimeout as pass } from 'node:timers/promises'
import { toCookieKey } from '../../../adapters/cookie-key.ts'
import { sealToken } from '../../../adapters/cookie-seal.ts'
import { Secret } from '../../../core/secret.ts'
import { addVersion } from '../../../local/aws/secrets/versions.ts'
import { assertFailure } from '../../fixtures/conformance/contract.ts'
import {
  type Browser,
  cookieName,
  cookieRefresh,
  csrfHeader,
  keySecretId,
  newKey,
  openCookieProxy,
  signIn,
  toLines,
  toTokens,
} from '../../fixtures/conformance/cookie-proxy.ts'
import { hangMs } from '../../fixtures/patience.ts'

/** Longer than a busy machine takes for the requests that have to come within it. */
const cooldownSeconds = 4
const madeUp = `${cookieName}=1.AAAAAAAA.${'A'.repeat(60)}`

/** One sandbox that has read the keys, and a user who is signed in. */
async function openSandbox(t: TestContext) {
  const env = { TOKEN_PROXY_SECRET_REFETCH_COOLDOWN_SECONDS: String(cooldownSeconds) }
  const proxy = await openCookieProxy(t, { concurrency: 1, env })
  const browser = await signIn(proxy, 'refresh-1')
  const toss = () => proxy.send({ body: cookieRefresh, headers: { ...csrfHeader, cookie: madeUp } })
  return { proxy, browser, toss }
}

/** Changes the key in one step, and seals a cookie with the new one as another sandbox does. */
function rollElsewhere({ secrets }: Awaited<ReturnType<typeof openCookieProxy>>, to: Browser) {
  const [key, secret] = [newKey(), secrets.secrets.get(keySecretId)]
  addVersion(secret ?? assert.fail(), randomUUID(), key, ['AWSCURRENT'])
  const sealed = sealToken(
    toCookieKey(new Secret(key)),
    cookieRefresh.client_id,
    new Secret('refresh-1'),
  )
  to.cookies.set(cookieName, sealed)
}

/** Sends what the front end sends again after the time that it is told, until it is let in. */
async function refreshUntilDone(browser: Browser): Promise<number> {
  const endsAtMs = performance.now() + hangMs
  for (;;) {
    const { status, headers } = await browser.post(cookieRefresh)
    if ((status !== 503 && status !== 429) || performance.now() > endsAtMs) return status
    await pass(1000 * Number(headers['retry-after']))
  }
}

test('a cookie of a new key waits where a made-up one has set off the cool-down', async (t) => {
  const { proxy, browser, toss } = await openSandbox(t)
  assert.equal((await toss()).status, 401)
  rollElsewhere(proxy, browser)
  const reply = await browser.post(cookieRefresh)
  const expected = {
    cause: 'refresh_cookie_undecided',
    retryAfterSeconds: cooldownSeconds,
  } as const
  assertFailure(reply, proxy.records().at(-1), expected)
  assert.deepEqual(proxy.records().at(-1)?.['evidence'], ['key_unknown', 'cooling_down'])
  assert.deepEqual(toLines(reply), [])
  proxy.upstream.script(toTokens())
  assert.equal(await refreshUntilDone(browser), 200)
})

test('made-up cookies of as many unknown keys as anybody likes are a fault of their callers', async (t) => {
  const { proxy, toss } = await openSandbox(t)
  await toss()
  for (const id of ['BBBBBBBB', 'CCCCCCCC', 'DDDDDDDD', 'EEEEEEEE']) {
    const cookie = `${cookieName}=1.${id}.${'A'.repeat(60)}`
    await proxy.send({ body: cookieRefresh, headers: { ...csrfHeader, cookie } })
    assert.equal(proxy.records().at(-1)?.['fault'], 'caller')
  }
})

test('a cookie of a new key is never refused while Secrets Manager is down', async (t) => {
  const { proxy, browser } = await openSandbox(t)
  rollElsewhere(proxy, browser)
  proxy.secrets.breakWith('secrets_down')
  for (const evidence of ['answered_error', 'cooling_down', 'cooling_down']) {
    const reply = await browser.post(cookieRefresh)
    assert.deepEqual([reply.status, toLines(reply)], [503, []])
    assert.deepEqual(proxy.records().at(-1)?.['evidence'], [evidence, 'cookie_key'])
    assert.notEqual(reply.headers['retry-after'], undefined)
  }
  proxy.secrets.restore()
  proxy.upstream.script(toTokens())
  assert.equal(await refreshUntilDone(browser), 200)
})

test('a cookie of a key that was looked for in vain is refused at once, again and again', async (t) => {
  const { proxy, toss } = await openSandbox(t)
  const known = proxy.secretCalls()
  for (const _ of [1, 2, 3]) assert.equal((await toss()).status, 401)
  assert.equal(proxy.secretCalls(), known + 3)
})
