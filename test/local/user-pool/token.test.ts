import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import {
  basicOf,
  type Form,
  openVisitor,
  redirectUri,
  type Visitor,
} from '../../fixtures/local/user-pool-visitor.ts'

let visitor: Visitor
before(async () => {
  visitor = await openVisitor()
})
after(() => visitor.close())

const errorOf = async (response: Response) => {
  const body = (await response.json()) as { error: string }
  assert.deepEqual(Object.keys(body), ['error'])
  return `${response.status} ${body.error}`
}
const refuse = async (form: Form, headers?: Record<string, string>) =>
  errorOf(await visitor.post('/oauth2/token', form, headers))

test('both ways of client authentication and both active secrets are accepted', async () => {
  const { client } = visitor
  const second = { id: 'two', value: 'another+secret_0123456789', createdAtSeconds: 2 }
  client.secrets.push(second)
  const basic = { authorization: basicOf(client.clientId, second.value) }
  const { form } = await visitor.signIn()
  assert.equal((await visitor.post('/oauth2/token', form, basic)).status, 200)
  client.secrets.pop()
  assert.equal(await refuse((await visitor.signIn()).form, basic), '400 invalid_client')
  const inBody = {
    ...(await visitor.signIn()).form,
    client_id: client.clientId,
    client_secret: client.secrets[0]?.value ?? '',
  }
  assert.equal((await visitor.post('/oauth2/token', inBody, {})).status, 200)
})

test('a secret that is still spreading is refused, while the other one is accepted', async (t) => {
  const { client } = visitor
  const value = 'another+secret_0123456789'
  const worksFromMs = Date.now() + 3_600_000
  client.secrets.push({ id: 'two', value, createdAtSeconds: 2, worksFromMs })
  t.after(() => client.secrets.pop())
  const basic = { authorization: basicOf(client.clientId, value) }
  assert.equal(await refuse((await visitor.signIn()).form, basic), '400 invalid_client')
  assert.equal((await visitor.post('/oauth2/token', (await visitor.signIn()).form)).status, 200)
})

test('wrong or absent client authentication is invalid_client', async () => {
  const { clientId } = visitor.client
  const { form } = await visitor.signIn()
  const wrong = [basicOf(clientId, 'wrong'), basicOf('nobody', 'x'), 'Bearer x', 'Basic %%%']
  for (const authorization of wrong) {
    assert.equal(await refuse(form, { authorization }), '400 invalid_client')
  }
  assert.equal(await refuse({ ...form, client_id: clientId }, {}), '400 invalid_client')
  assert.equal((await visitor.post('/oauth2/token', form)).status, 200)
})

test('a public app client names itself in the body and must not authenticate', async (t) => {
  const { client } = visitor
  const { secrets } = client
  client.secrets = []
  t.after(() => {
    client.secrets = secrets
  })
  const form = { ...(await visitor.signIn()).form, client_id: client.clientId }
  assert.equal(await refuse(form), '400 invalid_client')
  assert.equal((await visitor.post('/oauth2/token', form, {})).status, 200)
})

test('a missing parameter is invalid_request, an unknown grant unsupported_grant_type', async () => {
  assert.equal(await refuse({}), '400 invalid_request')
  assert.equal(await refuse({ grant_type: 'refresh_token' }), '400 invalid_request')
  const code = { grant_type: 'authorization_code', redirect_uri: redirectUri }
  assert.equal(await refuse(code), '400 invalid_request')
  assert.equal(await refuse({ grant_type: 'password' }), '400 unsupported_grant_type')
})

test('a code is refused when unknown, used twice, or without its verifier', async () => {
  const { form } = await visitor.signIn()
  assert.equal(await refuse({ ...form, code: crypto.randomUUID() }), '400 invalid_grant')
  assert.equal((await visitor.post('/oauth2/token', form)).status, 200)
  assert.equal(await refuse(form), '400 invalid_grant')
})

