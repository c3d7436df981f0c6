import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, toCause } from '../../../core/causes/catalogue.ts'
import { parseAlarmRule } from '../../../local/cloudwatch/composite.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'
import {
  toComposites,
  toIdOfCause,
  toMetricAlarms,
  toStage,
} from '../../fixtures/infra/alarms-of-stage.ts'

const stage = toStage()
const leaves = [...toMetricAlarms(stage).keys()]
const pages = toComposites(stage)

/** The rules with every alarm called by its name in the template. */
const rules = new Map(
  [...pages].map(([id, { AlarmRule }]) => {
    const text = AlarmRule['Fn::Sub'].replaceAll(/\$\{(\w+)\}/g, '$1')
    return [id, parseAlarmRule(text)] as const
  }),
)

/** The pages that are up while these alarms are; the composite that only holds others back is none. */
function pagesOf(...up: readonly string[]): readonly string[] {
  for (const id of up) assert.ok(leaves.includes(id), id)
  return [...rules]
    .filter(([page]) => page !== 'PageAnyPage')
    .filter(([, { gathers, needs }]) =>
      needs === 'all'
        ? gathers.every((name) => up.includes(name))
        : gathers.some((name) => up.includes(name)),
    )
    .map(([page]) => page)
}

const symptoms = [
  ...['AlarmSuccessShare', 'AlarmLastingFailures', 'AlarmDoctorFailures', 'AlarmApiThrottles'],
  ...['AlarmApiErrors', 'AlarmOauth2Throttles', 'AlarmOauth2Errors', 'AlarmOauth2Duration'],
  'AlarmDoctorHeartbeat',
]
const standing = ['AlarmLatency', 'AlarmProxyLatency', 'AlarmDoctorFindings']
const signals = ['AlarmNoExchangeSucceeds', 'AlarmUsersWereServed']

/** The page of each cause, written by hand: those of one page are repaired in one place. */
const pageOfCause: Readonly<Record<string, readonly CauseName[]>> = {
  PageSignIns: [
    ...(['cognito_throttled', 'cognito_unreachable', 'cognito_timeout'] as const),
    ...(['cognito_connection_lost', 'cognito_error', 'cognito_answer_unusable'] as const),
    ...(['secret_unavailable', 'deadline_exhausted', 'proxy_overloaded'] as const),
  ],
  PageAppClient: [
    ...(['client_secret_mismatch', 'client_not_found', 'client_has_no_secret'] as const),
    ...(['client_rejected', 'domain_of_another_pool'] as const),
  ],
  PageOauthFlow: [
    ...(['grant_not_allowed', 'oauth_flows_disabled', 'callback_not_registered'] as const),
  ],
  PageTrigger: ['lambda_trigger_failed'],
  PageDomain: ['revocation_disabled', 'domain_not_found', 'cognito_redirected'],
  PageSecret: [
    ...(['secret_not_found', 'secret_access_denied', 'secret_malformed'] as const),
    'secret_throttled',
  ],
  PageDeployment: ['config_invalid', 'unforeseen'],
  PageSecurity: ['caller_sent_credentials'],
}
const paging = Object.entries(pageOfCause)
const provokable = [
  ...(['waf_blocked', 'cognito_request_rejected', 'edge_key_mismatch'] as const),
  'client_unauthorized',
] as const

test('every cause with a threshold pages on its own, in its area, unless a caller can provoke it', () => {
  for (const [page, names] of paging) {
    for (const name of names) assert.deepEqual(pagesOf(toIdOfCause(name)), [page], name)
  }
  for (const name of provokable) assert.deepEqual(pagesOf(toIdOfCause(name)), [], name)
  const all = [...paging.flatMap(([, names]) => names), ...provokable]
  const withAlarm = causeNames.filter((name) => toCause(name).alarm !== undefined)
  assert.deepEqual(all.toSorted(), withAlarm.toSorted())
})

test('an undetermined cause is in the page of each operator’s cause that it may turn out to be', () => {
  const pageOf = (name: string) =>
    paging.find(([, names]) => names.some((one) => one === name))?.[0]
  for (const name of causeNames) {
    const { fault, candidates = [] } = toCause(name)
    if (fault !== 'operator' || pageOf(name) === undefined) continue
    const others = candidates.map(pageOf).filter((page) => page !== undefined)
    for (const page of others) assert.equal(page, pageOf(name), name)
  }
})

test('a symptom that no cause explains is in the page of outages', () => {
  for (const id of symptoms) assert.deepEqual(pagesOf(id), ['PageSignIns'], id)
})

