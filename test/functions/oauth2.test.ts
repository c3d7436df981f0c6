import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { hangMs } from '../fixtures/patience.ts'
import { stopTimers } from '../fixtures/stopped-timers.ts'

/** What Lambda leaves the function. */
const lambdaMs = 300

test('a request that outlives its own deadline is answered and recorded once, before Lambda ends it', {
  timeout: hangMs,
}, async (t) => {
  // Neither Secrets Manager nor Cognito ever answers.
  const silence = createServer(() => {}).listen(0, '127.0.0.1')
  const asked = once(silence, 'request')
  await once(silence, 'listening')
  t.after(() => {
    silence.closeAllConnections()
    silence.close()
  })
  const url = `http://127.0.0.1:${(silence.address() as AddressInfo).port}`
  const client = {
    name: 'web',
    clientId: '7web0client0example0000000',
    secretId: 'token-proxy/web',
    domain: url,
    origins: ['https://app.example'],
    redirectUris: ['https://app.example/callback'],
  }
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    TOKEN_PROXY_CLIENTS: JSON.stringify([client]),
  })
  const { handler } = await import('../../functions/oauth2.ts')

  const lines: string[] = []
  const write = process.stdout.write
  t.mock.method(process.stdout, 'write', (chunk: string | Uint8Array) => {
    if (typeof chunk !== 'string' || !chunk.startsWith('{'))
      return write.call(process.stdout, chunk)
    lines.push(...chunk.split('\n').filter(Boolean))
    return true
  })
  let calls = 0
  const context = {
    awsRequestId: 'request-of-lambda',
    getRemainingTimeInMillis: () => {
      calls += 1
      // The endpoint looks first: what it sees here is a deadline that fails to end it.
      return calls === 1 ? 10_000 : lambdaMs
    },
  }
  const event = {
    version: '2.0',
    rawPath: '/oauth2/token',
    rawQueryString: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://app.example',
    },
    requestContext: { http: { method: 'POST' }, requestId: 'JKJaXmPLvHcESHA=' },
    body: `grant_type=refresh_token&client_id=${client.clientId}&refresh_token=${'t'.repeat(80)}`,
    isBase64Encoded: false,
  }
  const passTime = stopTimers(t)
  const invoke = handler as unknown as (
    event: object,
    context: object,
  ) => ReturnType<typeof handler>
  const answering = invoke(event, context)
  // It waits for nothing but the clock once the secret is asked for.
  await asked
  passTime(lambdaMs - 1)
  const answer = await answering
  assert.ok(typeof answer === 'object' && 'statusCode' in answer, String(answer))
  assert.equal(answer.statusCode, 500)
  assert.equal(JSON.parse(String(answer.body)).error, 'server_error')
  assert.equal(answer.headers['x-request-id'], 'JKJaXmPLvHcESHA=')

  // What the endpoint was waiting for now fails; nothing more may come of it.
  silence.closeAllConnections()
  await once(silence.close(), 'close')
  await passTurns()
  // The SDK waits before it tries once more, and then finds nobody.
  passTime(10_000)
  await passTurns()
  const records = lines.map((line) => JSON.parse(line)).filter((line) => 'outcome' in line)
  assert.deepEqual(
    records.map(({ cause, request_id, outcome }) => ({ cause, request_id, outcome })),
    [{ cause: 'unforeseen', request_id: 'JKJaXmPLvHcESHA=', outcome: 'failed' }],
  )
})

/** Lets a few turns of the event loop pass, in which what needs no timer goes on. */
async function passTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await setImmediate()
}
