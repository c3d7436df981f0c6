import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { switches } from '../../../local/switches.ts'
import type { PoolSwitch } from '../../../local/user-pool/user-pool.ts'
import { openVisitor, type Visitor } from '../../fixtures/local/user-pool-visitor.ts'
import { hangMs } from '../../fixtures/patience.ts'

let visitor: Visitor
before(async () => {
  visitor = await openVisitor()
})
after(() => visitor.close())

interface Expected {
  readonly grant: 'code' | 'refresh'
  readonly status: number
  /** The whole body, or what it must match. */
  readonly body: string | RegExp
  readonly headers?: Record<string, string>
}

const oauth = (grant: Expected['grant'], error: string): Expected => ({
  grant,
  status: 400,
  body: JSON.stringify({ error }),
})
const page = (status: number): Expected => ({
  grant: 'code',
  status,
  body: new RegExp(`^<html>[^]*${status}`),
  headers: { 'content-type': 'text/html' },
})

const answers = {
  secret_mismatch: oauth('code', 'invalid_client'),
  client_gone: oauth('code', 'invalid_client'),
  client_without_secret: oauth('code', 'invalid_client'),
  code_grant_not_allowed: oauth('code', 'unauthorized_client'),
  oauth_flows_off: oauth('refresh', 'unauthorized_client'),
  callback_not_registered: oauth('code', 'unauthorized_client'),
  trigger_failed: {
    grant: 'code',
    status: 400,
    body: '{"error":"invalid_request","error_description":"PreTokenGeneration failed with error The trigger said no."}',
  },
  redirect_differs: oauth('code', 'unauthorized_client'),
  code_expired: oauth('code', 'invalid_grant'),
  code_used: oauth('code', 'invalid_grant'),
  verifier_wrong: oauth('code', 'invalid_grant'),
  refresh_expired: oauth('refresh', 'invalid_grant'),
  refresh_revoked: oauth('refresh', 'invalid_grant'),
  refresh_rotated_out: oauth('refresh', 'invalid_grant'),
  throttled: {
    grant: 'code',
    status: 429,
    body: '{"__type":"TooManyRequestsException","message":"Rate exceeded"}',
    headers: { 'retry-after': '2' },
  },
  waf_page: page(403),
  not_found: page(404),
  html_500: page(500),
  method_refused: { grant: 'code', status: 405, body: '', headers: { allow: 'GET' } },
  redirected: { grant: 'code', status: 302, body: '' },
  garbage: {
    grant: 'code',
    status: 200,
    body: '%%% not json %%%',
    headers: { 'content-type': 'application/json' },
  },
} as const satisfies Partial<Record<PoolSwitch, Expected>>

const cut = ['silence', 'reset', 'cut_body'] as const satisfies PoolSwitch[]

async function formFor(grant: Expected['grant']) {
  if (grant === 'code') return (await visitor.signIn()).form
  const { refresh_token } = await visitor.tokens()
  return { grant_type: 'refresh_token', refresh_token }
}

for (const [name, expected] of Object.entries(answers) as [PoolSwitch, Expected][]) {
  test(`${name} makes the token endpoint answer ${expected.status}, and fixing restores the pool`, async () => {
    const healthy = structuredClone(visitor.config)
    const refreshForm = await formFor('refresh')
    visitor.pool.breakWith(name)
    const form = expected.grant === 'refresh' ? refreshForm : await formFor('code')
    const response = await visitor.post('/oauth2/token', form)
    const body = await response.text()
    assert.equal(response.status, expected.status)
    if (typeof expected.body === 'string') assert.equal(body, expected.body)
    else assert.match(body, expected.body)
    for (const [header, value] of Object.entries(expected.headers ?? {})) {
      assert.equal(response.headers.get(header), value)
    }
    const isOfConfig = switches[name].part === 'user pool'
    assert.equal(JSON.stringify(visitor.config) !== JSON.stringify(healthy), isOfConfig)
    visitor.pool.restore()
    assert.deepEqual(visitor.config, healthy)
    assert.equal(visitor.pool.broken, undefined)
    assert.ok((await visitor.tokens()).access_token)
  })
}

for (const name of cut) {
  test(`${name} ends the exchange without a whole answer`, { timeout: hangMs }, async () => {
    const { form } = await visitor.signIn()
    visitor.pool.breakWith(name)
    const already = visitor.pool.calls.length
    const asked = visitor.post('/oauth2/token', form).then((response) => response.text())
    const failed = assert.rejects(asked)
    if (name === 'silence') {
      while (visitor.pool.calls.length === already) await new Promise(setImmediate)
      visitor.pool.restore()
    }
    await failed
    visitor.pool.restore()
  })
}

test('every switch of the user pool, the sign-in and the network is provoked here', () => {
  const ofPool = Object.entries(switches).filter(([, { part }]) => part !== 'secret')
  assert.deepEqual(ofPool.map(([name]) => name).sort(), [...Object.keys(answers), ...cut].sort())
})

for (const [name, { failsAt, part }] of Object.entries(switches)) {
  if (part === 'secret' || cut.some((one) => one === name)) continue
  test(`${name} fails what its switch says it fails, and nothing else`, async () => {
    const forms = { 'sign-in': await formFor('code'), refresh: await formFor('refresh') }
    visitor.pool.breakWith(name as PoolSwitch)
    const failed: string[] = []
    for (const [attempt, form] of Object.entries(forms)) {
      const response = await visitor.post('/oauth2/token', form)
      const isToken = (await response.text()).includes('access_token')
      if (!isToken) failed.push(attempt)
    }
    visitor.pool.restore()
    assert.deepEqual(failed, failsAt)
  })
}

test('a fault of codes leaves refreshes alone, and a fault of refresh tokens leaves codes alone', async () => {
  const refreshForm = await formFor('refresh')
  visitor.pool.breakWith('code_expired')
  assert.equal((await visitor.post('/oauth2/token', refreshForm)).status, 200)
  visitor.pool.breakWith('refresh_revoked')
  assert.equal((await visitor.post('/oauth2/token', await formFor('code'))).status, 200)
  visitor.pool.restore()
})

test('a fault with a count ends after that many requests', async () => {
  visitor.pool.breakWith('throttled', 2)
  const statuses: number[] = []
  const { form } = await visitor.signIn()
  for (let request = 0; request < 3; request++) {
    statuses.push((await visitor.post('/oauth2/token', form)).status)
  }
  assert.deepEqual(statuses, [429, 429, 200])
  assert.equal(visitor.pool.broken, undefined)
})

test('one switch replaces another, and what the other changed is restored', async () => {
  const healthy = structuredClone(visitor.config)
  visitor.pool.breakWith('client_gone')
  visitor.pool.breakWith('waf_page')
  assert.deepEqual(visitor.config, healthy)
  assert.equal(visitor.pool.broken, 'waf_page')
  visitor.pool.restore()
})
