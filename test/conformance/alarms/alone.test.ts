// Each alarm that is no cause's own, in what only it sees. The clock is the drill's.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
import {
  comeUp,
  type Drill,
  failing,
  openDrill,
  repeat,
  succeeding,
  toCauseAlarm,
  trickle,
} from '../../fixtures/conformance/alarm-drill.ts'
import { ofApi } from '../../fixtures/conformance/aws-metrics.ts'
import { type LoneCase, loneCases } from '../../fixtures/conformance/lone-cases.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

/** Lets what a case describes happen in a stack that came up well; gives what was paged. */
function play(drill: Drill, { minutes = 40, happen }: LoneCase): readonly string[] {
  comeUp(drill)
  const before = drill.pageMessages().length
  drill.pass(minutes, (minute) => {
    if (minutes === 40) trickle(drill, minute)
    happen(drill, minute)
  })
  return drill.pageMessages().slice(before)
}

for (const one of loneCases) {
  const { says, alarm, page } = one
  const messages = page === undefined ? [] : [`${page} ALARM`]
  const pages = page === undefined ? 'pages nobody' : `pages once by ${page}`
  test(`${says} is noticed by ${alarm} alone, and ${pages}`, () => {
    const drill = openDrill()
    assert.deepEqual(play(drill, one), messages)
    assert.deepEqual(drill.notices(), [alarm])
  })

  // It has no metric there, and the whole request is slow, too, before users mind.
  if (page === undefined || alarm === 'AlarmProxyLatency') continue
  test(`${says} ${pages} with few metrics, too`, () => {
    const drill = openDrill(undefined, { watch: 'small' })
    assert.deepEqual(play(drill, one), messages)
    assert.ok(drill.notices().includes(alarm))
  })
}

test('every alarm is drilled alone, here or beside the drill of the causes', () => {
  // Those of single causes are drilled there one by one, and a deployment is the frame of every drill.
  const ofCauses = causeNames
    .filter((cause) => toCause(cause).alarm !== undefined)
    .map(toCauseAlarm)
  const named = [
    ...['AlarmSuspectRefusals', 'AlarmInvalidGrantRise', 'AlarmDoctorHeartbeat'],
    ...['AlarmUserAuthenticationQuota', 'AlarmCodeExchangeQuota'],
  ]
  // They report nothing by themselves; `stopped.test.ts` drills their page.
  const signals = ['AlarmNoExchangeSucceeds', 'AlarmUsersWereServed']
  const beside = ['drill.test.ts', 'quotas.test.ts']
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join()
  const alone = loneCases.map(({ alarm }) => alarm)
  for (const id of named) assert.ok(beside.includes(`'${id}'`) && !alone.includes(id), id)
  const drilled = new Set([...alone, ...named, ...signals, ...ofCauses, 'AlarmDeployment'])
  assert.deepEqual([...drilled].sort(), [...openDrill().watch.metricAlarms.keys()].sort())
})

test('a finding that persists for days pages once, and hides neither the start nor the end of an outage', () => {
  const drill = openDrill()
  comeUp(drill)
  const before = drill.pageMessages().length
  drill.doctor = { finds: 'refresh_settings_differ' }
  drill.pass(120, (minute) => trickle(drill, minute))
  drill.pass(60, () => repeat(drill, 12, failing('client_secret_mismatch')))
  drill.pass(120, () => repeat(drill, 12, succeeding()))
  assert.deepEqual(drill.pageMessages().slice(before), [
    ...['PageChecks ALARM', 'PageAppClient ALARM', 'PageAppClient OK'],
  ])
})

test('slowness that an outage began with pages after it only where it lasts', () => {
  for (const [tookMs, expected] of [
    [100, []],
    [6000, ['PageChecks ALARM']],
  ] as const) {
    const drill = openDrill()
    comeUp(drill)
    const before = drill.pageMessages().length
    drill.pass(40, () => {
      repeat(drill, 6, succeeding(6000))
      repeat(drill, 6, failing('cognito_timeout', 9900))
    })
    drill.pass(60, () => repeat(drill, 12, succeeding(tookMs)))
    const [begin, end, ...others] = drill.pageMessages().slice(before)
    assert.deepEqual([begin, end], ['PageSignIns ALARM', 'PageSignIns OK'])
    assert.deepEqual(others, expected)
  }
})

test('a bot that requests unknown paths wakes no one, even if real users are rare', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.pass(120, (minute) => {
    trickle(drill, minute)
    repeat(drill, 5, failing('route_not_found'))
    // Most of them get no further than the HTTP API.
    for (const name of ['Count', '4xx']) drill.put(ofApi(name), 12_000)
  })
  assert.deepEqual([drill.notices(), drill.pages()], [[], []])
})

test('a short outage in the evening does not come back when the night has few users', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.pass(60, () => repeat(drill, 2, succeeding()))
  drill.pass(30, () => repeat(drill, 2, failing('cognito_timeout')))
  drill.pass(360, (minute) => {
    if (minute % 60 === 0) drill.write(succeeding())
  })
  assert.deepEqual(drill.pages(), ['PageSignIns'])
})
