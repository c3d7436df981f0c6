import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { CauseName } from '../../core/causes/catalogue.ts'
import { assertFailure, assertHeaders } from '../fixtures/conformance/contract.ts'
import { assertFinding, openTestWorld } from '../fixtures/conformance/diagnosed-world.ts'
import { upstreamFaults } from '../fixtures/conformance/faults.ts'
import {
  type Call,
  openProxy,
  type ProxyOptions,
  refreshGrant,
  webClient,
} from '../fixtures/conformance/proxy.ts'

const path = '/oauth2/revoke'
const { clientId: client_id } = webClient
const body = { token: 'a-refresh-token', client_id }

async function open(t: TestContext, options: ProxyOptions = {}) {
  const proxy = await openProxy(options)
  t.after(() => proxy.close())
  return proxy
}

test('a token is revoked where Cognito says so, and the answer is an empty object (RFC 7009 §2.2)', async (t) => {
  const proxy = await open(t)
  proxy.upstream.script({ status: 200, headers: { 'set-cookie': 'XSRF-TOKEN=1' } })
  const reply = await proxy.send({ path, body })
  assert.deepEqual([reply.status, reply.raw], [200, '{}'])
  const [record] = proxy.records()
  assert.equal(assertHeaders(reply), record?.['request_id'])
  assert.deepEqual(
    [record?.['outcome'], record?.['client'], record?.['grant_type']],
    ['ok', 'web', 'none'],
  )
})

test('only the token and the client id travel on, on the path of revocation', async (t) => {
  const { upstream, secret, ...proxy } = await open(t)
  upstream.script({ status: 200 })
  const hostile = {
    ...{ token_type_hint: 'access_token', scope: 'admin', resource: 'https://evil.example' },
    ...{ refresh_token: 'another', code: 'x', grant_type: 'refresh_token', domain: 'evil' },
  }
  const headers = { 'x-forwarded-host': 'evil.example', cookie: 'a=b', 'user-agent': 'evil' }
  assert.equal((await proxy.send({ path, body: { ...hostile, ...body }, headers })).status, 200)
  const [seen] = upstream.requests
  assert.equal(`${seen?.method} ${seen?.path}`, `POST ${path}`)
  assert.equal(seen?.body, `token=a-refresh-token&client_id=${client_id}`)
  const pair = Buffer.from(`${client_id}:${secret}`).toString('base64')
  assert.deepEqual(
    seen.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
    [
      ...['authorization', 'content-type', 'content-length', 'accept', 'accept-encoding'],
      ...['user-agent', 'host', 'connection'],
    ],
  )
  assert.equal(seen.headers.authorization, `Basic ${pair}`)
  assert.equal(seen.headers['user-agent'], 'token-proxy')
})

const refused: readonly (readonly [string, Call, CauseName, string?])[] = [
  ['no token', { body: { client_id } }, 'parameter_missing', 'token'],
  ['no client', { body: { token: 'a' } }, 'parameter_missing', 'client_id'],
  ['another client', { body: { token: 'a', client_id: 'b' } }, 'client_unknown'],
  ['a token with a space', { body: { ...body, token: 'a b' } }, 'parameter_malformed', 'token'],
  ['a token twice', { body: `token=a&token=b&client_id=${client_id}` }, 'parameter_repeated'],
  [
    'another origin',
    { headers: { origin: 'https://evil.example' } },
    'origin_not_allowed',
    'unlisted',
  ],
  ['no origin', { headers: { origin: undefined } }, 'origin_not_allowed', 'absent'],
  [
    'a client secret',
    { body: { ...body, client_secret: 'x' } },
    'caller_sent_credentials',
    'client_secret',
  ],
  [
    'a Basic pair',
    { headers: { authorization: 'Basic YTpi' } },
    'caller_sent_credentials',
    'authorization_header',
  ],
  ['a DPoP proof', { headers: { dpop: 'x' } }, 'dpop_unsupported'],
  ['a query', { path: `${path}?token=a` }, 'query_not_allowed'],
  ['a GET', { method: 'GET' }, 'method_not_allowed'],
  [
    'JSON',
    { headers: { 'content-type': 'application/json' }, body: '{}' },
    'content_type_unsupported',
  ],
  ['a body too large', { body: 'x'.repeat(16_385) }, 'body_too_large', 'body'],
  ['bytes that are no form', { body: Buffer.from('token=%FF') }, 'body_malformed', 'utf8'],
  ['a path with a slash more', { path: `${path}/` }, 'route_not_found'],
]

