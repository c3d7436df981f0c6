import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { Secret } from '../../core/secret.ts'
import {
  findOpenSignIns,
  judgeSignIn,
  toClearedSignIn,
  toSignInRedirect,
} from '../../core/sign-in-cookie.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { toEvent } from '../fixtures/core/sample-event.ts'

const client = toClient({ refreshToken: 'cookie' })
const challenge = 'c'.repeat(43)
const own = { verifier: new Secret('v'.repeat(43)), challenge: 'o'.repeat(43) }
const destination = { address: 'https://shop.example.com/login', query: 'a=b' }
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
const toName = (one: string) => `__Host-sign-in-shop.${one}`
const withCookies = (...pairs: readonly (readonly [string, string | undefined])[]) =>
  toEvent({}, { cookies: new Map(pairs) })
const judge = (parameters: Readonly<Record<string, string>>, event = withCookies()) =>
  judgeSignIn(event, new Map(Object.entries(parameters)), client, destination)

test('a sign-in begins with an S256 challenge, and knows the sign-ins of other tabs', () => {
  const event = withCookies(
    [toName('1'.repeat(43)), 'x'.repeat(43)],
    [toName(challenge), 'y'.repeat(43)],
    [toName('2'.repeat(43)), 'z'.repeat(43)],
  )
  const open = ['1'.repeat(43), '2'.repeat(43)]
  const parameters = { code_challenge: challenge, code_challenge_method: 'S256' }
  const value = { kind: 'sign_in' as const, client, challenge, ...destination, open }
  assert.deepEqual(judge(parameters, event), { ok: true, value })
})

test('a sign-in without a challenge, or with one that Cognito does not take, does not begin', () => {
  assert.deepEqual(judge({}), fail('parameter_missing', { detail: 'code_challenge' }))
  for (const parameters of [
    { code_challenge: challenge },
    { code_challenge: challenge, code_challenge_method: 'plain' },
    { code_challenge: `${challenge}c`, code_challenge_method: 'S256' },
    { code_challenge: `${challenge.slice(1)}=`, code_challenge_method: 'S256' },
  ]) {
    assert.deepEqual(judge(parameters), fail('parameter_malformed', { detail: 'code_challenge' }))
  }
})

test('a sign-in that a page of another site has begun gets no cookie, so that none pile up', () => {
  const parameters = { code_challenge: challenge, code_challenge_method: 'S256' }
  for (const [site, isRefused] of [
    ['cross-site', true],
    ['same-site', false],
    ['same-origin', false],
    ['none', false],
  ] as const) {
    const judged = judge(parameters, toEvent({}, { headers: new Map([['sec-fetch-site', site]]) }))
    const refused = fail('origin_not_allowed', { detail: 'cross_site' })
    assert.deepEqual(judged.ok ? 'ok' : judged, isRefused ? refused : 'ok', site)
  }
})

const redirect = (query: string, open: readonly string[] = []) =>
  toSignInRedirect({ kind: 'sign_in', client, challenge, ...destination, query, open }, own)

test('Cognito is shown the own challenge, and the rest of the query stays byte for byte', () => {
  for (const [query, sent] of [
    [`code_challenge=${challenge}&state=%7e+x`, `code_challenge=${own.challenge}&state=%7e+x`],
    [`a&&code%5Fchallenge=${challenge}`, `a&&code_challenge=${own.challenge}`],
    ['code_challenge_method=S256', 'code_challenge_method=S256'],
  ] as const) {
    assert.equal(redirect(query).location, `${destination.address}?${sent}`)
  }
})

test('the own verifier goes into a cookie that no script can read, for an hour', () => {
  assert.deepEqual(redirect('').cookies, [
    `${toName(challenge)}=${own.verifier.reveal()}; Max-Age=3600; ${attributes}`,
  ])
})

test('of more than eight open sign-ins the oldest are given up', () => {
  const open = Array.from({ length: 10 }, (_, index) => `${index}`.repeat(43))
  const givenUp = (count: number) => redirect('', open.slice(0, count)).cookies.slice(1)
  assert.deepEqual(givenUp(7), [])
  assert.deepEqual(givenUp(8), [toClearedSignIn(client, '0'.repeat(43))])
  assert.equal(givenUp(10).length, 3)
})

test('open sign-ins are those of the client and of the right form, none of them twice', () => {
  const event = withCookies(
    [toName(challenge), 'v'.repeat(43)],
    [toName('d'.repeat(43)), undefined],
    [toName('e'.repeat(43)), 'short'],
    [toName('f'), 'v'.repeat(43)],
    [`__Host-sign-in-shop2.${'g'.repeat(43)}`, 'v'.repeat(43)],
    ['other', 'v'.repeat(43)],
  )
  const open = [...findOpenSignIns(event, client)]
  assert.deepEqual(
    open.map(([name, verifier]) => [name, verifier.reveal()]),
    [[challenge, 'v'.repeat(43)]],
  )
})

test('a sign-in that has ended loses its cookie', () => {
  assert.equal(
    toClearedSignIn(client, challenge),
    `${toName(challenge)}=; Max-Age=0; ${attributes}`,
  )
})
