import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  basicOf,
  type Form,
  locationOf,
  logoutUri,
  openVisitor,
  redirectUri,
  type Visitor,
} from '../../fixtures/local/user-pool-visitor.ts'

// Each refusal of the embedded user pool that docs/local-world.md names, endpoint by endpoint.
let visitor: Visitor
before(async () => {
  visitor = await openVisitor()
})
after(() => visitor.close())

const elsewhere = 'https://elsewhere.example/'
const clientId = '1example23456789'

const authorize = async (extra: Form) =>
  locationOf(await visitor.browse(visitor.authorizeAddress(extra).address))

for (const [what, extra, error] of [
  ['no response type', { response_type: '' }, 'invalid_request'],
  ['a response type that it does not know', { response_type: 'code id_token' }, 'invalid_request'],
  ['the implicit grant', { response_type: 'token' }, 'unauthorized_client'],
  ['a challenge without a method', { code_challenge_method: '' }, 'invalid_request'],
  ['a challenge that is sent as it is', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['a method without a challenge', { code_challenge: '' }, 'invalid_request'],
  ['a scope that the app client does not have', { scope: 'openid api/write' }, 'invalid_scope'],
  ['offline_access', { scope: 'openid offline_access' }, 'invalid_scope'],
  ['email without openid', { scope: 'email' }, 'invalid_scope'],
  ['a resource that the pool does not know', { resource: elsewhere }, 'invalid_request'],
] as const) {
  test(`authorize sends ${what} back as ${error}, with the state`, async () => {
    const { origin, pathname, searchParams } = new URL(await authorize(extra))
    assert.equal(origin + pathname, redirectUri)
    assert.equal(searchParams.get('error'), error)
    assert.equal(searchParams.get('state'), 'the state')
    assert.equal(searchParams.has('code'), false)
  })
}

for (const [what, extra, error] of [
  ['no app client', { client_id: '' }, 'redirect_mismatch'],
  ['an unknown app client', { client_id: 'nobody' }, 'redirect_mismatch'],
  ['no redirect URI', { redirect_uri: '' }, 'redirect_mismatch'],
  ['another redirect URI', { redirect_uri: elsewhere }, 'redirect_mismatch'],
  ['a redirect URI with one slash more', { redirect_uri: `${redirectUri}/` }, 'redirect_mismatch'],
  [
    'a redirect URI on another port',
    { redirect_uri: 'http://127.0.0.1:3001/callback' },
    'redirect_mismatch',
  ],
  [
    'an identity provider that the pool does not have',
    { identity_provider: 'Google' },
    'Login option',
  ],
  ['an identifier of an identity provider', { idp_identifier: 'example.com' }, 'Login option'],
] as const) {
  test(`authorize shows ${what} on the error page of the domain`, async () => {
    const page = await authorize(extra)
    assert.match(page, /^\/error\?error=/)
    const shown = await visitor.browse(page)
    assert.equal(shown.status, 400)
    assert.match(await shown.text(), new RegExp(error))
  })
}

test('authorize gives no answer but the one in the query: other parameters of OpenID Connect count for nothing', async () => {
  await visitor.signIn()
  for (const extra of [
    { response_mode: 'form_post' },
    { response_mode: 'fragment' },
    { claims: '{"id_token":{"acr":{"essential":true}}}' },
    { id_token_hint: 'none' },
    { request: 'none' },
  ]) {
    const { searchParams, hash } = new URL(await authorize(extra))
    assert.ok(searchParams.has('code'), JSON.stringify(extra))
    assert.equal(hash, '')
  }
})

for (const [what, form, error] of [
  ['no client_id', { logout_uri: logoutUri }, "parameter 'client_id' is not present"],
  [
    'OpenID Connect’s hint instead of client_id',
    { id_token_hint: 'token', logout_uri: logoutUri },
    "parameter 'client_id' is not present",
  ],
  [
    'OpenID Connect’s address',
    { client_id: clientId, post_logout_redirect_uri: logoutUri },
    "parameter 'redirect_uri' is not present",
  ],
  ['no address', { client_id: clientId }, "parameter 'redirect_uri' is not present"],
  [
    'a redirect URI without a response type',
    { client_id: clientId, redirect_uri: redirectUri },
    "parameter 'response_type' is not present",
  ],
  ['an unknown app client', { client_id: 'nobody', logout_uri: logoutUri }, 'redirect_mismatch'],
  ['another address', { client_id: clientId, logout_uri: elsewhere }, 'redirect_mismatch'],
  [
    'an address for signing out as the one for signing in',
    { client_id: clientId, redirect_uri: logoutUri, response_type: 'code' },
    'redirect_mismatch',
  ],
] as const) {
  test(`logout refuses ${what}, and the session goes on`, async () => {
    await visitor.signIn()
    const page = locationOf(await visitor.browse(`/logout?${new URLSearchParams(form)}`))
    assert.equal(new URL(page, elsewhere).searchParams.get('error')?.endsWith(error), true)
    assert.equal((await visitor.browse(page)).status, 400)
    assert.match(await authorize({}), /[?&]code=/)
  })
}

for (const [method, path, allow] of [
  ['POST', '/oauth2/authorize', 'GET'],
  ['POST', '/logout', 'GET'],
  ['PUT', '/login', 'GET, POST'],
  ['POST', '/oauth2/userInfo', 'GET, OPTIONS'],
] as const) {
  test(`${method} ${path} is answered 405`, async () => {
    const answer = await visitor.browse(path, { method })
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), allow)
  })
}