test('what may not be asked is refused before anything is fetched or sent', async (t) => {
  const proxy = await open(t)
  for (const [says, call, cause, detail] of refused) {
    const known = proxy.records().length
    const reply = await proxy.send({ path, body, ...call })
    await t.test(`${says} is ${cause}`, () => {
      assertFailure(reply, proxy.records()[known], { cause, ...(detail && { detail }) })
    })
  }
  assert.equal(proxy.secretCalls(), 0)
  assert.equal(proxy.upstream.requests.length, 0)
})

/** What a revocation makes of what a refresh is answered with; the other faults mean the same to both. */
const otherwise: Readonly<Record<string, CauseName | undefined>> = {
  invalid_grant: 'refresh_token_rejected',
}
const sameForBoth = upstreamFaults.filter(
  ({ says, grants = ['refresh'] }) =>
    grants.includes('refresh') &&
    !['an HTML 200', 'a 200 with an error', 'silence', 'an answer that drips'].includes(says),
)
test('nothing but Cognito’s own 200 revokes', async (t) => {
  const proxy = await open(t)
  for (const { says, behaviour, cause, retryAfterSeconds } of sameForBoth) {
    // What may be done twice is done twice: a token that is revoked twice is revoked.
    const attempts = proxy.upstream.requests.length
    proxy.upstream.script(behaviour, behaviour)
    const known = proxy.records().length
    const reply = await proxy.send({ path, body })
    const sent = proxy.upstream.requests.length - attempts
    if (sent === 1) await proxy.send({ path, body })
    await t.test(`${says} is ${cause}`, () => {
      assert.notEqual(reply.status, 200)
      assertFailure(reply, proxy.records()[known], {
        cause: otherwise[says] ?? cause,
        ...(retryAfterSeconds && { retryAfterSeconds }),
      })
    })
  }
})

test('an access token is not revocable, and the answer says so', async (t) => {
  const world = await openTestWorld(t)
  const tokens = await world.visitor.tokens()
  const form = { client_id: world.visitor.client.clientId, token: tokens.access_token }
  const answered = await world.ask(form, path)
  assertFinding(answered, {
    cause: 'token_type_not_revocable',
    certainty: 'proved',
    evidence: [],
  })
  assert.deepEqual(world.describeCalls(), [])
})

test('a token that was revoked is revoked: refreshing with it fails for that reason', async (t) => {
  const world = await openTestWorld(t)
  const form = await world.refreshForm()
  for (const _ of ['at first', 'and again, which changes nothing']) {
    const { reply } = await world.revoke(form)
    assert.deepEqual([reply.status, reply.raw], [200, '{}'])
  }
  const refused = await world.ask(form)
  assertFinding(refused, {
    cause: 'refresh_token_revoked',
    certainty: 'likely',
    evidence: ['token_revoked_before'],
  })
  const other = await world.ask(await world.refreshForm())
  assert.equal(other.reply.status, 200)
})

test('a refresh that is refused as invalid says nothing about revocation', async (t) => {
  const proxy = await open(t)
  proxy.upstream.script({ status: 400, body: { error: 'unsupported_token_type' } })
  await proxy.send({ body: refreshGrant() })
  assert.equal(proxy.records()[0]?.['cause'], 'cognito_request_rejected')
})
