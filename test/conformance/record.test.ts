import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { metrics } from '../../core/metrics.ts'
import { upstreamFaults } from '../fixtures/conformance/faults.ts'
import {
  type Call,
  codeGrant,
  type Line,
  openProxy,
  type ProxyOptions,
  parseLines,
  refreshGrant,
  type TestedProxy,
} from '../fixtures/conformance/proxy.ts'
import { refusedCalls } from '../fixtures/conformance/refused-calls.ts'
import type { Behaviour } from '../fixtures/conformance/scripted-upstream.ts'

const allowedFields = [
  ...['request_id', 'outcome', 'cause', 'fault', 'certainty', 'evidence', 'candidates', 'fix'],
  ...['runbook', 'client', 'grant_type', 'status', 'oauth_error', 'upstream_status'],
  ...['upstream_error', 'upstream_request_id', 'attempts', 'total_ms', 'upstream_ms', 'secret_ms'],
  ...['secret_source', 'secret_age_s', 'remaining_ms', 'cold_start'],
  // What Powertools adds.
  ...['level', 'message', 'service'],
]

/** What the line of a success holds for CloudWatch besides. */
const metricFields = [...Object.keys(metrics), 'result']

async function open(t: TestContext, options: ProxyOptions = {}): Promise<TestedProxy> {
  const proxy = await openProxy(options)
  t.after(() => proxy.close())
  return proxy
}

/** Sends one request after the other, and holds what was written against the form of a record. */
async function sendAll(proxy: TestedProxy, calls: readonly (readonly [Call, Behaviour?])[]) {
  for (const [call, behaviour] of calls) {
    if (behaviour !== undefined) proxy.upstream.script(behaviour)
    await proxy.send(call)
  }
  const lines = calls.length + countFailures(proxy)
  assert.equal(proxy.lines().length, lines)
  assert.equal(parseLines(proxy.lines()).length, lines)
  assert.equal(proxy.metrics().length, calls.length)
  assert.equal(proxy.records().length, calls.length)
  for (const record of proxy.records()) assertForm(record)
  for (const line of proxy.lines()) assert.ok(Buffer.byteLength(line) <= 2048, line)
}

/** Their metrics are lines of their own. */
function countFailures(proxy: TestedProxy): number {
  return proxy.records().filter(({ outcome }) => outcome === 'failed').length
}

function assertForm({ _aws, ...record }: Line): void {
  const allowed = _aws === undefined ? allowedFields : [...allowedFields, ...metricFields]
  assert.deepEqual(
    Object.keys(record).filter((name) => !allowed.includes(name)),
    [],
  )
  for (const value of Object.values(record)) {
    const items = Array.isArray(value) ? value : [value]
    assert.ok(items.every((item) => ['string', 'number', 'boolean'].includes(typeof item)))
  }
}

const tokens = { access_token: 'access', token_type: 'Bearer', expires_in: 3600 }
const ok: Behaviour = {
  status: 200,
  headers: { 'x-amz-cognito-request-id': 'a'.repeat(64) },
  body: tokens,
}

/** The form of Cognito's own request ids. */
const uuid = '9f3c1f8e-4f6d-4c1b-9a53-7b0f2c9d1e84'
/** What CloudWatch Logs adds to the size of each line. */
const bytesBesideLine = 26

/** Successes, every refusal and every fault of Cognito that needs no waiting. */
const mixed: readonly (readonly [Call, Behaviour?])[] = [
  [{ body: codeGrant() }, ok],
  [{ body: refreshGrant() }, ok],
  ...refusedCalls.map(({ call }) => [call] as const),
  ...upstreamFaults
    .filter(({ cause }) => cause !== 'cognito_timeout')
    .map(({ behaviour }) => [{ body: refreshGrant() }, behaviour] as const),
]

test('every request writes one record and its metrics, in lines of JSON of at most 2 KiB, with allowed fields only (OBS-02)', async (t) => {
  const longest = { name: 'n'.repeat(32), clientId: codeGrant()['client_id'] ?? '' }
  const proxy = await open(t, {
    clients: (web) => [{ ...web, ...longest }],
    env: {
      TOKEN_PROXY_SERVICE: 's'.repeat(32),
      TOKEN_PROXY_RUNBOOK_URL: `https://runbook.example/${'r'.repeat(200)}`,
      _X_AMZN_TRACE_ID:
        'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=557abcec3ee5a047;Sampled=1',
    },
  })
  await sendAll(proxy, mixed)
})

test('a success writes at most 850 bytes in its one line, what CloudWatch counts beside it among them', async (t) => {
  const proxy = await open(t, { env: { TOKEN_PROXY_SERVICE: 'token-proxy-dev' } })
  const calls = [codeGrant(), refreshGrant(), codeGrant()]
  await sendAll(
    proxy,
    calls.map((body) => [{ body }, { ...ok, headers: { 'x-amz-cognito-request-id': uuid } }]),
  )
  // The first of a sandbox also reports its cold start and the secret that it read.
  const bytes = proxy
    .lines()
    .slice(1)
    .map((line) => Buffer.byteLength(line) + bytesBesideLine)
  const most = Math.max(...bytes)
  assert.ok(bytes.length === 2 && most <= 850, `${most} bytes`)
})

