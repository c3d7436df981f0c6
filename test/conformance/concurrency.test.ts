// Many requests at once in one process: nobody ever gets the tokens of somebody else (REL-11).
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import test from 'node:test'
import { ensureBuilt } from '../../local/built-functions.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { openFunctionWorld } from '../fixtures/conformance/function-world.ts'

// EXCHANGES sets another number.
const exchanges = Number(process.env['EXCHANGES'] ?? 100_000)
const atOnce = 200
const clientIds = ['alpha', 'beta', 'gamma']

test(`${exchanges} interleaved exchanges in one process never cross`, async (t) => {
  // Tokens say which client asked with which code or refresh token.
  const upstream = await openHttpServer(t, async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const pair = atob((request.headers.authorization ?? '').slice('Basic '.length))
    const client = pair.slice(0, pair.indexOf(':'))
    const grant = form.get('code') ?? form.get('refresh_token')
    const access_token = `${client} ${form.get('client_id')} ${grant}`
    const body = JSON.stringify({ access_token, token_type: 'Bearer', expires_in: 3600 })
    // In another order than they came.
    if (grant?.endsWith('0')) setImmediate(() => response.end(body))
    else response.end(body)
  })
  const { env, aws } = await openFunctionWorld(t, `http://127.0.0.1:${upstream.port}`, (web) =>
    clientIds.map((name) => ({ ...web, name, clientId: name, secretId: `token-proxy/${name}` })),
  )
  const script = join(
    import.meta.dirname,
    '..',
    'fixtures',
    'conformance',
    'interleaved-function.ts',
  )
  const args = [join(ensureBuilt(), 'oauth2.mjs'), String(exchanges), String(atOnce), ...clientIds]
  const child = fork(script, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [[seen], [exitCode]] = await Promise.all([once(child, 'message'), once(child, 'exit')])
  assert.deepEqual(seen, { answered: exchanges, crossed: 0, failed: 0 })
  assert.equal(exitCode, 0)
  assert.equal(aws.calls.length, clientIds.length)
})
