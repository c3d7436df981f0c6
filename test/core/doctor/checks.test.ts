import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { isProbeWanted, judgeFindings, toRefusedChecks } from '../../../core/doctor/checks.ts'
import { type CheckName, checkNames, type Findings } from '../../../core/doctor/findings.ts'
import { Secret } from '../../../core/secret.ts'
import {
  pick,
  toAppClient,
  toFindings,
  toListed,
  toPoolClient,
} from '../../fixtures/core/sample-findings.ts'

const absent = { ok: false, why: 'absent' } as const

/** Each broken state by itself, as everything that it changes in the findings, and its one cause. */
const broken: Readonly<Record<string, readonly [Partial<Findings>, cause: string]>> = {
  'no secret': [{ secret: fail('secret_not_found') }, 'secret_not_found'],
  'a secret of another form': [{ secret: fail('secret_malformed') }, 'secret_malformed'],
  'no such name': [{ domainAnswer: fail('domain_not_found') }, 'domain_not_found'],
  'no way to the domain': [{ domainAnswer: fail('cognito_unreachable') }, 'cognito_unreachable'],
  'the domain of another pool': [
    {
      domain: { ok: true, value: { userPoolId: 'eu-central-1_Other', status: 'ACTIVE' } },
      appClient: absent,
      activeSecrets: absent,
      probe: fail('client_rejected'),
    },
    'domain_of_another_pool',
  ],
  'no app client': [
    { appClient: absent, activeSecrets: absent, probe: fail('client_not_found') },
    'client_not_found',
  ],
  'a public client': [
    {
      activeSecrets: toListed(0),
      appClient: { ok: true, value: toAppClient({ secret: undefined }) },
      probe: fail('client_has_no_secret'),
    },
    'client_has_no_secret',
  ],
  'another secret': [
    {
      appClient: { ok: true, value: toAppClient({ secret: new Secret('other') }) },
      probe: fail('client_secret_mismatch'),
    },
    'client_secret_mismatch',
  ],
  'no code flow': [
    {
      appClient: { ok: true, value: toAppClient({ allowsCode: false }) },
      probe: fail('grant_not_allowed'),
    },
    'grant_not_allowed',
  ],
  'OAuth off': [
    {
      appClient: { ok: true, value: toAppClient({ isOAuthEnabled: false }) },
      probe: fail('oauth_flows_disabled'),
    },
    'oauth_flows_disabled',
  ],
  'a callback URL that is not registered': [
    {
      appClient: { ok: true, value: toAppClient({ callbackUrls: [] }) },
      probe: fail('callback_not_registered'),
    },
    'callback_not_registered',
  ],
  'a throttle': [{ probe: fail('cognito_throttled') }, 'cognito_throttled'],
}

for (const [title, [changes, cause]] of Object.entries(broken)) {
  test(`names ${title} once, at its root, whatever else fails by it`, () => {
    const checks = judgeFindings(toFindings(changes))
    const failed = checks.filter(({ status }) => status === 'failed')
    assert.deepEqual(
      failed.map((check) => check.cause),
      [cause],
    )
    assert.equal(isProbeWanted(toFindings(changes)), failed[0]?.name === 'live_probe')
  })
}

test('finds a sound client in order in every check, in the order of the names', () => {
  const checks = judgeFindings(toFindings())
  assert.deepEqual(
    checks.map(({ name, status }) => [name, status]),
    checkNames.map((name) => [name, 'ok']),
  )
  assert.ok(isProbeWanted(toFindings({ probe: undefined })))
})

test('names the failed check because of which another is skipped', () => {
  const checks = judgeFindings(toFindings({ secret: fail('secret_not_found') }))
  assert.deepEqual(pick(checks, 'live_probe'), {
    name: 'live_probe',
    status: 'skipped',
    found: 'skipped until secret readable is fixed',
  })
})

test('names a user pool that does not exist, whoever has the domain, and sends nothing', () => {
  const findings = toFindings({
    ...{ pool: absent, appClient: absent, activeSecrets: absent },
    domain: { ok: true, value: { userPoolId: 'eu-central-1_Other', status: 'ACTIVE' } },
  })
  const failed = judgeFindings(findings).filter(({ status }) => status === 'failed')
  assert.deepEqual(
    failed.map(({ name, cause }) => [name, cause]),
    [['client_exists', 'user_pool_not_found']],
  )
  assert.ok(!isProbeWanted(findings))
})

