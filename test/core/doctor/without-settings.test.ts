import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeFindings } from '../../../core/doctor/checks.ts'
import { toNamedClient, toToldVerdicts } from '../../../core/doctor/without-settings.ts'
import { Secret } from '../../../core/secret.ts'
import { toAppClient, toFindings } from '../../fixtures/core/sample-findings.ts'

/** What a command line names. */
const named = {
  userPoolId: 'eu-central-1_Example01',
  clientId: '1example23456789',
  domain: 'https://example.auth.eu-central-1.amazoncognito.com',
  redirectUri: undefined,
  secretId: undefined,
}
const described = toAppClient()

/** What a sound app client is made into. */
function make(changes: object = {}, of = described) {
  const made = toNamedClient({ ...named, ...changes }, of)
  return made.ok ? made.client : assert.fail(made.problems.join())
}

test('a client is made of the flags and of the app client', () => {
  const client = make()
  assert.deepEqual(client.redirectUris, described.callbackUrls)
  assert.equal(client.refreshTokenRotation, described.isRotating ? 'on' : 'off')
  const rotating = make({}, { ...described, isRotating: true, retryGracePeriodSeconds: 7 })
  assert.deepEqual([rotating.refreshTokenRotation, rotating.retryGracePeriodSeconds], ['on', 7])
  assert.deepEqual(make({ redirectUri: 'https://b.example/' }).redirectUris, ['https://b.example/'])
  assert.equal(make({ secretId: 'prod/web' }).secretId, 'prod/web')
})

test('an app client that could not be read, or has no usable callback URL, can be checked, too', () => {
  const unread = toNamedClient(named, undefined)
  assert.ok(unread.ok)
  assert.deepEqual(
    [unread.client.redirectUris.length, unread.client.refreshTokenRotation],
    [1, 'off'],
  )
  const callbackUrls = ['https://a.example/#fragment']
  assert.equal(make({}, { ...described, callbackUrls }).redirectUris.length, 1)
})

test('flags that no client can have are named, and not their values', () => {
  const made = toNamedClient(
    { ...named, domain: 'ftp://secret-place', redirectUri: 'javascript:1' },
    described,
  )
  assert.ok(!made.ok)
  assert.deepEqual(made.problems.map((one) => one.split(' ')[0]).sort(), [
    '--domain',
    '--redirect-uri',
  ])
  const other = toNamedClient({ ...named, clientId: '', secretId: ' ' }, described)
  assert.match(other.ok ? '' : other.problems.join(), /--client-id.*--secret-id/)
  assert.doesNotMatch(made.problems.join(), /secret-place|javascript/)
})

const appClient = { ok: true, value: described } as const
const nothing = { hasSecret: false, hasRedirectUri: false }
const everything = { hasSecret: true, hasRedirectUri: true }

test('without a secret, an app client that has one is a warning, and one that has none is well', () => {
  const of = (secret: Secret | undefined) =>
    toToldVerdicts({ appClient: { ok: true, value: { ...described, secret } } }, nothing)
  const confidential = of(new Secret('made-for-this-test-of-doctor'))
  assert.equal(confidential.client_has_secret?.status, 'warning')
  assert.match(confidential.client_has_secret?.found ?? '', /invalid_client/)
  assert.equal(of(undefined).client_has_secret?.status, 'ok')
  for (const check of [
    'secret_readable',
    'secret_well_formed',
    'client_secret',
    'live_probe',
  ] as const) {
    assert.equal(confidential[check]?.status, 'skipped')
  }
})

test('with a secret and a redirect URI, both are compared as those of settings are', () => {
  const told = toToldVerdicts({ appClient }, everything)
  assert.deepEqual(Object.keys(told), ['settings', 'callback_urls', 'refresh_rotation'])
})

test('without a redirect URI the registered ones are shown, and having none is a fault', () => {
  const shown = toToldVerdicts({ appClient }, nothing).redirect_uris
  assert.equal(shown?.status, 'ok')
  assert.match(shown?.found ?? '', /--redirect-uri/)
  const bare = { ok: true, value: { ...described, callbackUrls: [] } } as const
  assert.equal(
    toToldVerdicts({ appClient: bare }, nothing).redirect_uris?.cause,
    'callback_not_registered',
  )
})

test('nothing is reported of an app client that could not be read', () => {
  const told = toToldVerdicts({ appClient: { ok: false, why: 'denied' } }, nothing)
  assert.deepEqual([told.redirect_uris, told.client_has_secret], [undefined, undefined])
})

test('a told verdict takes the place of judging', () => {
  const found = 'told'
  const checks = judgeFindings(toFindings(), { settings: { status: 'warning', found } })
  assert.equal(checks.find(({ name }) => name === 'settings')?.found, found)
})
