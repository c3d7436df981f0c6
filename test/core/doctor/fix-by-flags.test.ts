import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, causes, fail, toCause } from '../../../core/causes/catalogue.ts'
import { judgeFindings } from '../../../core/doctor/checks.ts'
import type { Findings } from '../../../core/doctor/findings.ts'
import { toFixByFlags } from '../../../core/doctor/fix-by-flags.ts'
import { reject, warn } from '../../../core/doctor/verdict.ts'
import { toToldVerdicts } from '../../../core/doctor/without-settings.ts'
import { pick, toAppClient, toFindings, toListed } from '../../fixtures/core/sample-findings.ts'

const everything = { hasSecret: true, hasRedirectUri: true }
const names = (Object.keys(causes) as CauseName[]).filter(
  (name) => toCause(name).fault !== 'caller' && name !== 'config_invalid',
)
const ofSecrets = names.filter((name) => name.startsWith('secret_'))
const unread = ['absent', 'denied', 'unanswered'] as const

/** One fault at a time, wherever a check can find one. */
const faults: readonly Partial<Findings>[] = [
  ...names.map((name: CauseName) => ({ probe: fail(name) })),
  ...ofSecrets.map((name) => ({ secret: fail(name) })),
  { secret: fail('secret_not_found', { evidence: ['name_invalid'] }) },
  { secret: fail('secret_malformed', { evidence: ['client_id_differs'] }) },
  { secret: fail('secret_malformed', { evidence: ['value_missing'] }) },
  { domainAnswer: fail('domain_not_found') },
  { domainAnswer: fail('cognito_unreachable') },
  { domain: { ok: true, value: { userPoolId: 'eu-central-1_Other', status: 'ACTIVE' } } },
  { domain: { ok: true, value: { userPoolId: undefined, status: undefined } } },
  ...unread.map((why) => ({ appClient: { ok: false, why } }) as const),
  ...unread.map((why) => ({ pool: { ok: false, why }, appClient: { ok: false, why } }) as const),
  ...[
    toAppClient({ secret: undefined }),
    toAppClient({ allowsCode: false, flows: ['client_credentials'] }),
    toAppClient({ allowsCode: false, flows: [] }),
    toAppClient({ isOAuthEnabled: false }),
    toAppClient({ callbackUrls: [] }),
    toAppClient({ scopes: [], identityProviders: [] }),
    toAppClient({ isRevocationEnabled: false, refreshTokenSeconds: 60 }),
  ].map((value) => ({ appClient: { ok: true, value }, activeSecrets: toListed(0) }) as const),
]
const settingsWords =
  /\b(?:userPoolId|clientId|secretId|redirectUris|settings|stage file|deploy the stage)\b/

test('no fix for whoever typed flags speaks of settings', () => {
  for (const fault of faults) {
    const findings = toFindings({ ...fault, isConfigured: false })
    for (const { name, fix = '' } of judgeFindings(findings, toToldVerdicts(findings, everything)))
      assert.doesNotMatch(fix, settingsWords, `${name}: ${JSON.stringify(fault).slice(0, 80)}`)
  }
})

test('a user pool that does not exist is fixed by its flag, and with settings by its setting', () => {
  const absent = { ok: false, why: 'absent' } as const
  const of = (isConfigured: boolean) => {
    const findings = toFindings({ appClient: absent, pool: absent, isConfigured })
    return pick(judgeFindings(findings), 'client_exists').fix ?? ''
  }
  assert.match(of(false), /--user-pool-id/)
  assert.match(of(true), /userPoolId/)
})

test('a fix that says more than that of its cause keeps the rest, with the flags for the fields', () => {
  const fix = `${toCause('client_secret_mismatch').fix} First make sure that secretId is right.`
  const verdict = toFixByFlags(reject('client_secret_mismatch', 'differs', { fix }))
  assert.match(verdict.fix ?? '', /--secret-id says\. First make sure that --secret-id is right\.$/)
  const other = toFixByFlags(reject('clock_skewed', 'slow', { fix: 'Correct clientId.' }))
  assert.equal(other.fix, 'Correct --client-id.')
  assert.equal(toFixByFlags(warn('odd', 'Look at secretId.')).fix, 'Look at --secret-id.')
  assert.equal(toFixByFlags(warn('odd')).fix, undefined)
})
