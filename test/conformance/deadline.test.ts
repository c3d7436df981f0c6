// The deadline is the smaller of the setting and what Lambda has left less the margin (REL-01).
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { routes } from '../../core/http-api.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { openGateway } from '../../local/gateway/gateway.ts'
import { openFunctionWorld } from '../fixtures/conformance/function-world.ts'
import { codeGrant, pickRecords, webClient } from '../fixtures/conformance/proxy.ts'
import { type Behaviour, openScriptedUpstream } from '../fixtures/conformance/scripted-upstream.ts'

interface Limits {
  readonly functionTimeoutSeconds: number
  readonly env?: Readonly<Record<string, string>>
}

/** Sends a code to a function whose time is short; Cognito behaves as given. */
async function exchange(t: TestContext, limits: Limits, ...behaviours: readonly Behaviour[]) {
  const upstream = await openScriptedUpstream()
  t.after(() => upstream.close())
  upstream.script(...behaviours)
  const world = await openFunctionWorld(t, upstream.url)
  const lines: string[] = []
  const gateway = await openGateway({
    port: 0,
    functionsFolder: ensureBuilt(),
    env: { ...world.env, ...limits.env },
    routes,
    cors: undefined,
    functionTimeoutSeconds: limits.functionTimeoutSeconds,
    onOutput: (line) => lines.push(line),
  })
  t.after(() => gateway.close())
  const reply = await fetch(`${gateway.url}/oauth2/token`, {
    method: 'POST',
    headers: { origin: webClient.origins[0] },
    body: new URLSearchParams(codeGrant()),
  })
  const body: Readonly<Record<string, unknown>> = Object(await reply.json())
  assert.equal(lines.filter((line) => line.includes('Task timed out')).length, 0)
  const [record] = pickRecords(lines)
  return { status: reply.status, error: body['error'], record }
}

/** What a busy machine may be late by. */
const marginMs = 3000

for (const [says, behaviour] of [
  ['is silent', 'silence'],
  ['drips', { drip: '{"access_token":"a","token_type":"Bearer"}', everyMs: 100 }],
] as const) {
  test(`where Cognito ${says}, the answer comes before Lambda's own time limit`, async (t) => {
    const env = { TOKEN_PROXY_DEADLINE_MARGIN_MS: String(marginMs) }
    const limits = { functionTimeoutSeconds: 6, env }
    const { status, error, record } = await exchange(t, limits, behaviour)
    assert.deepEqual([status, error], [504, 'temporarily_unavailable'])
    assert.equal(record?.['cause'], 'cognito_timeout')
    const remainingMs = Number(record?.['remaining_ms'])
    assert.ok(remainingMs > 0 && remainingMs <= marginMs, `${remainingMs} ms were left`)
  })
}

test('a shorter setting ends a request earlier than Lambda would', async (t) => {
  const env = { TOKEN_PROXY_DEADLINE_MS: '2000' }
  const { record } = await exchange(t, { functionTimeoutSeconds: 120, env }, 'silence')
  assert.equal(record?.['cause'], 'cognito_timeout')
  assert.ok(Number(record?.['total_ms']) < 60_000)
  assert.ok(Number(record?.['remaining_ms']) > 60_000)
})

test('if Lambda leaves no more than the margin, nothing is read or sent', async (t) => {
  const env = { TOKEN_PROXY_DEADLINE_MARGIN_MS: '5000' }
  const { status, record } = await exchange(t, { functionTimeoutSeconds: 5, env })
  assert.equal(status, 503)
  assert.equal(record?.['cause'], 'deadline_exhausted')
  assert.equal(record?.['attempts'], undefined)
})