test('a failed exchange spends the code', async () => {
  for (const spoilt of [
    { code_verifier: '' },
    { code_verifier: 'short' },
    { code_verifier: 'x'.repeat(43) },
  ]) {
    const { form } = await visitor.signIn()
    assert.equal(await refuse({ ...form, ...spoilt }), '400 invalid_grant')
    assert.equal(await refuse(form), '400 invalid_grant')
  }
})

test('PKCE is not forced: a sign-in without a challenge is exchanged without a verifier', async () => {
  const signIn = await visitor.signIn({ code_challenge: '', code_challenge_method: '' })
  const { code_verifier: _, ...form } = signIn.form
  assert.equal((await visitor.post('/oauth2/token', form)).status, 200)
})

test('another redirect URI than at authorize is unauthorized_client, registered or not', async () => {
  const other = 'http://127.0.0.1:3000/other'
  const { form } = await visitor.signIn()
  const elsewhere = { ...form, redirect_uri: other }
  assert.equal(await refuse(elsewhere), '400 unauthorized_client')
  visitor.client.callbackUrls.push(other)
  assert.equal(await refuse(elsewhere), '400 unauthorized_client')
  visitor.client.callbackUrls.pop()
})

test('an expired refresh token is refused by the provider itself', async () => {
  const { refresh_token } = await visitor.tokens()
  visitor.pool.breakWith('refresh_expired', 1)
  const form = { grant_type: 'refresh_token', refresh_token }
  assert.equal(await refuse(form), '400 invalid_grant')
  assert.equal(await refuse(form), '400 invalid_grant')
})

test('revocation refuses JWTs, a missing token and wrong clients, and can be off for the app client', async () => {
  const { access_token, refresh_token } = await visitor.tokens()
  const revoke = async (form: Form, headers?: Record<string, string>) =>
    errorOf(await visitor.post('/oauth2/revoke', form, headers))
  assert.equal(await revoke({ token: access_token }), '400 unsupported_token_type')
  assert.equal(await revoke({}), '400 invalid_request')
  const authorization = basicOf(visitor.client.clientId, 'wrong')
  assert.equal(await revoke({ token: refresh_token }, { authorization }), '401 invalid_client')
  visitor.client.enableTokenRevocation = false
  assert.equal(await revoke({ token: refresh_token }), '400 invalid_request')
  visitor.client.enableTokenRevocation = true
})

test('another method, content type or Accept draws 405 without a body', async () => {
  const url = `${visitor.pool.domainUrl}/oauth2/token`
  const form = 'application/x-www-form-urlencoded'
  const requests: RequestInit[] = [
    { method: 'GET' },
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
    { method: 'POST', headers: { 'content-type': `"${form}"` }, body: '' },
    { method: 'POST', headers: { 'content-type': form, accept: 'text/html' }, body: 'a=b' },
  ]
  for (const init of requests) {
    const response = await fetch(url, init)
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'POST')
    assert.equal(await response.text(), '')
  }
})

test('a request without User-Agent is stopped with a page, as a web ACL does', async () => {
  const url = `${visitor.pool.domainUrl}/oauth2/token`
  const response = await new Promise<{ status: number; type: string }>((resolve, reject) => {
    const asked = request(url, { method: 'POST' }, (incoming) => {
      incoming.resume()
      const { statusCode = 0, headers } = incoming
      resolve({ status: statusCode, type: headers['content-type'] ?? '' })
    })
    asked.on('error', reject).end()
  })
  assert.deepEqual(response, { status: 403, type: 'text/html' })
})

test('every request is remembered with path, headers, form and time', async () => {
  const startedBefore = Date.now()
  await visitor.post('/oauth2/token', { grant_type: 'nothing' })
  const call = visitor.pool.calls.at(-1)
  assert.equal(call?.path, '/oauth2/token')
  assert.equal(call?.method, 'POST')
  assert.equal(call?.body, 'grant_type=nothing')
  assert.match(call?.headers.authorization ?? '', /^Basic /)
  assert.ok((call?.startedAt ?? 0) >= startedBefore)
})
