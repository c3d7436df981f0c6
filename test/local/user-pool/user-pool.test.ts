import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import {
  type Form,
  locationOf,
  logoutUri,
  openVisitor,
  redirectUri,
  user,
  type Visitor,
} from '../../fixtures/local/user-pool-visitor.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

let nowMs = Date.now()
let visitor: Visitor
before(async () => {
  visitor = await openVisitor({ clock: () => nowMs })
})
after(() => visitor.close())

const discover = async () =>
  (await (await fetch(`${visitor.pool.issuer}/.well-known/openid-configuration`)).json()) as Record<
    string,
    string
  >

const refresh = (refresh_token: string) =>
  visitor.post('/oauth2/token', { grant_type: 'refresh_token', refresh_token })

const userInfo = (accessToken: string) =>
  fetch(`${visitor.pool.domainUrl}/oauth2/userInfo`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })

const logOut = (form: Record<string, string>) =>
  visitor.browse(`/logout?${new URLSearchParams(form)}`)

test('discovery and keys are at the second address only, with the fields that Cognito has', async () => {
  const document = await discover()
  assert.equal(document['issuer'], visitor.pool.issuer)
  assert.deepEqual(Object.keys(document), [
    'authorization_endpoint',
    'end_session_endpoint',
    'id_token_signing_alg_values_supported',
    'issuer',
    'jwks_uri',
    'registration_endpoint',
    'response_types_supported',
    'revocation_endpoint',
    'scopes_supported',
    'subject_types_supported',
    'token_endpoint',
    'token_endpoint_auth_methods_supported',
    'userinfo_endpoint',
  ])
  assert.equal((await visitor.browse('/.well-known/openid-configuration')).status, 404)
  assert.equal((await visitor.browse('/.well-known/jwks.json')).status, 404)
})

test('a sign-in returns state and a UUID as code, and the code is exchanged for Cognito’s fields', async () => {
  const { answer, form } = await visitor.signIn()
  assert.deepEqual([...answer.searchParams.keys()], ['code', 'state'])
  assert.match(form['code'] ?? '', uuid)
  const response = await visitor.post('/oauth2/token', form)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'application/json;charset=UTF-8')
  assert.match(response.headers.get('x-amz-cognito-request-id') ?? '', uuid)
  assert.match(response.headers.get('set-cookie') ?? '', /^XSRF-TOKEN=/)
  assert.match(response.headers.get('cache-control') ?? '', /^no-cache, no-store/)
  assert.equal(response.headers.get('access-control-allow-origin'), '*')
  assert.deepEqual(Object.keys((await response.json()) as object), [
    'id_token',
    'access_token',
    'refresh_token',
    'expires_in',
    'token_type',
  ])
})

test('ID and access token verify against the key set and carry Cognito’s claims', async () => {
  const { id_token, access_token } = await visitor.tokens()
  const keys = createRemoteJWKSet(new URL((await discover())['jwks_uri'] ?? ''))
  const { issuer } = visitor.pool
  const audience = visitor.client.clientId
  const { payload: id } = await jwtVerify(id_token, keys, { issuer, audience })
  assert.equal(id['token_use'], 'id')
  assert.equal(id['email'], user.email)
  assert.equal(id['cognito:username'], user.username)
  assert.equal(id['nonce'], 'the nonce')
  assert.match(id.sub ?? '', uuid)
  const { payload: access } = await jwtVerify(access_token, keys, { issuer })
  assert.equal(access['token_use'], 'access')
  assert.equal(access['client_id'], audience)
  assert.equal(access['username'], user.username)
  assert.equal(access['scope'], 'openid email')
  assert.equal((access.exp ?? 0) - (access.iat ?? 0), visitor.client.accessTokenValiditySeconds)
})

