import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, fail, toCause } from '../../core/causes/catalogue.ts'
import type { OAuthRequest } from '../../core/oauth-request.ts'
import {
  chooseCookieChange,
  isCookieDead,
  judgeCookie,
  toClearedLines,
  toCookieLines,
  withoutRefreshToken,
} from '../../core/refresh-cookie.ts'
import { Secret } from '../../core/secret.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { toEvent } from '../fixtures/core/sample-event.ts'
import { causeNames } from '../fixtures/core/sample-outcome.ts'
import { codeRequest, refreshRequest, revocationRequest } from '../fixtures/core/sample-request.ts'

const client = toClient({ refreshToken: 'cookie' })
const name = '__Host-refresh-shop'
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
const cleared = [name, `${name}.1`].map((piece) => `${piece}=; Max-Age=0; ${attributes}`)
const tokens = { access_token: 'access-1', token_type: 'Bearer' }

type Texts = Readonly<Record<string, string>>
type Cookies = Readonly<Record<string, string | undefined>>
const judge = (cookies: Cookies, form: Texts = {}, grantType?: 'refresh_token') =>
  judgeCookie(
    toEvent({}, { cookies: new Map(Object.entries(cookies)) }),
    new Map(Object.entries(form)),
    client,
    grantType,
  )

test("takes the text of the client's own cookie, its pieces in their order", () => {
  const others = { '__Host-refresh-other': 'x', '__Host-refresh-shop.2': 'y', session: 'z' }
  assert.deepEqual(judge({ ...others, [name]: 'one' }, {}, 'refresh_token'), {
    ok: true,
    value: { grantType: 'refresh_token', client, sealed: 'one' },
  })
  assert.deepEqual(judge({ [`${name}.1`]: 'two', ...others, [name]: 'one' }), {
    ok: true,
    value: { grantType: undefined, client, sealed: 'onetwo' },
  })
})

test('misses a cookie that is absent, empty, or has lost its beginning', () => {
  for (const cookies of [{}, { [name]: '' }, { [`${name}.1`]: 'two' }]) {
    assert.deepEqual(judge(cookies), fail('refresh_cookie_missing'))
  }
})

test('reads none of two cookies with the name of one piece', () => {
  const twice = fail('refresh_cookie_unreadable', { evidence: ['sent_twice'] })
  assert.deepEqual(judge({ [name]: undefined }), twice)
  assert.deepEqual(judge({ [name]: 'one', [`${name}.1`]: undefined }), twice)
  assert.ok(judge({ [name]: 'one', session: undefined }).ok)
})

for (const [grantType, parameter] of [
  ['refresh_token', 'refresh_token'],
  [undefined, 'token'],
] as const) {
  test(`takes the word "cookie" for ${parameter}, and refuses every other`, () => {
    assert.ok(judge({ [name]: 'one' }, { [parameter]: 'cookie' }, grantType).ok)
    for (const text of ['Cookie', 'refresh-1', 'a b']) {
      const refused = fail('parameter_malformed', { detail: parameter })
      assert.deepEqual(judge({ [name]: 'one' }, { [parameter]: text }, grantType), refused)
      assert.deepEqual(judge({}, { [parameter]: text }, grantType), refused)
    }
  })
}

const unrotated = toClient({ refreshToken: 'cookie', refreshTokenRotation: 'off' })
const dead: readonly CauseName[] = [
  'refresh_cookie_unreadable',
  'redirect_uri_mismatch',
  'code_already_used',
  'code_rejected',
  'refresh_token_rejected',
  'refresh_token_revoked',
]

for (const cause of causeNames) {
  const isDead = dead.includes(cause)
  test(`${cause} shows that a cookie is ${isDead ? 'of no more use' : 'perhaps still good'}`, () => {
    assert.equal(isCookieDead(fail(cause), unrotated), isDead)
    if (isDead) assert.ok(toCause(cause).status < 500 && toCause(cause).status !== 429)
  })
}

for (const refreshTokenRotation of ['on', 'unknown'] as const) {
  test(`with rotation "${refreshTokenRotation}" a refused token that may have been replaced keeps its cookie`, () => {
    const asker = toClient({ refreshToken: 'cookie', refreshTokenRotation })
    const open = fail('refresh_token_rejected')
    assert.ok(!isCookieDead(open, asker))
    const candidates = ['refresh_token_expired', 'refresh_token_revoked'] as const
    assert.ok(isCookieDead(fail('refresh_token_rejected', { candidates }), asker))
    assert.ok(isCookieDead(fail('refresh_token_revoked', { certainty: 'likely' }), asker))
    assert.equal(chooseCookieChange({ ...refreshRequest, client: asker }, open, true), 'keep')
  })
}

