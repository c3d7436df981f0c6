import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep, type StepFailure } from '../../../core/causes/rotation.ts'
import { done, end } from '../../../core/rotation/action.ts'
import {
  chooseWatch,
  judgeLateness,
  overdueAfterMs,
  stuckAfterMs,
} from '../../../core/rotation/lateness.ts'
import type { Schedule } from '../../../core/rotation/seen.ts'
import { current, empty, nowMs, pending, toSeen } from '../../fixtures/core/sample-seen.ts'

type Changes = NonNullable<Parameters<typeof toSeen>[0]>

const stuck = failStep('rotation_stuck')
const stuckEmpty = failStep('rotation_stuck', 'without_value')
const overdue = failStep('rotation_overdue')
const stuckSinceMs = nowMs - stuckAfterMs
const dueAtMs = nowMs - overdueAfterMs

const toSchedule = (nextAtMs: number | undefined, isOn = true): Schedule => ({
  ...{ isOn, nextAtMs, lastAtMs: undefined },
})
const pendingSince = (createdAtMs: number) => [current, { ...pending, createdAtMs }]
const emptyBeside = [current, { ...empty, createdAtMs: 0 }]
const labels = ['AWSCURRENT', 'AWSPENDING']

const rows: readonly (readonly [string, Changes, StepFailure | undefined])[] = [
  ['a version that is pending for almost a day', pendingOf(stuckSinceMs + 1), undefined],
  ['a version that is pending for a day', pendingOf(stuckSinceMs), stuck],
  [
    'a version without a value, while anything has changed within a day',
    { versions: emptyBeside, changedAtMs: stuckSinceMs + 1 },
    undefined,
  ],
  [
    'a version without a value, and nothing has changed for a day',
    { versions: emptyBeside, changedAtMs: stuckSinceMs },
    stuckEmpty,
  ],
  [
    'a pending label that has stayed on the current version',
    { versions: [{ ...current, labels }] },
    undefined,
  ],
  ['no pending version, and no schedule', { versions: [current] }, undefined],
  ['a rotation that was due a day ago', dueOf(toSchedule(dueAtMs)), undefined],
  ['a rotation that was due more than a day ago', dueOf(toSchedule(dueAtMs - 1)), overdue],
  ['a date of a schedule that was switched off', dueOf(toSchedule(0, false)), undefined],
  ['a schedule without a date', dueOf(toSchedule(undefined)), undefined],
  [
    'a rotation that is due, and has begun',
    { ...pendingOf(nowMs), schedule: toSchedule(dueAtMs - 1) },
    undefined,
  ],
]

function pendingOf(createdAtMs: number): Changes {
  return { versions: pendingSince(createdAtMs) }
}

function dueOf(schedule: Schedule): Changes {
  return { versions: [current], schedule }
}

for (const [says, changes, late] of rows) {
  test(`${says} is ${late?.cause ?? 'not late'}`, () => {
    const seen = toSeen(changes)
    assert.deepEqual(judgeLateness(seen), late)
    assert.deepEqual(chooseWatch(seen), late === undefined ? done : end(late))
  })
}