test('a wrong password is said on the sign-in page, and the right one still works there', async () => {
  await logOut({ client_id: visitor.client.clientId, logout_uri: logoutUri })
  const login = locationOf(await visitor.browse(visitor.authorizeAddress().address))
  const send = (password: string) =>
    visitor.browse(login, {
      method: 'POST',
      body: new URLSearchParams({ username: user.username, password }),
    })
  assert.match(await (await send('wrong')).text(), /Incorrect username or password/)
  assert.match(locationOf(await send(user.password)), /\/oauth2\/authorize\//)
})

test('another user can sign in with the browser of a signed-in user', async (t) => {
  t.after(() => logOut({ client_id: visitor.client.clientId, logout_uri: logoutUri }))
  await visitor.signIn()
  const { address, verifier } = visitor.authorizeAddress({ prompt: 'login' })
  const login = locationOf(await visitor.browse(address))
  const body = new URLSearchParams({ username: 'bob', password: user.password })
  const resumed = locationOf(await visitor.browse(login, { method: 'POST', body }))
  const answer = new URL(locationOf(await visitor.browse(resumed)))
  const response = await visitor.post('/oauth2/token', {
    grant_type: 'authorization_code',
    code: answer.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const { id_token } = (await response.json()) as { id_token: string }
  assert.equal(decodeJwt(id_token)['cognito:username'], 'bob')
})

test('without rotation a refresh keeps the refresh token and names none', async () => {
  const { refresh_token } = await visitor.tokens()
  for (let time = 0; time < 2; time++) {
    const answer = (await (await refresh(refresh_token)).json()) as object
    assert.deepEqual(Object.keys(answer), ['id_token', 'access_token', 'expires_in', 'token_type'])
  }
})

test('with rotation a refresh brings a new refresh token, and the old one works only in the grace', async (t) => {
  visitor.client.refreshTokenRotation = { retryGracePeriodSeconds: 10 }
  t.after(() => {
    visitor.client.refreshTokenRotation = undefined
  })
  const { refresh_token: first } = await visitor.tokens()
  const { refresh_token: second } = (await (await refresh(first)).json()) as Record<string, string>
  assert.ok(second && second !== first)
  nowMs += 9_999
  const { refresh_token: third = '' } = (await (await refresh(first)).json()) as Form
  assert.ok(![first, second].includes(third))
  nowMs += 1
  const late = await refresh(first)
  assert.equal(late.status, 400)
  assert.equal(await late.text(), '{"error":"invalid_grant"}')
  // Of several that one brought, Cognito is reported to take only the newest.
  assert.equal((await refresh(second ?? '')).status, 400)
  assert.equal((await refresh(third)).status, 200)
})

test('revoking a refresh token ends it and its access tokens, and no other sign-in', async () => {
  const revoked = await visitor.tokens()
  const other = await visitor.tokens()
  const shown = (await (await userInfo(revoked.access_token)).json()) as { email: string }
  assert.equal(shown.email, user.email)
  for (let time = 0; time < 2; time++) {
    const response = await visitor.post('/oauth2/revoke', { token: revoked.refresh_token })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
  }
  assert.equal((await refresh(revoked.refresh_token)).status, 400)
  assert.equal((await userInfo(revoked.access_token)).status, 401)
  assert.equal((await refresh(other.refresh_token)).status, 200)
  assert.equal((await userInfo(other.access_token)).status, 200)
})

test('the key set has two keys, one for ID tokens and one for access tokens', async () => {
  const { id_token, access_token } = await visitor.tokens()
  const { keys } = (await (await fetch((await discover())['jwks_uri'] ?? '')).json()) as {
    keys: { kid: string }[]
  }
  const kids = [id_token, access_token].map((token) => decodeProtectedHeader(token).kid)
  assert.deepEqual(
    keys.map(({ kid }) => kid),
    kids,
  )
  assert.equal(new Set(kids).size, 2)
})

test('userInfo says in a text whether the address is verified', async () => {
  const { access_token } = await visitor.tokens()
  const answer = await userInfo(access_token)
  assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8')
  const claims = (await answer.json()) as Record<string, unknown>
  assert.equal(claims['email_verified'], 'true')
  assert.equal(claims['username'], user.username)
})

test('userInfo takes no token but a signed access token', async () => {
  const { id_token, access_token } = await visitor.tokens()
  assert.equal((await userInfo(id_token)).status, 401)
  assert.equal((await userInfo(decodeJwt(access_token).jti ?? '')).status, 401)
  assert.equal((await userInfo(`${access_token.slice(0, -8)}AAAAAAAA`)).status, 401)
})

test('logout ends the session in the browser, and leads on to a registered address or to sign-in', async () => {
  const { clientId } = visitor.client
  const again = { redirect_uri: redirectUri, response_type: 'code', scope: 'openid', state: 'x' }
  const forms = [
    [{ client_id: clientId, logout_uri: logoutUri, state: 'not handed on' }, logoutUri],
    [
      { client_id: clientId, ...again },
      `/login?${new URLSearchParams({ client_id: clientId, ...again })}`,
    ],
  ] as const
  for (const [form, address] of forms) {
    await visitor.signIn()
    const signedIn = await visitor.browse(visitor.authorizeAddress().address)
    assert.match(locationOf(signedIn), /[?&]code=/)
    assert.equal(locationOf(await logOut(form)), address)
    const next = await visitor.browse(visitor.authorizeAddress().address)
    assert.match(locationOf(next), /^\/login\?/)
  }
})

test('the address that logout leads to is one where a sign-in can begin', async () => {
  const { clientId } = visitor.client
  const form = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code' }
  const login = locationOf(await logOut(form))
  const authorize = locationOf(await visitor.browse(login))
  assert.match(locationOf(await visitor.browse(authorize)), /^\/login\?uid=/)
})

test('the sign-in page can be entered with the parameters of authorize', async () => {
  const { address } = visitor.authorizeAddress()
  const entry = locationOf(await visitor.browse(address.replace('/oauth2/authorize', '/login')))
  assert.equal(entry, address)
})
