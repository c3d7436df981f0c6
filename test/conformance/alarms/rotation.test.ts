// The alarm of rotations, over the lines of the function's own writer; the clock is the drill's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRequestRecords } from '../../../adapters/request-record.ts'
import type { StepCauseName } from '../../../core/causes/rotation.ts'
import {
  type RotationRun,
  toRotationMetrics,
  toRotationRecord,
} from '../../../core/rotation/report.ts'
import { countedStepCauses, passingStepCauses } from '../../../infra/alarms/rotation.ts'
import { comeUp, type Drill, openDrill } from '../../fixtures/conformance/alarm-drill.ts'

const rotating = { rotateSecretsDays: 30 }

/** Lets steps fail, one each minute, as the function writes it. */
function failSteps(drill: Drill, cause: StepCauseName, times: number): void {
  const fail = openFailing(drill, cause)
  drill.pass(70, (minute) => {
    if (minute < times) fail()
  })
}

/** Gives what writes the failure of one step at this instant. */
function openFailing(drill: Drill, cause: StepCauseName): () => void {
  const settings = { service: drill.service, runbookUrl: '', watch: 'full' } as const
  const take = (lines: readonly string[]) => {
    for (const line of lines) drill.take(line)
  }
  const records = openRequestRecords(settings, take, { nowMs: () => 0 })
  const run: RotationRun = {
    ...{ client: 'web', did: [], activeSecrets: 1, totalMs: 1 },
    goal: 'set',
    failure: { ok: false, cause, evidence: [] },
  }
  return () =>
    records.writeRotation({
      ...{ isWell: false, record: toRotationRecord(run, ''), metrics: toRotationMetrics(run) },
    })
}

for (const cause of countedStepCauses.filter((one) => !passingStepCauses.includes(one))) {
  test(`one step that fails by ${cause} gives notice, and pages nobody`, () => {
    const drill = openDrill(undefined, rotating)
    comeUp(drill)
    failSteps(drill, cause, 1)
    assert.deepEqual(drill.notices(), ['AlarmRotationFailures'])
    assert.deepEqual(drill.pages(), [])
  })
}

for (const cause of passingStepCauses) {
  test(`a few steps that fail by ${cause} pass by themselves, and many give notice`, () => {
    const few = openDrill(undefined, rotating)
    comeUp(few)
    failSteps(few, cause, 2)
    assert.deepEqual(few.notices(), [])
    const many = openDrill(undefined, rotating)
    comeUp(many)
    failSteps(many, cause, 12)
    assert.deepEqual(many.notices(), ['AlarmRotationFailures'])
    assert.deepEqual(many.pages(), [])
  })
}

for (const cause of ['rotation_stuck', 'rotation_overdue'] as const) {
  test(`${cause} gives notice once while it lasts, although it is counted once an hour at most`, () => {
    const drill = openDrill(undefined, rotating)
    comeUp(drill)
    const fail = openFailing(drill, cause)
    // The schedule may be a little late each time.
    drill.pass(8 * 61, (minute) => {
      if (minute % 61 === 0) fail()
    })
    assert.deepEqual(drill.notices(), ['AlarmRotationFailures'])
    assert.equal(drill.statuses().get('AlarmRotationFailures')?.state, 'ALARM')
    drill.pass(130)
    assert.equal(drill.statuses().get('AlarmRotationFailures')?.state, 'OK')
    assert.deepEqual(drill.pages(), [])
  })
}