test('a token that another Region may know keeps its cookie', () => {
  const candidates = ['refresh_token_expired', 'not_replicated_yet'] as const
  assert.ok(!isCookieDead(fail('refresh_token_rejected', { candidates }), unrotated))
})

test('every new refresh token goes into the cookie', () => {
  const value = { ...tokens, refresh_token: 'refresh-2' }
  for (const request of [codeRequest, refreshRequest]) {
    const change = chooseCookieChange(request, { ok: true, value }, false)
    assert.ok(change instanceof Secret)
    assert.equal(change.reveal(), 'refresh-2')
  }
})

test('a refresh without a new token keeps the cookie, and seals it again where its key is old', () => {
  const result = { ok: true, value: tokens } as const
  assert.equal(chooseCookieChange(refreshRequest, result, false), 'keep')
  const change = chooseCookieChange(refreshRequest, result, true)
  assert.ok(change instanceof Secret)
  assert.equal(change.reveal(), 'refresh-1')
})

test('a sign-out, and a sign-in without a refresh token, clear the cookie', () => {
  assert.equal(
    chooseCookieChange(revocationRequest, { ok: true, value: undefined }, false),
    'clear',
  )
  assert.equal(chooseCookieChange(codeRequest, { ok: true, value: tokens }, false), 'clear')
})

test('only a refresh whose token is dead clears the cookie when it fails', () => {
  const change = (request: OAuthRequest, cause: CauseName) =>
    chooseCookieChange({ ...request, client: unrotated }, fail(cause), true)
  assert.equal(change(refreshRequest, 'refresh_token_rejected'), 'clear')
  assert.equal(change(refreshRequest, 'refresh_token_rotated_out'), 'keep')
  assert.equal(change(refreshRequest, 'cognito_error'), 'keep')
  assert.equal(change(codeRequest, 'code_rejected'), 'keep')
})

const refusedSignOuts: readonly CauseName[] = [
  'redirect_uri_mismatch',
  'code_already_used',
  'code_rejected',
  'refresh_token_rejected',
  'refresh_token_rotated_out',
  'refresh_token_revoked',
  'token_type_not_revocable',
  'revocation_disabled',
]

for (const cause of causeNames) {
  const change = refusedSignOuts.includes(cause) ? 'clear' : 'keep'
  test(`a sign-out that fails with ${cause} will ${change} the cookie`, () => {
    assert.equal(chooseCookieChange(revocationRequest, fail(cause), false), change)
  })
}

test('a sign-out that Cognito calls an invalid request clears the cookie, since revocation is mostly off', () => {
  const candidates = ['revocation_disabled', 'cognito_changed'] as const
  const refused = fail('cognito_request_rejected', { candidates })
  assert.equal(chooseCookieChange(revocationRequest, refused, false), 'clear')
})

test('writes one line for each piece, and clears the piece that is not needed (RFC 6265bis §4.1.3.2)', () => {
  const lines = toCookieLines(client, '1.key.text', 60)
  assert.deepEqual(lines, [`${name}=1.key.text; Max-Age=60; ${attributes}`, cleared[1]])
})

/** What fits into one cookie beside its name and attributes. */
const room = (piece: string) => 4096 - `${piece}=; Max-Age=60; ${attributes}`.length
const [first, second] = [room(name), room(`${name}.1`)]

for (const [length, pieces] of [
  [first, 1],
  [first + 1, 2],
  [first + second, 2],
] as const) {
  test(`${length} characters fill ${pieces} cookies of at most 4096 bytes each`, () => {
    const sealed = 'a'.repeat(length)
    const lines = toCookieLines(client, sealed, 60) ?? []
    assert.equal(lines.length, 2)
    for (const line of lines) assert.ok(line.length <= 4096)
    const values = lines.map((line) => line.slice(line.indexOf('=') + 1, line.indexOf(';')))
    assert.equal(values.join(''), sealed)
    assert.equal(values.filter((value) => value !== '').length, pieces)
  })
}

test('a text too long for two cookies is not written at all', () => {
  assert.equal(toCookieLines(client, 'a'.repeat(first + second + 1), 60), undefined)
})

test('clears every piece, with the attributes without which a browser would keep it', () => {
  assert.deepEqual(toClearedLines(client), cleared)
})

test('shows a script every token but the refresh token', () => {
  const all = { ...tokens, id_token: 'id-1', expires_in: 60, scope: 'openid' }
  assert.deepEqual(withoutRefreshToken({ ...all, refresh_token: 'refresh-1' }), all)
  assert.deepEqual(withoutRefreshToken(all), all)
})