const userInfo = (path: string, headers: Record<string, string>) =>
  fetch(`${visitor.pool.domainUrl}${path}`, { headers })

test('userInfo refuses a request without a token as 400, wherever else the token is', async () => {
  const { access_token } = await visitor.tokens()
  for (const [path, headers] of [
    ['/oauth2/userInfo', {}],
    [`/oauth2/userInfo?access_token=${access_token}`, {}],
    ['/oauth2/userInfo', { authorization: `Basic ${access_token}` }],
  ] as const) {
    const answer = await userInfo(path, headers)
    assert.equal(answer.status, 400)
    assert.match(answer.headers.get('www-authenticate') ?? '', /^error="invalid_request"/)
    assert.equal(await answer.text(), '')
  }
})

test('userInfo refuses a token without openid, or none of its own, as 401', async () => {
  const { form } = await visitor.signIn({ scope: 'api/read' })
  const { access_token } = (await (await visitor.post('/oauth2/token', form)).json()) as Form
  for (const token of [access_token, 'none-of-ours']) {
    const answer = await userInfo('/oauth2/userInfo', { authorization: `Bearer ${token}` })
    assert.equal(answer.status, 401)
    assert.match(answer.headers.get('www-authenticate') ?? '', /^error="invalid_token"/)
  }
})

test('a refresh gives the scopes of the sign-in, whatever scope it asks for', async () => {
  const { refresh_token } = await visitor.tokens()
  const form = { grant_type: 'refresh_token', refresh_token, scope: 'openid' }
  const answer = (await (await visitor.post('/oauth2/token', form)).json()) as Form
  const { scope } = JSON.parse(
    Buffer.from(answer['access_token']?.split('.')[1] ?? '', 'base64url').toString(),
  )
  assert.equal(scope, 'openid email')
})

test('the token endpoint refuses two ways of client authentication at once, and a resource', async () => {
  const { client_secret } = { client_secret: visitor.client.secrets[0]?.value ?? '' }
  const basic = { authorization: basicOf(clientId, client_secret) }
  const { form } = await visitor.signIn()
  for (const [extra, error] of [
    [{ client_secret }, 'invalid_client'],
    [{ resource: elsewhere }, 'invalid_grant'],
  ] as const) {
    const answer = await visitor.post('/oauth2/token', { ...form, ...extra }, basic)
    assert.equal(answer.status, 400)
    assert.deepEqual(await answer.json(), { error })
  }
})