const marker = 'c4n4ry'
const hostile = [
  '\r\n',
  '\n{"outcome":"ok","_aws":{}}\n',
  '\x1b[2J',
  '\u2028',
  '\u0085',
  '","outcome":"ok","x":"',
  '\\',
  '%0a',
  '\ud83d\ude00',
]

test('line breaks, escapes and quotes of a caller make neither a line nor a field (OBS-02)', async (t) => {
  const proxy = await open(t)
  const calls = hostile.flatMap((text): readonly Call[] => {
    const value = `${marker}${text}${marker}`
    const inHeader = value.replaceAll(/[^\x20-\x7e]/g, '')
    return [
      ...['code', 'client_id', 'grant_type', 'redirect_uri', 'code_verifier', value].map(
        (name) => ({
          body: codeGrant({ [name]: value }),
        }),
      ),
      { body: refreshGrant({ refresh_token: value }), headers: { origin: inHeader } },
      { body: refreshGrant({ refresh_token: `${value} ` }) },
      { path: `/${encodeURIComponent(value)}`, headers: { 'user-agent': inHeader } },
      { path: `/oauth2/token?${encodeURIComponent(value)}` },
      {
        headers: {
          'content-type': inHeader,
          'x-request-id': inHeader,
          'x-amzn-trace-id': inHeader,
        },
      },
    ]
  })
  // What only looks like a refresh that could go on: the unknown names in it are dropped.
  proxy.upstream.script(...calls.map(() => ok))
  for (const call of calls) await proxy.send(call)
  const unasked = calls.length - proxy.upstream.requests.length
  for (let at = 0; at < unasked; at += 1) await proxy.send({ body: refreshGrant() })
  const sent = calls.length + unasked
  assert.equal(proxy.lines().length, sent + countFailures(proxy))
  assert.equal(proxy.records().length, sent)
  for (const record of proxy.records()) assertForm(record)
  assert.ok(!proxy.lines().join('\n').includes(marker))
})

test('line breaks, escapes and quotes of Cognito make neither a line nor a field (OBS-02)', async (t) => {
  const proxy = await open(t)
  const behaviours = hostile.flatMap((text): readonly Behaviour[] => {
    const value = `${marker}${text}${marker}`
    // Never of a request id's form, whatever is left of it.
    const inHeader = `"${value.replaceAll(/[^\x20-\x7e]/g, '')}"`
    const headers = { 'x-amz-cognito-request-id': inHeader, 'retry-after': inHeader }
    return [
      { status: 400, headers, body: { error: value, error_description: value, [value]: value } },
      { status: 400, headers, body: { error: 'invalid_grant', error_description: value } },
      { status: 429, headers, body: value },
      { status: 500, headers, body: value },
      { status: 200, headers, body: { ...tokens, access_token: value, scope: `\n${value}` } },
    ]
  })
  await sendAll(
    proxy,
    behaviours.map((behaviour) => [{ body: codeGrant() }, behaviour]),
  )
  assert.ok(!proxy.lines().join('\n').includes(marker))
})

const settings: readonly Readonly<Record<string, string>>[] = [
  { POWERTOOLS_LOG_LEVEL: 'DEBUG' },
  { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  { LOG_LEVEL: 'DEBUG' },
  { AWS_LAMBDA_LOG_LEVEL: 'DEBUG', AWS_LAMBDA_LOG_FORMAT: 'JSON' },
  { AWS_LAMBDA_LOG_LEVEL: 'TRACE', POWERTOOLS_LOG_LEVEL: 'TRACE' },
  { POWERTOOLS_LOGGER_LOG_EVENT: 'true' },
  { POWERTOOLS_LOGGER_SAMPLE_RATE: '1' },
  { POWERTOOLS_DEV: 'true' },
  { POWERTOOLS_SERVICE_NAME: 'other', POWERTOOLS_METRICS_NAMESPACE: 'other' },
  { POWERTOOLS_METRICS_DISABLED: 'true' },
]

/** What a few requests wrote, but for the values that differ from run to run. */
async function writeSome(t: TestContext, env: Readonly<Record<string, string>>) {
  const proxy = await open(t, { env })
  await sendAll(proxy, [
    [{ body: codeGrant() }, ok],
    [{ body: refreshGrant() }, { status: 500 }],
    [{ method: 'GET' }],
  ])
  return [...proxy.records(), ...proxy.metrics()].map((line) => [
    Object.keys(line),
    ['level', 'service'].map((name) => line[name]),
  ])
}

test('no variable of the logger or of Lambda changes what is written (OBS-02)', async (t) => {
  const usual = await writeSome(t, {})
  for (const env of settings) {
    await t.test(JSON.stringify(env), async (t) => {
      assert.deepEqual(await writeSome(t, env), usual)
    })
  }
})
