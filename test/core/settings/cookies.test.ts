import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../../../core/settings/client.ts'
import { noteCookieProblems } from '../../../core/settings/cookies.ts'
import { openProblems } from '../../../core/settings/problems.ts'
import { parseSettings } from '../../../core/settings/settings.ts'
import { textSettings } from '../../../core/settings/table.ts'
import { leastClientFields, toClient } from '../../fixtures/core/sample-client.ts'

function findCookieProblems(clients: readonly (Client | undefined)[], given: typeof texts) {
  const problems = openProblems()
  noteCookieProblems(clients, given, problems)
  return problems.list
}

const texts = { publicUrl: 'https://login.example.com', cookieKeySecret: 'token-proxy/cookie-key' }
const cookieShop = toClient({ refreshToken: 'cookie' })

test('reports nothing if no client uses a cookie, even if other things are missing', () => {
  const none = { publicUrl: '', cookieKeySecret: '' }
  assert.deepEqual(findCookieProblems([toClient(), undefined], none), [])
  assert.deepEqual(findCookieProblems([toClient()], texts), [])
  assert.deepEqual(findCookieProblems([], none), [])
})

test('finds nothing to say where proxy and front end are of one site', () => {
  assert.deepEqual(findCookieProblems([toClient(), cookieShop], texts), [])
})

test('names the address and the key where a cookie needs them, once for all clients', () => {
  const rule = 'is missing: a client has refreshToken "cookie"'
  const missing = { publicUrl: '', cookieKeySecret: '' }
  assert.deepEqual(findCookieProblems([cookieShop, cookieShop], missing), [
    `TOKEN_PROXY_PUBLIC_URL ${rule}`,
    `TOKEN_PROXY_COOKIE_KEY_SECRET ${rule}`,
  ])
  assert.deepEqual(findCookieProblems([cookieShop], { ...texts, cookieKeySecret: '' }), [
    `TOKEN_PROXY_COOKIE_KEY_SECRET ${rule}`,
  ])
})

test('names each origin of another site by its place', () => {
  const origins = ['https://shop.example.org', 'https://shop.example.com', 'http://localhost:3000']
  const clients = [
    toClient({ origins }),
    undefined,
    toClient({ refreshToken: 'cookie', origins }),
    cookieShop,
  ]
  const rule = 'must be on the same site as TOKEN_PROXY_PUBLIC_URL'
  assert.deepEqual(findCookieProblems(clients, texts), [
    `TOKEN_PROXY_CLIENTS[2].origins[0] ${rule}`,
    `TOKEN_PROXY_CLIENTS[2].origins[2] ${rule}`,
  ])
})

test('refuses a client that may not refresh, along with its other mistakes', () => {
  const codeOnly = toClient({ refreshToken: 'cookie', grants: ['authorization_code'] })
  const rule = 'TOKEN_PROXY_CLIENTS[0].grants must include refresh_token with refreshToken "cookie"'
  assert.deepEqual(findCookieProblems([codeOnly], texts), [rule])
  assert.ok(findCookieProblems([codeOnly], { ...texts, publicUrl: '' }).includes(rule))
  assert.deepEqual(findCookieProblems([toClient({ grants: ['authorization_code'] })], texts), [])
})

const fields = { ...leastClientFields, refreshToken: 'cookie' }

function parse(environment: Readonly<Record<string, string>>, client: object = fields) {
  return parseSettings({
    TOKEN_PROXY_CLIENTS: JSON.stringify([client]),
    TOKEN_PROXY_PUBLIC_URL: texts.publicUrl,
    TOKEN_PROXY_COOKIE_KEY_SECRET: texts.cookieKeySecret,
    ...environment,
  })
}

function toProblems(environment: Readonly<Record<string, string>>, client: object = fields) {
  const parsed = parse(environment, client)
  return parsed.ok ? [] : parsed.problems
}

test('the settings take a client with a cookie, its address and its key', () => {
  const parsed = parse({})
  assert.ok(parsed.ok)
  const { publicUrl, cookieKeySecret } = parsed.settings
  assert.deepEqual({ publicUrl, cookieKeySecret }, texts)
})

test('the settings refuse a cookie that cannot work', () => {
  assert.equal(toProblems({ TOKEN_PROXY_PUBLIC_URL: '' }).length, 1)
  assert.equal(toProblems({ TOKEN_PROXY_PUBLIC_URL: 'https://login.example.org' }).length, 1)
  assert.equal(toProblems({ TOKEN_PROXY_COOKIE_KEY_SECRET: '' }).length, 1)
  assert.deepEqual(toProblems({}, { ...fields, origins: [] }), [
    'TOKEN_PROXY_CLIENTS[0].origins must not be empty without allowNoOrigin',
  ])
})

for (const url of [
  'http://login.example.com',
  `${texts.publicUrl}/`,
  `${texts.publicUrl}/x`,
  'x',
]) {
  test(`refuses ${url} as the address of the proxy`, () => {
    const rule = `TOKEN_PROXY_PUBLIC_URL must be ${textSettings.publicUrl.form}`
    assert.ok(toProblems({ TOKEN_PROXY_PUBLIC_URL: url }).includes(rule))
  })
}

for (const name of ['a b', 'change-me', 'a:b']) {
  test(`refuses ${name} as the name of the secret with the key`, () => {
    const rule = `TOKEN_PROXY_COOKIE_KEY_SECRET must be ${textSettings.cookieKeySecret.form}`
    assert.deepEqual(toProblems({ TOKEN_PROXY_COOKIE_KEY_SECRET: name }), [rule])
  })
}