test('findings that may persist for days have their own page, so that they hide no outage', () => {
  for (const id of standing) assert.deepEqual(pagesOf(id), ['PageChecks'], id)
})

test('what the doctor alone has found has a page of its own', () => {
  assert.deepEqual(pagesOf('AlarmDoctorSetup'), ['PageDoctor'])
})

test('that no exchange succeeds pages only where users were served before', () => {
  for (const id of signals) assert.deepEqual(pagesOf(id), [])
  assert.deepEqual(pagesOf(...signals), ['PageStopped'])
})

test('every alarm is in one page at most', () => {
  const names = [...rules].flatMap(([id, { gathers }]) => (id === 'PageAnyPage' ? [] : gathers))
  assert.equal(new Set(names).size, names.length)
})

test('no alarm in ALARM suppresses a page', () => {
  assert.deepEqual(
    pagesOf(...leaves),
    [...pages.keys()].filter((id) => id !== 'PageAnyPage'),
  )
})

test('what anyone can trigger and what can wait until morning page no one, and every other alarm pages', () => {
  const silent = leaves.filter((id) => pagesOf(id).length === 0 && !signals.includes(id))
  assert.deepEqual(silent.sort(), [
    'AlarmClientUnauthorized',
    'AlarmCodeExchangeQuota',
    'AlarmCognitoRequestRejected',
    'AlarmDeployment',
    'AlarmDoctorDuration',
    'AlarmDoctorErrors',
    'AlarmDoctorThrottles',
    'AlarmEdgeKeyMismatch',
    'AlarmInvalidGrantRise',
    'AlarmMostExchangesFail',
    'AlarmSuspectRefusals',
    'AlarmUserAuthenticationQuota',
    'AlarmWafBlocked',
  ])
})

const waiting = ['PageStopped', 'PageDoctor', 'PageChecks']
const telling = [...pages.keys()].filter((id) => ![...waiting, 'PageAnyPage'].includes(id))

test('a page tells its begin and its end, waits for a deployment, and outlasts what that upset', () => {
  assert.deepEqual(telling, Object.keys(pageOfCause))
  for (const id of telling) {
    const { AlarmName, AlarmDescription, AlarmRule, ...rest } = pages.get(id) ?? assert.fail(id)
    assert.deepEqual(rest, {
      ActionsSuppressor: { 'Fn::GetAtt': ['AlarmDeployment', 'Arn'] },
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 300,
      AlarmActions: [{ Ref: 'AlarmPages' }],
      OKActions: [{ Ref: 'AlarmPages' }],
    })
  }
})

test('what an outage explains waits for its end, and tells its begin alone', () => {
  for (const id of waiting) {
    const { AlarmName, AlarmDescription, AlarmRule, ...rest } = pages.get(id) ?? assert.fail(id)
    assert.deepEqual(rest, {
      ActionsSuppressor: { 'Fn::GetAtt': ['PageAnyPage', 'Arn'] },
      ActionsSuppressorWaitPeriod: id === 'PageStopped' ? 120 : 600,
      ActionsSuppressorExtensionPeriod: 900,
      AlarmActions: [{ Ref: 'AlarmPages' }],
    })
  }
})

test('the suppressing composite is in ALARM during another page or a deployment, and notifies no one', () => {
  const { gathers = [], needs } = rules.get('PageAnyPage') ?? {}
  const outages = telling.filter((id) => id !== 'PageSecurity')
  assert.deepEqual([gathers, needs], [[...outages, 'AlarmDeployment'], 'any'])
  const { AlarmActions, OKActions } = pages.get('PageAnyPage') ?? assert.fail()
  assert.deepEqual([AlarmActions, OKActions], [undefined, undefined])
})

test("every rule stays within CloudWatch's limits under the longest name of a stack", () => {
  const longest = `${'x'.repeat(128)}-${'x'.repeat(30)}`
  for (const [id, { AlarmRule }] of pages) {
    assert.ok(AlarmRule['Fn::Sub'].replaceAll(/\$\{\w+\}/g, longest).length <= 10_240, id)
    assert.ok((rules.get(id)?.gathers.length ?? 0) <= 100, id)
  }
})

test('without a schedule of the doctor no rule asks for its heartbeat', () => {
  const still = toComposites(toStage({ doctorSchedule: false }))
  for (const { AlarmRule } of still.values()) {
    assert.doesNotMatch(AlarmRule['Fn::Sub'], /Heartbeat/)
  }
})
