import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import * as judges from '../../../core/doctor/app-client.ts'
import type { Findings, InspectedClient, Verdict } from '../../../core/doctor/findings.ts'
import { Secret } from '../../../core/secret.ts'
import type { Client } from '../../../core/settings/settings.ts'
import {
  toAppClient,
  toFindings,
  toListed,
  toPoolClient,
} from '../../fixtures/core/sample-findings.ts'

const { judgeExistence, ...forAppClient } = judges
type Judge = (typeof forAppClient)[keyof typeof forAppClient]

const judge = (
  by: Judge,
  described: Partial<InspectedClient>,
  settings: Partial<Client> = {},
): Verdict => {
  const appClient = { ok: true, value: toAppClient(described) } as const
  return by(toFindings({ client: toPoolClient(settings), appClient }))
}

test('skips every check of an app client that could not be read', () => {
  const findings = toFindings({ appClient: { ok: false, why: 'unnamed' } })
  for (const by of Object.values(forAppClient)) assert.equal(by(findings).status, 'skipped')
})

test('tells an absent app client from an absent user pool and from one that cannot be read', () => {
  const absent = { ok: false, why: 'absent' } as const
  const denied = { ok: false, why: 'denied' } as const
  assert.equal(judgeExistence(toFindings({ appClient: absent })).cause, 'client_not_found')
  const gone = toFindings({ appClient: absent, pool: absent })
  assert.equal(judgeExistence(gone).cause, 'user_pool_not_found')
  assert.match(judgeExistence(gone).command ?? '', /list-user-pools --region eu-central-1 /)
  const unread = judgeExistence(toFindings({ appClient: denied, pool: denied }))
  assert.equal(unread.status, 'warning')
  assert.match(unread.fix ?? '', /Allow/)
})

test('names the owner of the domain, if known, when there is no such user pool', () => {
  const absent = { ok: false, why: 'absent' } as const
  const found = (domain: Findings['domain']) =>
    judgeExistence(toFindings({ appClient: absent, pool: absent, domain })).found
  const userPoolId = 'eu-central-1_Other'
  assert.match(found({ ok: true, value: { userPoolId, status: 'ACTIVE' } }), /belongs to .*_Other$/)
  for (const domain of [
    { ok: true, value: { userPoolId: undefined, status: undefined } },
    { ok: false, why: 'denied' },
  ] as const) {
    assert.equal(found(domain), 'there is no user pool eu-central-1_Pool1')
  }
})

test('asks nothing about sign-in of a client that only refreshes, and lets the probe decide', () => {
  const described = {
    ...{ allowsCode: false, flows: [], callbackUrls: ['https://x.example/'], scopes: [] },
    ...{ identityProviders: [], isOAuthEnabled: false },
  }
  const settings: Partial<Client> = { grants: ['refresh_token'] }
  for (const by of [
    judges.judgeCodeFlow,
    judges.judgeRedirectUris,
    judges.judgeCallbackUrls,
    judges.judgeScopes,
    judges.judgeIdentityProviders,
  ]) {
    const { status, change } = judge(by, described, settings)
    assert.deepEqual({ status, change }, { status: 'ok', change: undefined })
  }
  const { status, found, change } = judge(judges.judgeOAuthSwitch, described, settings)
  assert.deepEqual({ status, change }, { status: 'warning', change: undefined })
  assert.match(found, /see the live probe$/)
})

const undescribed = { ok: true, value: toAppClient({ secret: undefined }) } as const
const toUndescribed = (activeSecrets: Findings['activeSecrets']) =>
  toFindings({ appClient: undescribed, activeSecrets })

test('has another app client made in the place of one without a secret', () => {
  const { cause, change, fix } = judges.judgeHasSecret(toUndescribed(toListed(0)))
  assert.equal(cause, 'client_has_no_secret')
  assert.deepEqual(change, { GenerateSecret: true })
  assert.match(fix ?? '', /clientId/)
})

test('treats an app client without a described secret as confidential if a secret is listed', () => {
  for (const [value, count] of [
    [1, /one secret is active/],
    [2, /2 secrets are active/],
  ] as const) {
    const verdict = judges.judgeHasSecret(toUndescribed(toListed(value)))
    assert.equal(verdict.status, 'ok')
    assert.match(verdict.found, count)
  }
  const unread = judges.judgeHasSecret(toUndescribed({ ok: false, why: 'denied' }))
  assert.deepEqual([unread.status, unread.change], ['warning', undefined])
  assert.match(unread.found, /see the live probe/)
  assert.match(unread.fix ?? '', /ListUserPoolClientSecrets/)
})

test('says that the call which stores the secret replaces another one', () => {
  const verdict = judges.judgeClientSecret(toFindings({ appClient: otherSecret, ...unprobed }))
  assert.match(verdict.command ?? '', /put-secret-value/)
  assert.match(verdict.fix ?? '', /the command replaces the stored secret/)
})

test('warns of nothing where the settings name no user pool to look at', () => {
  const unnamed = { ok: false, why: 'unnamed' } as const
  const verdict = judgeExistence(toFindings({ appClient: unnamed, pool: unnamed }))
  assert.equal(verdict.status, 'skipped')
  assert.match(verdict.fix ?? '', /userPoolId/)
})

const otherSecret = { ok: true, value: toAppClient({ secret: new Secret('other') }) } as const

const unprobed = { probe: undefined }
const unlisted = { ok: false, why: 'denied' } as const
const later = 1_710_000_000