test('lets the probe decide about a client that only refreshes', () => {
  const value = toAppClient({
    ...{ allowsCode: false, flows: [], callbackUrls: [], scopes: [] },
    ...{ identityProviders: [], isOAuthEnabled: false },
  })
  const findings = toFindings({
    client: toPoolClient({ grants: ['refresh_token'], redirectUris: [] }),
    appClient: { ok: true, value },
    probe: fail('refresh_token_rejected'),
  })
  assert.ok(isProbeWanted(findings))
  const checks = judgeFindings(findings)
  assert.deepEqual(
    checks.filter(({ status }) => status !== 'ok').map(({ name, status }) => [name, status]),
    [['oauth_enabled', 'warning']],
  )
  assert.ok(checks.every(({ command }) => command === undefined))
})

const needs: readonly (readonly [CheckName, root: CheckName, changes: Partial<Findings>])[] = [
  [
    'callback_urls',
    'redirect_uris',
    { appClient: { ok: true, value: toAppClient({ callbackUrls: ['https://far.example/'] }) } },
  ],
  ['clock', 'domain_answers', { domainAnswer: fail('cognito_unreachable') }],
  ['clock', 'domain_resolves', { domainAnswer: fail('domain_not_found') }],
  ['refresh_validity', 'client_exists', { appClient: absent }],
  ['device_tracking', 'client_exists', { appClient: absent }],
  ['secret_well_formed', 'secret_readable', { secret: fail('secret_unavailable') }],
]

for (const [name, root, changes] of needs) {
  test(`does not make the check ${name} where ${root} has failed`, () => {
    const check = pick(judgeFindings(toFindings(changes)), name)
    const found = `skipped until ${root.replaceAll('_', ' ')} is fixed`
    assert.deepEqual(check, { name, status: 'skipped', found })
  })
}

test('checks the cookie key even if other checks have failed', () => {
  const cookieKey = {
    ...{ secretId: 'proxy/key', previous: fail('secret_not_found') },
    current: fail('secret_malformed'),
  }
  const checks = judgeFindings(toFindings({ cookieKey, domainAnswer: fail('domain_not_found') }))
  assert.equal(pick(checks, 'cookie_key').cause, 'secret_malformed')
})

test('says nothing more of an app client that is made for client credentials, and prints no call', () => {
  const value = toAppClient({
    allowsCode: false,
    isOAuthEnabled: false,
    callbackUrls: [],
    identityProviders: [],
    flows: ['client_credentials'],
  })
  const findings = toFindings({ appClient: { ok: true, value } })
  const checks = judgeFindings(findings)
  const failed = checks.filter(({ status }) => status === 'failed')
  assert.deepEqual(
    failed.map(({ name, cause, command }) => ({ name, cause, command })),
    [{ name: 'code_flow', cause: 'grant_not_allowed', command: undefined }],
  )
  assert.ok(!('needsOtherClient' in pick(checks, 'code_flow')))
  assert.equal(pick(checks, 'refresh_rotation').found, 'skipped until code flow is fixed')
  assert.ok(checks.every(({ command }) => command === undefined))
  assert.ok(!isProbeWanted(findings))
})

test('lets the probe decide about a domain that Cognito says belongs to no pool', () => {
  const domain = { ok: true, value: { userPoolId: undefined, status: undefined } } as const
  assert.ok(isProbeWanted(toFindings({ domain })))
  const checks = judgeFindings(toFindings({ domain }))
  assert.deepEqual(
    checks.filter(({ status }) => status !== 'ok').map(({ name, status }) => [name, status]),
    [['domain_owner', 'warning']],
  )
})

test('still probes where the configuration cannot be read, since that alone tells nothing', () => {
  const denied = { ok: false, why: 'denied' } as const
  const findings = toFindings({ appClient: denied, activeSecrets: denied, domain: denied })
  assert.ok(isProbeWanted(findings))
  const checks = judgeFindings(findings)
  assert.equal(pick(checks, 'client_exists').status, 'warning')
  assert.equal(pick(checks, 'live_probe').status, 'ok')
})

test('tells every problem of refused settings, and tries nothing', () => {
  const [settings, ...others] = toRefusedChecks(['one is missing', 'two is wrong'])
  assert.equal(settings?.found, 'one is missing; two is wrong')
  assert.equal(settings?.cause, 'config_invalid')
  assert.ok(others.every(({ status }) => status === 'skipped'))
  assert.equal(others.length, checkNames.length - 1)
})
