// What one request may cost: the built functions, with texts that make careless code slow in every field.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { ensureBuilt } from '../../local/built-functions.ts'
import { cookieSettings, keySecretId, newKey } from '../fixtures/conformance/cookie-proxy.ts'
import { openFunctionWorld } from '../fixtures/conformance/function-world.ts'
import {
  type PumpedEvent,
  toPumpedEvents,
  toWholeBodies,
} from '../fixtures/conformance/pumped-events.ts'

/** A usual refusal takes less than one; the least quadratic step over 10,000 characters takes more than 50. */
const mostMs = 8

async function findSlow(t: TestContext, name: string, pumped: readonly PumpedEvent[]) {
  const world = await openFunctionWorld(t, 'http://127.0.0.1:1', (web) => [
    { ...web, refreshToken: 'cookie' },
  ])
  world.secrets.put(keySecretId, newKey())
  const worker = new Worker(
    new URL('../fixtures/conformance/cpu-meter-thread.ts', import.meta.url),
    {
      workerData: pathToFileURL(join(ensureBuilt(), `${name}.mjs`)).href,
      env: { ...world.env, ...cookieSettings },
      stdout: true,
    },
  )
  t.after(() => worker.terminate())
  worker.stdout.resume()
  worker.postMessage({ events: pumped.map(({ event }) => event), mostMs })
  const [costsMs]: number[][] = await once(worker, 'message')
  assert.equal(costsMs?.length, pumped.length)
  return pumped.flatMap(({ says }, index) => {
    const costMs = costsMs?.[index] ?? Number.NaN
    return costMs <= mostMs ? [] : [`${says}: ${costMs} ms`]
  })
}

test(`no field of a token request or a sign-out costs more than ${mostMs} ms`, async (t) => {
  const pumped = toPumpedEvents(['/oauth2/token', '/oauth2/revoke'], 'POST')
  assert.deepEqual(await findSlow(t, 'oauth2', pumped), [])
})

test(`no field of a request for metadata costs more than ${mostMs} ms`, async (t) => {
  const pumped = toPumpedEvents(['/oauth2/authorize', '/logout', '/nowhere'], 'GET')
  assert.deepEqual(await findSlow(t, 'metadata', pumped), [])
})

test(`a body of 10 MB costs no more than ${mostMs} ms`, async (t) => {
  assert.deepEqual(await findSlow(t, 'oauth2', toWholeBodies('/oauth2/token')), [])
})
