import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { buildCanary } from '../../tools/build-canary.ts'
import { builtCanary, readBuiltCanary } from '../../tools/built-canary.ts'
import { closedPort } from '../fixtures/adapters/loopback-servers.ts'
import { openPoolWorld } from '../fixtures/end-to-end/pool-world.ts'
import { hangMs } from '../fixtures/patience.ts'

const origin = 'http://localhost:5173'

/** Loads the built script as Synthetics does: a CommonJS module, whose handler gets nothing. */
async function loadHandler(): Promise<() => Promise<string>> {
  await buildCanary()
  const built: unknown = createRequire(import.meta.url)(builtCanary)
  const handler: unknown = Object(built).handler
  assert.ok(typeof handler === 'function')
  return () => handler()
}

/** Sets the variables that the stack gives the canary. */
function setTarget(url: string, clients: string): void {
  process.env['SMOKE_URL'] = url
  process.env['SMOKE_CLIENTS'] = clients
}

test('the built canary passes for a proxy in order, and fails with what is wrong and what fixes it', {
  timeout: hangMs,
}, async (t) => {
  const handler = await loadHandler()
  const world = await openPoolWorld({ origin })
  t.after(() => world.close())
  t.after(() => setTarget('', ''))
  const { clientId, callbackUrls } = world.config.appClients[0] ?? assert.fail('no client')
  const redirectUri = callbackUrls.find((uri) => uri.startsWith(origin)) ?? ''
  const fields = { name: 'web', clientId, isCookieMode: false, hasDiscovery: false }
  const clients = JSON.stringify([{ ...fields, origin, redirectUri }])

  setTarget(world.proxyUrl, clients)
  assert.match(await handler(), /: everything is correct \(\d+ checks\)$/)

  setTarget(world.proxyUrl, JSON.stringify([{ ...fields, origin: 'https://other.example' }]))
  await assert.rejects(handler, (thrown: Error) => {
    assert.match(thrown.message, /^1 of \d+ checks of http:\/\/127\.0\.0\.1:\d+ failed\n/)
    assert.match(thrown.message, /\npreflight \(web\): .*\. Add the origin to the client/)
    return true
  })

  setTarget(`http://127.0.0.1:${closedPort}`, clients)
  await assert.rejects(handler, /no answer: ECONNREFUSED/)
  setTarget('', clients)
  await assert.rejects(handler, /^Error: SMOKE_URL must be an address$/)
})

test('the built script has no part that osls takes for a variable, and fits into a template', async () => {
  await buildCanary()
  const script = readBuiltCanary() ?? ''
  assert.ok(!script.includes('${'))
  assert.ok(script.length > 1000 && script.length < 100_000, `${script.length}`)
})