test('proves another secret only where the one that the app client was made with is the only active one', () => {
  const by = (activeSecrets: Findings['activeSecrets']) =>
    judges.judgeClientSecret(toFindings({ appClient: otherSecret, activeSecrets, ...unprobed }))
  assert.equal(by(toListed(1)).cause, 'client_secret_mismatch')
  assert.equal(by(toListed(2)).status, 'warning')
  assert.match(by(toListed(2)).found, /two secrets are active; see the live probe$/)
  // After a rotation the one that is described may be a deleted one.
  assert.equal(by(toListed(1, later)).status, 'warning')
  assert.equal(by(unlisted).status, 'warning')
})

test('accepts a stored secret that the live probe proved, whatever Cognito shows', () => {
  const refused = fail('client_rejected')
  for (const [appClient, shown] of [
    [otherSecret, /Cognito shows another one/],
    [undescribed, /Cognito shows none/],
  ] as const) {
    for (const activeSecrets of [toListed(1, later), toListed(2), toListed(2, later), unlisted]) {
      const by = (probe: Findings['probe']) =>
        judges.judgeClientSecret(toFindings({ appClient, activeSecrets, probe }))
      const proved = by(fail('code_rejected'))
      assert.equal(proved.status, 'ok')
      assert.match(proved.found, shown)
      assert.equal(by(fail('refresh_token_rejected')).status, 'ok')
      assert.notEqual(by(refused).status, 'ok')
      assert.notEqual(by(undefined).status, 'ok')
    }
  }
})

test('says so where two secrets are active and the stored one is the described one', () => {
  const { found, status } = judges.judgeClientSecret(toFindings({ activeSecrets: toListed(2) }))
  assert.match(found, /two secrets are active/)
  assert.equal(status, 'ok')
})

test('compares no secret with none', () => {
  const unread = toFindings({ secret: fail('secret_not_found') })
  assert.equal(judges.judgeClientSecret(unread).status, 'skipped')
  const rotated = judges.judgeClientSecret(toFindings({ appClient: undescribed, ...unprobed }))
  assert.equal(rotated.status, 'skipped')
  assert.match(rotated.found, /after a rotation; see the live probe$/)
})

test('adds the code flow to those that are allowed', () => {
  const flows = (...names: readonly string[]) =>
    judge(judges.judgeCodeFlow, { allowsCode: false, flows: names })
  assert.deepEqual(flows('implicit').change, { AllowedOAuthFlows: ['code'] })
  assert.equal(flows('implicit').found, 'AllowedOAuthFlows: implicit')
  assert.equal(flows().found, 'AllowedOAuthFlows: none')
})

test('advises another app client where this one is made for client credentials, and changes nothing', () => {
  const described = { allowsCode: false, flows: ['client_credentials'] }
  const { cause, change, command, fix, needsOtherClient } = judge(judges.judgeCodeFlow, described)
  assert.equal(cause, 'grant_not_allowed')
  assert.match(fix ?? '', /separate app client/)
  assert.deepEqual({ change, command }, { change: undefined, command: undefined })
  assert.equal(needsOtherClient, true)
})

const callback = 'https://shop.example.com/callback'

test('adds each callback URL that is missing, and no other', () => {
  const redirectUris = [callback, 'https://other.example.com/']
  const verdict = judge(judges.judgeRedirectUris, {}, { redirectUris })
  assert.equal(verdict.found, 'https://other.example.com/ is not registered')
  assert.deepEqual(verdict.change, { CallbackURLs: ['https://other.example.com/'] })
})

for (const [registered, difference] of Object.entries({
  'https://shop.example.com/callback/': 'trailing slash',
  'https://shop.example.com/Callback': 'letter case',
  'https://shop.example.com:8443/callback': 'port',
  'http://shop.example.com/callback': 'scheme',
})) {
  test(`points out a callback URL that differs by its ${difference}`, () => {
    const callbackUrls = ['https://far.example.net/', registered]
    const { found } = judge(judges.judgeRedirectUris, { callbackUrls })
    assert.equal(found, `${callback} is not registered, but ${registered} is (${difference})`)
  })
}

test('only warns of callback URLs that are not configured, in characters that move no cursor', () => {
  const evil = 'https://shop.example.com/\u001b[2J'
  const verdict = judge(judges.judgeCallbackUrls, { callbackUrls: [callback, evil] })
  assert.equal(verdict.status, 'warning')
  assert.match(
    verdict.found,
    /^registered, but not configured: https:\/\/shop.example.com\/\\u001b\[2J$/,
  )
})

for (const [name, verdict, change] of [
  [
    'OAuth',
    judge(judges.judgeOAuthSwitch, { isOAuthEnabled: false }),
    'AllowedOAuthFlowsUserPoolClient',
  ],
  ['scopes', judge(judges.judgeScopes, { scopes: [] }), 'AllowedOAuthScopes'],
  [
    'identity providers',
    judge(judges.judgeIdentityProviders, { identityProviders: [] }),
    'SupportedIdentityProviders',
  ],
  [
    'revocation',
    judge(judges.judgeRevocation, { isRevocationEnabled: false }),
    'EnableTokenRevocation',
  ],
] as const) {
  test(`fails without ${name}, and changes that one setting`, () => {
    assert.equal(verdict.status, 'failed')
    assert.deepEqual(Object.keys(verdict.change ?? {}), [change])
  })
}
