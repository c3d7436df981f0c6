import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { failStep, toStepFailure } from '../../../core/causes/rotation.ts'
import { judgeWatched, toRunLine } from '../../../core/rotation/progress.ts'
import type { RotationRun } from '../../../core/rotation/report.ts'

const run: RotationRun = {
  ...{ client: 'web', goal: 'create', failure: undefined, did: [] },
  ...{ activeSecrets: 1, totalMs: 5 },
}
const notAdded = failStep('rotation_not_spread', 'not_added')

for (const [says, changes, line] of [
  ['nothing to do', {}, 'create: in order, nothing to do'],
  [
    'what it did',
    { did: ['deleted', 'stored'] },
    'create: a secret that nobody uses any more is deleted at Cognito; a new value is stored as AWSPENDING',
  ],
  [
    'a cause with what was seen',
    { goal: 'test', failure: notAdded },
    'test: rotation_not_spread (not_added): Wait',
  ],
  [
    'a cause after what it did',
    { goal: 'set', did: ['added'], failure: notAdded },
    'set: it is added to the app client; rotation_not_spread (not_added): Wait',
  ],
  [
    'a cause alone',
    { failure: toStepFailure(fail('secret_throttled')) },
    'create: secret_throttled: ',
  ],
] as const satisfies readonly (readonly [string, Partial<RotationRun>, string])[]) {
  test(`the line of a step says ${says}`, () => {
    const written = toRunLine({ ...run, ...changes })
    assert.ok(written.startsWith(line), written)
  })
}

for (const [labels, watched] of [
  [{}, 'absent'],
  [{ v1: ['AWSCURRENT'], v2: [] }, 'absent'],
  [{ v1: ['AWSCURRENT'], v2: ['AWSPENDING'] }, 'under_way'],
  [{ v2: ['AWSCURRENT', 'AWSPENDING'] }, 'done'],
] as const) {
  test(`a rotation whose labels are ${JSON.stringify(labels)} is ${watched}`, () => {
    assert.equal(judgeWatched(labels, 'v2'), watched)
  })
}
