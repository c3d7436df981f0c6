// With `watch: small` a few metrics stand for those of all causes. The lines are those of the function's own
// writer, `adapters/request-record.ts`; the clock is the drill's. `alone.test.ts`, `outages.test.ts` and
// `day.test.ts` play there what they play with all metrics.
import assert from 'node:assert/strict'
import test from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
import {
  assertQuiet,
  comeUp,
  failing,
  openDrill,
  repeat,
  succeeding,
  trickle,
} from '../../fixtures/conformance/alarm-drill.ts'
import { causeNames } from '../../fixtures/core/sample-outcome.ts'

const openSmall = () => openDrill(undefined, { watch: 'small' })
const withAlarm = causeNames.filter((name) => toCause(name).alarm !== undefined)
const paging = withAlarm.filter((name) => !toCause(name).alarm?.provokable)

for (const cause of paging) {
  const { atLeast = 1, counts } = toCause(cause).alarm ?? {}
  const page = counts === undefined ? 'PageSignIns' : 'PageSecurity'
  const alarm = counts === undefined ? `AlarmFailuresAt${atLeast}` : 'AlarmCallerSentCredentials'
  test(`${atLeast} failures by ${cause} page once by ${page} with few metrics, and fewer page nobody`, () => {
    const drill = openSmall()
    comeUp(drill)
    const before = drill.pageMessages().length
    const fail = (times: number) => (minute: number) => {
      trickle(drill, minute)
      if (minute === 2) repeat(drill, times, failing(cause))
    }
    drill.pass(20, fail(atLeast - 1))
    assert.deepEqual(drill.notices(), [])
    drill.pass(40, fail(atLeast))
    assert.deepEqual(drill.notices(), [alarm])
    assert.deepEqual(drill.pageMessages().slice(before), [`${page} ALARM`, `${page} OK`])
    assertQuiet(drill)
  })
}

test('what anyone can provoke pages no one with few metrics, either', () => {
  const provokable = causeNames.filter((name) => !paging.includes(name))
  assert.ok(provokable.includes('waf_blocked') && provokable.includes('origin_not_allowed'))
  const drill = openSmall()
  comeUp(drill)
  drill.pass(200, () => {
    for (const cause of provokable) drill.write(failing(cause))
    repeat(drill, 1, succeeding())
  })
  assert.deepEqual([drill.notices(), drill.pages()], [[], []])
})

for (const cause of ['origin_not_allowed', 'edge_key_mismatch'] as const) {
  test(`all users being refused by ${cause}, who were served until then, pages once by PageStopped with few metrics`, () => {
    const drill = openSmall()
    comeUp(drill)
    const before = drill.pageMessages().length
    drill.pass(120, () => repeat(drill, 3, succeeding()))
    drill.pass(120, () => repeat(drill, 3, failing(cause)))
    assert.deepEqual(drill.pageMessages().slice(before), ['PageStopped ALARM'])
  })
}

test('a doctor that falls silent pages once with few metrics', () => {
  const drill = openSmall()
  comeUp(drill)
  drill.doctor = undefined
  drill.pass(60, (minute) => trickle(drill, minute))
  assert.deepEqual(drill.pages(), ['PageSignIns'])
})

test('temporary effects of a deployment page no one with few metrics', () => {
  const drill = openSmall()
  comeUp(drill)
  drill.deploy()
  drill.pass(4, () => drill.write(failing('config_invalid')))
  drill.pass(40, (minute) => trickle(drill, minute))
  assert.deepEqual([drill.notices(), drill.pages()], [['AlarmFailuresAt1'], []])
})
