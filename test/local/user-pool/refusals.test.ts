import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  elsewhere,
  errorsOfAuthorize,
  pagesOfAuthorize,
  pagesOfLogout,
  type Refusal,
  refusalsOfUserInfo,
} from '../../fixtures/local/pool-refusals.ts'
import {
  basicOf,
  type Form,
  locationOf,
  openVisitor,
  redirectUri,
  type Visitor,
} from '../../fixtures/local/user-pool-visitor.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/local-world.md'), 'utf8')

let visitor: Visitor
before(async () => {
  visitor = await openVisitor()
})
after(() => visitor.close())

const clientId = '1example23456789'

const rowsOf = (endpoint: string, refusals: readonly Refusal[]) =>
  refusals.map(([what, , error]) => `${endpoint} | ${what} | \`${error}\``)

test('the page lists these refusals and no other', () => {
  const rows = [...page.matchAll(/^\| ((?:authorize|logout|userInfo) \| .+) \| [^|]+ \|$/gm)]
  assert.deepEqual(
    rows.map(([, row]) => row),
    [
      ...rowsOf('authorize', [...errorsOfAuthorize, ...pagesOfAuthorize]),
      ...rowsOf('logout', pagesOfLogout),
      ...refusalsOfUserInfo.map(([what, , answer]) => `userInfo | ${what} | ${answer}`),
    ],
  )
})

const authorize = async (extra: Form) =>
  locationOf(await visitor.browse(visitor.authorizeAddress(extra).address))

for (const [what, extra, error] of errorsOfAuthorize) {
  test(`authorize sends ${what} back as ${error}, with the state`, async () => {
    const { origin, pathname, searchParams } = new URL(await authorize(extra))
    assert.equal(origin + pathname, redirectUri)
    assert.equal(searchParams.get('error'), error)
    assert.equal(searchParams.get('state'), 'the state')
    assert.equal(searchParams.has('code'), false)
  })
}

async function assertShown(address: string, error: string): Promise<void> {
  const { pathname, searchParams } = new URL(address, elsewhere)
  assert.equal(pathname, '/error')
  assert.ok(searchParams.get('error')?.includes(error), address)
  const shown = await visitor.browse(address)
  assert.equal(shown.status, 400)
}

for (const [what, extra, error] of pagesOfAuthorize) {
  test(`authorize shows ${what} on the error page of the domain`, async () => {
    await assertShown(await authorize(extra), error)
  })
}

for (const [what, form, error] of pagesOfLogout) {
  test(`logout refuses ${what}, and the session goes on`, async () => {
    await visitor.signIn()
    await assertShown(
      locationOf(await visitor.browse(`/logout?${new URLSearchParams(form)}`)),
      error,
    )
    assert.match(await authorize({}), /[?&]code=/)
  })
}

for (const [what, send, expected] of refusalsOfUserInfo) {
  test(`userInfo refuses ${what}`, async () => {
    const { access_token: token } = await visitor.tokens()
    const address = `${visitor.pool.domainUrl}/oauth2/userInfo`
    const taken = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(taken.status, 200)
    const [query, headers] = send(token)
    const answer = await fetch(address + query, { headers })
    const challenge = answer.headers.get('www-authenticate') ?? ''
    const error = /^error="(\w+)"/.exec(challenge)?.[1]
    assert.equal(`${answer.status} \`${error}\``, expected)
    assert.equal(await answer.text(), '')
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

test('a resource at sign-in makes the exchange fail, and sign-in itself goes on', async () => {
  const { answer, form } = await visitor.signIn({ resource: elsewhere })
  assert.deepEqual([...answer.searchParams.keys()], ['code', 'state'])
  const refused = await visitor.post('/oauth2/token', form)
  assert.equal(refused.status, 400)
  assert.deepEqual(await refused.json(), { error: 'invalid_grant' })
})
