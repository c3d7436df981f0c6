import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCause } from '../../core/causes.ts'
import { parseAlarmRule } from '../../local/cloudwatch/alarm-rule.ts'
import { causeNames } from '../core/sample-outcome.ts'
import { toComposites, toIdOfCause, toMetricAlarms, toStage } from './alarms-of-stage.ts'

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

/** The pages that are up while these alarms are. */
function pagesOf(...up: readonly string[]): readonly string[] {
  for (const id of up) assert.ok(leaves.includes(id), id)
  const isUp = (id: string): boolean =>
    up.includes(id) || (rules.get(id)?.isTrue((name) => (isUp(name) ? 'ALARM' : 'OK')) ?? false)
  return [...rules.keys()].filter(isUp)
}

const symptoms = [
  ...['AlarmSuccessShare', 'AlarmLatency', 'AlarmProxyLatency', 'AlarmDoctorFailures'],
  ...['AlarmApiErrors', 'AlarmOauth2Throttles', 'AlarmOauth2Errors', 'AlarmOauth2Duration'],
]

test('every cause of the operator and of Cognito is in the page of its fault and in no other', () => {
  const wanted = { operator: 'PageOperator', cognito: 'PageCognito' } as const
  for (const cause of causeNames) {
    const { fault } = toCause(cause)
    if (fault === 'caller') continue
    const id = toIdOfCause(cause)
    const homes = [...rules].filter(([, { names }]) => names.includes(id)).map(([page]) => page)
    assert.deepEqual(homes, [wanted[fault]], cause)
    assert.deepEqual(pagesOf(id), [wanted[fault]], cause)
  }
})

test('an outage with all of its symptoms pages once, whatever its cause', () => {
  for (const cause of causeNames) {
    if (toCause(cause).fault === 'caller') continue
    assert.equal(pagesOf(toIdOfCause(cause), ...symptoms).length, 1, cause)
  }
})

test('an outage of Cognito pages once, however many of its causes and what follows from them are up', () => {
  const causes = causeNames.filter((name) => toCause(name).fault === 'cognito')
  const followers = causeNames.filter((name) => toCause(name).alarm?.follows === 'cognito')
  assert.deepEqual(followers, ['cognito_throttled', 'deadline_exhausted', 'proxy_overloaded'])
  const up = [...causes, ...followers].map(toIdOfCause)
  assert.deepEqual(pagesOf(...up, ...symptoms), ['PageCognito'])
  assert.deepEqual(pagesOf(...followers.map(toIdOfCause), ...symptoms), ['PageOperator'])
})

test('a fault of the operator pages during an outage of Cognito as well', () => {
  const up = ['AlarmCognitoTimeout', 'AlarmSecretMalformed', ...symptoms]
  assert.deepEqual(pagesOf(...up), ['PageOperator', 'PageCognito'])
})

test('a symptom that no cause explains pages, each by itself', () => {
  for (const symptom of symptoms) assert.deepEqual(pagesOf(symptom), ['PageUnexplained'], symptom)
  assert.deepEqual(pagesOf(...symptoms), ['PageUnexplained'])
})

test('the silence of the doctor pages even while a cause is up', () => {
  const up = ['AlarmCognitoError', 'AlarmDoctorHeartbeat']
  assert.deepEqual(pagesOf(...up), ['PageCognito', 'PageUnexplained'])
})

test('a leak and an attack page as such, and are no excuse for a symptom', () => {
  const security = ['AlarmCallerSentCredentials', 'AlarmSuspectRefusals']
  for (const id of security) assert.deepEqual(pagesOf(id), ['PageSecurity'])
  assert.deepEqual(pagesOf(...security, 'AlarmSuccessShare'), ['PageSecurity', 'PageUnexplained'])
})

test('what can wait until morning pages nobody, and every other alarm pages by itself', () => {
  const silent = leaves.filter((id) => pagesOf(id).length === 0)
  assert.deepEqual(silent.sort(), [
    'AlarmDeployment',
    'AlarmDoctorDuration',
    'AlarmDoctorErrors',
    'AlarmDoctorThrottles',
    'AlarmInvalidGrantRise',
  ])
})

test('a page tells its begin and its end, waits for a deployment, and outlasts what that upset', () => {
  assert.equal(pages.size, 4)
  for (const { AlarmName, AlarmDescription, AlarmRule, ...rest } of pages.values()) {
    assert.deepEqual(rest, {
      ActionsSuppressor: { 'Fn::GetAtt': ['AlarmDeployment', 'Arn'] },
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 300,
      AlarmActions: [{ Ref: 'AlarmPages' }],
      OKActions: [{ Ref: 'AlarmPages' }],
    })
  }
})

test("every rule stays within CloudWatch's limits under the longest name of a stack", () => {
  const longest = `${'x'.repeat(128)}-${'x'.repeat(30)}`
  for (const [id, { AlarmRule }] of pages) {
    assert.ok(AlarmRule['Fn::Sub'].replaceAll(/\$\{\w+\}/g, longest).length <= 10_240, id)
    assert.ok((rules.get(id)?.names.length ?? 0) <= 100, id)
  }
})

test('without a schedule of the doctor no rule asks for its heartbeat', () => {
  const still = toComposites(toStage({ doctorSchedule: false }))
  for (const { AlarmRule } of still.values()) {
    assert.doesNotMatch(AlarmRule['Fn::Sub'], /Heartbeat/)
  }
})
