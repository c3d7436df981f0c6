import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../../../adapters/clock.ts'
import { askWithJunkCode } from '../../../adapters/doctor/live-probe.ts'
import { openConnections } from '../../../adapters/http/connections.ts'
import type { Findings } from '../../../core/doctor/findings.ts'
import { Secret } from '../../../core/secret.ts'
import { toFindings, toPoolClient } from '../../fixtures/core/sample-findings.ts'
import { hangMs } from '../../fixtures/patience.ts'

interface Call {
  readonly path: string
  readonly authorization: string
  readonly form: URLSearchParams
}

/** A token endpoint that answers every call alike. */
async function openEndpoint(t: TestContext, status: number, body: object) {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const { authorization = '' } = request.headers
    calls.push({ path: request.url ?? '', authorization, form })
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const connections = openConnections(systemClock, { idleConnectionMs: 0, mostInFlight: 200 })
  t.after(() => {
    connections.close()
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const probe = (changes: Partial<Findings> = {}) => {
    const findings = toFindings(changes)
    const client = { ...findings.client, domain: `http://127.0.0.1:${port}` }
    const secret = new Secret('stored')
    return askWithJunkCode({ ...findings, client }, secret, hangMs, connections, systemClock)
  }
  return { calls, probe }
}

const toCause = (result: Awaited<ReturnType<typeof askWithJunkCode>>) =>
  result.ok ? 'ok' : result.cause

test('asks with a fresh code and verifier each time, as a request would', async (t) => {
  const { calls, probe } = await openEndpoint(t, 400, { error: 'invalid_grant' })
  assert.equal(toCause(await probe()), 'code_rejected')
  await probe()
  const [first, second] = calls
  assert.equal(first?.path, '/oauth2/token')
  assert.equal(first?.authorization, `Basic ${Buffer.from('client1:stored').toString('base64')}`)
  assert.equal(first?.form.get('redirect_uri'), 'https://shop.example.com/callback')
  assert.match(first?.form.get('code') ?? '', /^[0-9a-f-]{36}$/)
  assert.match(first?.form.get('code_verifier') ?? '', /^[\w-]{43}$/)
  for (const field of ['code', 'code_verifier']) {
    assert.notEqual(first?.form.get(field), second?.form.get(field))
  }
})

test('probes a client without the code grant with an invented refresh token', async (t) => {
  const { calls, probe } = await openEndpoint(t, 400, { error: 'invalid_grant' })
  for (const redirectUris of [[], ['https://shop.example.com/callback']]) {
    const client = toPoolClient({ redirectUris, grants: ['refresh_token'] })
    assert.equal(toCause(await probe({ client })), 'refresh_token_rejected')
    assert.equal(calls.at(-1)?.form.get('grant_type'), 'refresh_token')
  }
})

test('asks a client that does nothing but exchange codes with an invented code', async (t) => {
  const { calls, probe } = await openEndpoint(t, 400, { error: 'invalid_grant' })
  await probe({ client: toPoolClient({ grants: ['authorization_code'] }) })
  assert.equal(calls[0]?.form.get('grant_type'), 'authorization_code')
})

for (const [error, cause] of Object.entries({
  invalid_client: 'client_rejected',
  // No sign-in began with this code: the redirect URI cannot be the one that differs.
  unauthorized_client: 'client_unauthorized',
  invalid_request: 'cognito_request_rejected',
})) {
  test(`asks once and no more where a client in order meets ${error}, and calls it ${cause}`, async (t) => {
    const { calls, probe } = await openEndpoint(t, 400, { error })
    assert.equal(toCause(await probe()), cause)
    assert.equal(calls.length, 1)
  })
}

test('never asks twice after any answer', async (t) => {
  for (const status of [429, 500, 302, 403]) {
    const { calls, probe } = await openEndpoint(t, status, {})
    await probe()
    assert.equal(calls.length, 1)
  }
})

test('diagnoses a refusal from the description of the pool', async (t) => {
  const { probe } = await openEndpoint(t, 400, { error: 'invalid_client' })
  const absent = { ok: false, why: 'absent' } as const
  const denied = { ok: false, why: 'denied' } as const
  assert.equal(toCause(await probe({ appClient: absent })), 'client_not_found')
  const unread = { appClient: denied, activeSecrets: denied, pool: denied, domain: denied }
  assert.equal(toCause(await probe(unread)), 'client_rejected')
})

test('hands tokens on as the surprise that they are', async (t) => {
  const { probe } = await openEndpoint(t, 200, { access_token: 'a', token_type: 'Bearer' })
  assert.equal(toCause(await probe()), 'ok')
})
