import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep, rotation } from '../../../core/causes/rotation.ts'
import {
  type RotationRun,
  toDeed,
  toRotationMetrics,
  toRotationRecord,
} from '../../../core/rotation/report.ts'

const run: RotationRun = {
  ...{ client: 'shop', goal: 'finish', failure: undefined, did: ['promoted'] },
  ...{ activeSecrets: 2, totalMs: 12.6 },
}
const failed: RotationRun = {
  ...run,
  ...{ goal: 'set', did: [], failure: failStep('rotation_slot_taken', 'pending_unknown') },
}

test('the record of a step has words and counts', () => {
  assert.deepEqual(toRotationRecord(run, 'https://docs.example.com'), {
    ...{ client: 'shop', rotation_step: 'finish', rotation_result: 'ok', did: ['promoted'] },
    ...{ active_secrets: 2, total_ms: 13 },
  })
})

test('the record of a step that has failed names the cause and its page', () => {
  const record = toRotationRecord(failed, 'https://docs.example.com')
  const { fault, fix } = rotation.rotation_slot_taken
  assert.deepEqual(record, {
    ...{ client: 'shop', rotation_step: 'set', rotation_result: 'failed', did: [] },
    ...{ active_secrets: 2, total_ms: 13, cause: 'rotation_slot_taken', fault, fix },
    ...{
      evidence: ['pending_unknown'],
      runbook: 'https://docs.example.com/rotation_slot_taken.md',
    },
  })
  assert.equal(toRotationRecord(failed, '')['runbook'], undefined)
})

const results: readonly (readonly [string, Partial<RotationRun>, string | undefined])[] = [
  ['a rotation that has moved AWSCURRENT', {}, 'finished'],
  ['a finish that is asked for again', { did: [] }, undefined],
  ['a step in between', { goal: 'create', did: ['stored'] }, undefined],
  ['an old secret that is deleted', { goal: 'end_overlap', did: ['deleted'] }, 'overlap_ended'],
  ['a lost secret', { goal: 'watch', did: ['unlabelled', 'restored'] }, 'restored'],
  ['one that a cancel finds', { goal: 'cancel', did: ['unlabelled', 'restored'] }, 'restored'],
  ['an overlap that is not over', { goal: 'end_overlap', did: [] }, undefined],
  ['a rotation that is undone', { goal: 'cancel', did: ['deleted', 'unlabelled'] }, 'cancelled'],
  ['nothing to undo', { goal: 'cancel', did: [] }, undefined],
]

for (const [what, changes, result] of results) {
  test(`${what} counts as ${result ?? 'nothing'}`, () => {
    const groups = toRotationMetrics({ ...run, ...changes })
    assert.deepEqual(
      groups.map(({ dimensions, values }) => [dimensions, values]),
      result === undefined ? [] : [[{ result }, [{ name: 'Rotations', value: 1 }]]],
    )
  })
}

test('a step that has failed counts as such, and by its cause', () => {
  assert.deepEqual(
    toRotationMetrics(failed).map(({ dimensions, values }) => [dimensions, values]),
    [
      [{ result: 'failed' }, [{ name: 'Rotations', value: 1 }]],
      [{ cause: 'rotation_slot_taken' }, [{ name: 'RotationFailures', value: 1 }]],
    ],
  )
})

test('every change has its word', () => {
  assert.equal(toDeed({ do: 'store', value: 'fresh', other: undefined }), 'stored')
  assert.equal(toDeed({ do: 'store', value: 3, other: undefined }), 'stored_described')
  assert.equal(toDeed({ do: 'add', value: 1 }), 'added')
  assert.equal(toDeed({ do: 'delete', secretId: 'a' }), 'deleted')
  assert.equal(toDeed({ do: 'promote', versionId: 'new', fromId: 'old' }), 'promoted')
  assert.equal(toDeed({ do: 'restore', versionId: 'old', fromId: 'new' }), 'restored')
  assert.equal(toDeed({ do: 'unlabel', versionId: 'new' }), 'unlabelled')
})
