// Discovery and the redirects of the built function, in front of the embedded user pool.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../../local/world.ts'
import { demoClients } from '../../local/world-config.ts'
import { pickMetrics, pickRecords, send } from '../fixtures/conformance/proxy.ts'
import { assertLines } from '../record-schema.ts'

const publicUrl = 'https://proxy.example.com'
let world: World

before(async () => {
  world = await openWorld({ port: 0, env: { TOKEN_PROXY_PUBLIC_URL: publicUrl } })
})
after(async () => {
  await world.close()
  assertLines(world.records.lines())
})

const get = (path: string, method = 'GET') =>
  send(world.gateway.url, {
    method,
    path,
    headers: { 'content-type': undefined, origin: world.frontEnd.url },
  })
const clientId = demoClients[0]?.clientId ?? ''

test("discovery is the pool’s own document, except for the proxy's endpoints", async () => {
  const reply = await get('/.well-known/openid-configuration')
  assert.equal(reply.status, 200)
  const own = await fetch(`${world.userPool.issuer}/.well-known/openid-configuration`)
  const { registration_endpoint, ...document } = Object(await own.json())
  assert.match(registration_endpoint, /register/)
  assert.deepEqual(reply.body, {
    ...document,
    end_session_endpoint: `${publicUrl}/logout`,
    token_endpoint: `${publicUrl}/oauth2/token`,
    revocation_endpoint: `${publicUrl}/oauth2/revoke`,
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  })
  assert.equal(reply.headers['cache-control'], 'no-store')
  assert.equal(reply.headers['access-control-allow-origin'], world.frontEnd.url)
})

test('each client has a document of its own, and an unknown name has none', async () => {
  const path = '/.well-known/openid-configuration'
  assert.equal((await get(`/clients/web${path}`)).body['issuer'], world.userPool.issuer)
  const reply = await get(`/clients/other${path}`)
  assert.deepEqual([reply.status, reply.body['error']], [404, 'invalid_request'])
})

test('OAuth clients get the same document, of the address that they asked (RFC 8414 §3)', async () => {
  const { body: openid } = await get('/clients/web/.well-known/openid-configuration')
  const path = '/.well-known/oauth-authorization-server'
  for (const [asked, issuer] of [
    [path, publicUrl],
    [`/clients/web${path}`, `${publicUrl}/clients/web`],
    [`${path}/clients/web`, `${publicUrl}/clients/web`],
  ] as const) {
    const reply = await get(asked)
    assert.deepEqual([reply.status, reply.body], [200, { ...openid, issuer }], asked)
  }
  assert.equal((await get(`${path}/clients/other`)).status, 404)
})

test('requests to the root and health paths are answered and never counted', async () => {
  const linesBefore = world.records.lines().length
  for (const path of ['/', '/health']) {
    const reply = await get(path)
    assert.deepEqual([reply.status, reply.body['status']], [200, 'usable'], path)
  }
  await get('/login')
  const lines = world.records.lines().slice(linesBefore)
  assert.deepEqual(
    pickRecords(lines).map(({ cause }) => cause),
    ['parameter_missing'],
  )
})

test('user info is named in the refusal, since a redirect would lose the access token', async () => {
  const reply = await get('/oauth2/userInfo')
  assert.equal(reply.status, 404)
  assert.match(String(reply.body['error_description']), /user pool domain/)
})

for (const path of ['/oauth2/authorize', '/login', '/logout']) {
  test(`${path} leads to the user pool domain with the query as it came, and calls nobody`, async () => {
    const query = `client_id=${clientId}&state=a%2Fb+c&redirect_uri=https%3A%2F%2Fevil.example`
    const callsBefore = world.userPool.calls.length
    const reply = await get(`${path}?${query}`)
    assert.equal(reply.status, 302)
    assert.equal(reply.headers.location, `${world.userPool.domainUrl}${path}?${query}`)
    assert.equal(reply.raw, '')
    assert.equal(world.userPool.calls.length, callsBefore)
  })
}

test('an unknown client is redirected nowhere (RFC 9700 §4.11)', async () => {
  for (const query of ['', '?client_id=other', `?client_id=${clientId}&client_id=other`]) {
    const reply = await get(`/login${query}`)
    assert.equal(reply.status, 400)
    assert.equal(reply.headers.location, undefined)
  }
})

test('any method other than GET is refused with the allowed one', async () => {
  const reply = await get('/login', 'POST')
  assert.deepEqual([reply.status, reply.headers['allow']], [405, 'GET'])
})

test('every answer has its record and metrics, which say nothing of the query', async () => {
  const linesBefore = world.records.lines().length
  await get(`/login?client_id=${clientId}&state=do-not-log`)
  await get('/login?client_id=do-not-log')
  const lines = world.records.lines().slice(linesBefore)
  const records = pickRecords(lines).map(({ outcome, client, status, cause }) => ({
    outcome,
    client,
    status,
    cause,
  }))
  assert.deepEqual(records, [
    { outcome: 'ok', client: 'web', status: 302, cause: undefined },
    { outcome: 'failed', client: 'unknown', status: 400, cause: 'client_unknown' },
  ])
  assert.equal(pickMetrics(lines).length, 2)
  assert.doesNotMatch(lines.join(''), /do-not-log/)
})
