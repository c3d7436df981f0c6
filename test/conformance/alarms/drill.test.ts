// Every alarm of the template is evaluated by CloudWatch's rules over the lines that the function's own
// writer, `adapters/request-record.ts`, makes of outcomes. The clock is the drill's.
import assert from 'node:assert/strict'
import test from 'node:test'
import { type CauseName, toCause } from '../../../core/causes/catalogue.ts'
import {
  assertQuiet,
  comeUp,
  type Drill,
  discovering,
  failing,
  openDrill,
  repeat,
  succeeding,
  toCauseAlarm,
  toPageOf,
  trickle,
} from '../../fixtures/conformance/alarm-drill.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

for (const cause of causeNames) {
  const { alarm } = toCause(cause)
  if (alarm === undefined) continue
  const { atLeast, withinSeconds } = alarm
  const window = withinSeconds / 60
  const id = toCauseAlarm(cause)
  const gaps = Math.max(1, atLeast - 1)
  const within = `${atLeast} of ${cause} within ${window} minutes`

  const pages = alarm.provokable ? 'no page, as a caller can provoke it' : 'one page'
  test(`${within} give one notice, which says how to fix it, and ${pages}`, () => {
    const drill = openDrill()
    comeUp(drill)
    const before = drill.pageMessages().length
    drill.pass(40, (minute) => {
      trickle(drill, minute)
      for (let time = 0; minute === 2 && time < atLeast; time += 1) drill.write(failing(cause))
    })
    const page = toPageOf(drill, id)
    assert.deepEqual(drill.notices(), [id])
    const messages = alarm.provokable ? [] : [`${page} ALARM`, `${page} OK`]
    assert.deepEqual(drill.pageMessages().slice(before), messages)
    const { description = '' } = drill.notifications().find((one) => one.alarm === id) ?? {}
    assert.ok(description.includes(toCause(cause).fix) && description.includes(`${cause}.md`))
    assertQuiet(drill)
  })

  if (atLeast === 1) continue

  // A sliding window may split what just reached the threshold, so that it may be reported twice.
  test(`${within}, spread over them, are reported, too`, () => {
    const drill = openDrill()
    comeUp(drill)
    const every = Math.max(1, Math.floor((window - 1) / gaps))
    const happen = failEvery(drill, cause, every, atLeast)
    let wasUp = false
    drill.pass(40, (minute) => {
      happen(minute)
      wasUp ||= drill.statuses().get(id)?.state === 'ALARM'
    })
    assert.ok(wasUp)
    assert.deepEqual([...new Set(drill.notices())], [id])
    assertQuiet(drill)
  })
  test(`fewer than ${within}, or as many in a longer time, tell nobody`, () => {
    const drill = openDrill()
    comeUp(drill)
    drill.pass(30, failEvery(drill, cause, 1, atLeast - 1))
    drill.pass(40, failEvery(drill, cause, Math.floor(window / gaps) + 1, atLeast))
    assert.deepEqual([drill.notices(), drill.pages()], [[], []])
  })
}

/** Makes one request fail every so many minutes, until so many did. */
function failEvery(drill: Drill, cause: CauseName, everyMinutes: number, times: number) {
  return (minute: number) => {
    trickle(drill, minute)
    const isTime = minute % everyMinutes === 0 && minute < everyMinutes * times
    if (isTime) drill.write(failing(cause))
  }
}

test('temporary effects of a deployment page no one', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.deploy()
  drill.pass(4, () => drill.write(failing('config_invalid')))
  drill.pass(40, (minute) => trickle(drill, minute))
  assert.deepEqual([drill.notices(), drill.pages()], [['AlarmConfigInvalid'], []])
})

test('what a deployment leaves broken pages once, after it', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.deploy()
  drill.pass(12, () => drill.write(failing('config_invalid')))
  assert.deepEqual(drill.pages(), [])
  drill.pass(20, () => drill.write(failing('config_invalid')))
  assert.deepEqual(drill.pages(), [toPageOf(drill, 'AlarmConfigInvalid')])
})

test('a doctor that falls silent pages once, although all requests go well', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.doctor = undefined
  drill.pass(60, (minute) => trickle(drill, minute))
  assert.deepEqual(drill.notices(), ['AlarmDoctorHeartbeat'])
  assert.deepEqual(drill.pages(), [toPageOf(drill, 'AlarmDoctorHeartbeat')])
  drill.doctor = { finds: undefined }
  drill.pass(20, (minute) => trickle(drill, minute))
  assertQuiet(drill)
})

test('a check of the doctor that keeps failing pages once, before any user is met by it', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.doctor = { finds: 'client_secret_mismatch' }
  drill.pass(60)
  assert.deepEqual(drill.notices(), ['AlarmDoctorSetup'])
  assert.deepEqual(drill.pages(), [toPageOf(drill, 'AlarmDoctorSetup')])
})

test("without a schedule, neither the doctor's silence nor its last finding keeps an alarm in ALARM", () => {
  const drill = openDrill(undefined, { doctorSchedule: false })
  drill.doctor = undefined
  comeUp(drill)
  drill.doctor = { finds: 'client_secret_mismatch' }
  drill.pass(20, (minute) => trickle(drill, minute))
  assert.deepEqual(drill.notices(), ['AlarmDoctorSetup'])
  drill.doctor = undefined
  drill.pass(30)
  assertQuiet(drill)
  drill.pass(180)
  assert.deepEqual(drill.notices(), ['AlarmDoctorSetup'])
  assertQuiet(drill)
})

test('many requests that no correct front end sends give one notice and page no one', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.pass(20, () => {
    repeat(drill, 25, failing('client_unknown'))
    repeat(drill, 30, succeeding())
  })
  assert.deepEqual([drill.notices(), drill.pages()], [['AlarmSuspectRefusals'], []])
})

test('exchanges that fail page although far more page loads go well', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.pass(20, () => {
    repeat(drill, 80, discovering)
    repeat(drill, 4, failing('cognito_error'))
  })
  assert.ok(drill.notices().includes('AlarmSuccessShare'))
  assert.deepEqual(drill.pages(), [toPageOf(drill, 'AlarmSuccessShare')])
})

test('many requests that no front end in order sends give notice although far more page loads go well', () => {
  const drill = openDrill()
  comeUp(drill)
  drill.pass(20, () => {
    repeat(drill, 400, discovering)
    repeat(drill, 25, failing('client_unknown'))
    repeat(drill, 30, succeeding())
    repeat(drill, 30, succeeding())
  })
  assert.deepEqual(drill.notices(), ['AlarmSuspectRefusals'])
})

test('an unusual rise of invalid_grant sends a notice and wakes no one', () => {
  const drill = openDrill()
  comeUp(drill)
  const refuse = (times: number) => () => {
    repeat(drill, times, failing('refresh_token_rejected'))
    repeat(drill, 20, succeeding())
  }
  drill.pass(120, refuse(1))
  assert.deepEqual(drill.notices(), [])
  drill.pass(30, refuse(15))
  assert.deepEqual([drill.notices(), drill.pages()], [['AlarmInvalidGrantRise'], []])
})
