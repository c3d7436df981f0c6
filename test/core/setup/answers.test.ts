import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSettings } from '../../../core/settings/settings.ts'
import { clientsVariable } from '../../../core/settings/table.ts'
import { type ClientEntry, suggestAnswers, toClientEntry } from '../../../core/setup/answers.ts'
import type { DescribedSetup } from '../../../core/setup/described-setup.ts'
import { toSetup } from '../../fixtures/core/described-setup.ts'

const suggest = (changes: Partial<DescribedSetup> = {}, entries: readonly ClientEntry[] = []) =>
  suggestAnswers(toSetup(changes), entries, 'prod')

test('suggests everything from the user pool', () => {
  assert.deepEqual(suggest(), {
    name: 'web-shop',
    domain: 'https://example-login.auth.eu-central-1.amazoncognito.com',
    secretId: 'token-proxy/prod/web-shop',
    origins: ['https://shop.example.com', 'http://localhost:5173'],
    redirectUris: ['https://shop.example.com/callback', 'http://localhost:5173/callback'],
  })
})

const aliases: readonly [clientName: string, alias: string][] = [
  ['Shop (web)', 'shop-web'],
  ['2nd client', 'nd-client'],
  ['ÄÖ', 'web'],
  ['unknown', 'web'],
  ['', 'web'],
  ['a'.repeat(60), 'a'.repeat(29)],
  ['--x--', 'x'],
]

test('takes the issuer of all Regions from the user pool, unless another one is given or set', () => {
  const issuerOf = (changes: Partial<DescribedSetup>, issuer?: string, before?: ClientEntry) =>
    toClientEntry(toSetup(changes), { ...suggest(changes), issuer }, before)['issuer']
  const ofAll = { hasIssuerOfAllRegions: true }
  assert.equal(issuerOf({}), undefined)
  assert.match(String(issuerOf(ofAll)), /^https:\/\/issuer-cognito-idp\.eu-central-1\./)
  assert.equal(issuerOf(ofAll, undefined, { issuer: 'https://set.example' }), 'https://set.example')
  assert.equal(issuerOf(ofAll, 'https://given.example'), 'https://given.example')
})

test('makes an alias of every name', () => {
  for (const [clientName, alias] of aliases) assert.equal(suggest({ clientName }).name, alias)
})

test('makes an alias that no other client has', () => {
  const others = ['web-shop', 'web-shop-2'].map((name) => ({ name, clientId: name }))
  assert.equal(suggest({}, others).name, 'web-shop-3')
})

test('suggests the domain that users know', () => {
  const custom = { customDomain: 'login.example.com' }
  assert.equal(suggest(custom).domain, 'https://login.example.com')
  const gov = { userPoolId: 'us-gov-west-1_Example01' }
  assert.equal(
    suggest(gov).domain,
    'https://example-login.auth-fips.us-gov-west-1.amazoncognito.com',
  )
  assert.equal(suggest({ domainPrefix: undefined }).domain, '')
})

test('knows a native app by where its sign-ins come back to', () => {
  const callbackUrls = ['com.example.shop:/callback', 'http://127.0.0.1:8801/callback']
  const answers = suggest({ callbackUrls })
  assert.deepEqual([answers.origins, answers.redirectUris], [[], callbackUrls])
  assert.equal(toClientEntry(toSetup({ callbackUrls }), answers)['allowNoOrigin'], true)
})

test('leaves out duplicates and what the proxy would refuse', () => {
  const callbackUrls = [
    'http://shop.example.com/a',
    'https://a.example.com/b',
    'https://a.example.com/b',
  ]
  const answers = suggest({ callbackUrls })
  assert.deepEqual(answers.redirectUris, ['https://a.example.com/b'])
  assert.deepEqual(answers.origins, ['https://a.example.com'])
})

test('keeps what the stage file says already', () => {
  const own = {
    name: 'shop',
    clientId: toSetup().clientId,
    domain: 'https://login.example.com',
    secretId: 'shop-secret',
    origins: ['https://www.example.com'],
    redirectUris: ['https://www.example.com/cb', 7],
  }
  assert.deepEqual(suggest({}, [own]), {
    name: 'shop',
    domain: 'https://login.example.com',
    secretId: 'shop-secret',
    origins: ['https://www.example.com'],
    redirectUris: ['https://www.example.com/cb'],
  })
  assert.equal(suggest({}, [{ ...own, name: 7, origins: 'x' }]).name, 'web-shop')
})

test('writes an entry that the settings take', () => {
  for (const setup of [toSetup(), toSetup({ isRotating: true, retryGracePeriodSeconds: 20 })]) {
    const entry = toClientEntry(setup, suggestAnswers(setup, [], 'prod'))
    const parsed = parseSettings({ [clientsVariable]: JSON.stringify([entry]) })
    assert.deepEqual(parsed.ok ? [] : parsed.problems, [])
    assert.equal(entry['refreshTokenRotation'], setup.isRotating ? 'on' : 'off')
    assert.equal(entry['retryGracePeriodSeconds'], setup.isRotating ? 20 : undefined)
    assert.deepEqual(entry['logoutUris'], ['https://shop.example.com/'])
  }
})

test('writes the same entry again, and takes over what the user pool has changed', () => {
  const setup = toSetup({ logoutUrls: [] })
  const first = {
    ...toClientEntry(setup, suggestAnswers(setup, [], 'prod')),
    refreshToken: 'cookie',
  }
  const again = toClientEntry(setup, suggestAnswers(setup, [first], 'prod'), first)
  assert.deepEqual(again, first)
  assert.ok(!('logoutUris' in first))
  const rotating = toSetup({ isRotating: true, retryGracePeriodSeconds: 10 })
  const on = toClientEntry(rotating, suggestAnswers(rotating, [first], 'prod'), first)
  assert.deepEqual([on['refreshTokenRotation'], on['retryGracePeriodSeconds']], ['on', 10])
  const off = toClientEntry(setup, suggestAnswers(setup, [on], 'prod'), on)
  assert.deepEqual([off['refreshTokenRotation'], off['retryGracePeriodSeconds']], ['off', 0])
})
