import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
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

/** The pages that are up while these alarms are. */
function pagesOf(...up: readonly string[]): readonly string[] {
  for (const id of up) assert.ok(leaves.includes(id), id)
  return [...rules]
    .filter(([, gathered]) => gathered.some((name) => up.includes(name)))
    .map(([page]) => page)
}

const symptoms = [
  ...['AlarmSuccessShare', 'AlarmMostExchangesFail', 'AlarmLastingFailures', 'AlarmDoctorFailures'],
  'AlarmApiThrottles',
  ...['AlarmApiErrors', 'AlarmOauth2Throttles', 'AlarmOauth2Errors', 'AlarmOauth2Duration'],
  'AlarmDoctorHeartbeat',
]

const standing = ['AlarmLatency', 'AlarmProxyLatency', 'AlarmDoctorFindings']

const ofSignIns = causeNames.filter((name) => toCause(name).fault !== 'caller').map(toIdOfCause)

test('every cause of the operator and of Cognito pages by itself, and so does every symptom', () => {
  for (const id of [...ofSignIns, ...symptoms]) assert.deepEqual(pagesOf(id), ['PageSignIns'], id)
})

test('what may stand for days has a page of its own, so that it hides no outage', () => {
  for (const id of standing) assert.deepEqual(pagesOf(id), ['PageChecks'], id)
})

test('every alarm is in one page at most', () => {
  const names = [...rules.values()].flat()
  assert.equal(new Set(names).size, names.length)
})

test('an outage pages once, however many of its causes and symptoms are up, and whoever must act', () => {
  assert.deepEqual(pagesOf(...ofSignIns, ...symptoms), ['PageSignIns'])
})

test('a leak and an attack page as such, during an outage as well', () => {
  const security = ['AlarmCallerSentCredentials', 'AlarmSuspectRefusals']
  for (const id of security) assert.deepEqual(pagesOf(id), ['PageSecurity'])
  assert.deepEqual(pagesOf(...security, ...ofSignIns, ...symptoms), ['PageSignIns', 'PageSecurity'])
})

test('no alarm that is up holds a page back', () => {
  assert.deepEqual(pagesOf(...leaves), ['PageSignIns', 'PageChecks', 'PageSecurity'])
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
  assert.deepEqual([...pages.keys()], ['PageSignIns', 'PageChecks', 'PageSecurity'])
  for (const [id, { AlarmName, AlarmDescription, AlarmRule, ...rest }] of pages) {
    if (id === 'PageChecks') continue
    assert.deepEqual(rest, {
      ActionsSuppressor: { 'Fn::GetAtt': ['AlarmDeployment', 'Arn'] },
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 300,
      AlarmActions: [{ Ref: 'AlarmPages' }],
      OKActions: [{ Ref: 'AlarmPages' }],
    })
  }
})

test('what may stand for days waits for the end of an outage, and tells its begin alone', () => {
  const { AlarmName, AlarmDescription, AlarmRule, ...rest } =
    pages.get('PageChecks') ?? assert.fail()
  assert.deepEqual(rest, {
    ActionsSuppressor: { 'Fn::GetAtt': ['PageSignIns', 'Arn'] },
    ActionsSuppressorWaitPeriod: 600,
    ActionsSuppressorExtensionPeriod: 900,
    AlarmActions: [{ Ref: 'AlarmPages' }],
  })
})

test("every rule stays within CloudWatch's limits under the longest name of a stack", () => {
  const longest = `${'x'.repeat(128)}-${'x'.repeat(30)}`
  for (const [id, { AlarmRule }] of pages) {
    assert.ok(AlarmRule['Fn::Sub'].replaceAll(/\$\{\w+\}/g, longest).length <= 10_240, id)
    assert.ok((rules.get(id)?.length ?? 0) <= 100, id)
  }
})

test('without a schedule of the doctor no rule asks for its heartbeat', () => {
  const still = toComposites(toStage({ doctorSchedule: false }))
  for (const { AlarmRule } of still.values()) {
    assert.doesNotMatch(AlarmRule['Fn::Sub'], /Heartbeat/)
  }
})
