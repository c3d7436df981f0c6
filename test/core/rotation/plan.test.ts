import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PlannedAction, type PlanQuestion, toPlan } from '../../../core/rotation/plan.ts'
import {
  type RotationState,
  type RotationStatus,
  toAbsentStatus,
} from '../../../core/rotation/status.ts'

const nowMs = 1_800_000_000_000
const names = { name: 'web', secretId: 'token-proxy/web', flags: '--client web' }

const toQuestion = (
  state: RotationState,
  status: Partial<RotationStatus> = {},
  changes: Partial<PlanQuestion> = {},
): PlanQuestion => ({
  ...{ target: 'client', names, kmsKeyId: undefined },
  status: { ...toAbsentStatus(nowMs), state, ...status },
  ...changes,
})

const isOn = { schedule: { isOn: true, lastAtMs: undefined, nextAtMs: undefined } }
const toVersion = (...labels: readonly string[]) =>
  ({ id: 'v2', labels, createdAtMs: nowMs, holds: 'usable', atCognito: 'works' }) as const
const key = { target: 'cookie_key' } as const

type Row = readonly [
  action: PlannedAction,
  says: string,
  question: PlanQuestion,
  does: 'something' | 'nothing' | 'wrong' | 'unchecked',
  parts: readonly string[],
]

const rows: readonly Row[] = [
  ...(['empty', 'malformed', 'rejected'] as const).map(
    (state): Row => [
      'import',
      `a secret that is ${state}`,
      toQuestion(state),
      'something',
      ['fill it with', 'otherwise add'],
    ],
  ),
  [
    'import',
    'an absent secret',
    toQuestion('absent'),
    'something',
    ['make the secret token-proxy/web', 'the default key', 'fill it with'],
  ],
  [
    ...(['import', 'an absent secret with a key'] as const),
    toQuestion('absent', {}, { kmsKeyId: 'alias/own' }),
    ...(['something', ['the KMS key alias/own']] as const),
  ],
  [
    ...(['import', 'an ARN of nothing'] as const),
    toQuestion('absent', {}, { names: { ...names, secretId: 'arn:aws:secretsmanager:x' } }),
    ...(['wrong', ['none can be made with a given ARN']] as const),
  ],
  [
    'import',
    'an absent cookie key',
    toQuestion('absent', {}, key),
    'something',
    ['make the secret', 'a new random key'],
  ],
  [
    'import',
    'an empty cookie key',
    toQuestion('empty', {}, key),
    'something',
    ['once every sandbox has read it'],
  ],
  [
    'import',
    'a value of which nothing is proved',
    toQuestion('unproved'),
    'unchecked',
    ['nothing is changed'],
  ],
  ...(['settled', 'overlap', 'pending', 'stuck', 'second_unknown'] as const).map(
    (state): Row => [
      'import',
      `a secret that is ${state}`,
      toQuestion(state),
      'nothing',
      ['is filled'],
    ],
  ),
  ...(['absent', 'empty', 'malformed'] as const).map(
    (state): Row => [
      'rotate',
      `a secret that is ${state}`,
      toQuestion(state),
      'wrong',
      ['npm run secret -- import --client web'],
    ],
  ),
  [
    'rotate',
    'a value of which nothing is proved',
    toQuestion('unproved'),
    'unchecked',
    ['nothing is changed'],
  ],
  [
    'rotate',
    'an unknown second secret',
    toQuestion('second_unknown'),
    'wrong',
    ['find out who uses the second secret'],
  ],
  [
    ...(['rotate', 'an overlap'] as const),
    toQuestion('overlap', { overlapEndsAtMs: nowMs + 7_200_000 }),
    ...(['wrong', ['must still work for 2 hours']] as const),
  ],
  ...(['settled', 'overdue', 'rejected', 'overlap_over'] as const).map(
    (state): Row => [
      'rotate',
      `a secret that is ${state}`,
      toQuestion(state),
      'something',
      ['add a new secret', 'the credentials of this machine'],
    ],
  ),
  ...(['pending', 'stuck'] as const).map(
    (state): Row => [
      'rotate',
      `a rotation that is ${state}`,
      toQuestion(state, isOn),
      'something',
      ['continue the rotation', 'let Secrets Manager run'],
    ],
  ),
  ['rotate', 'a cookie key', toQuestion('settled', {}, key), 'something', ['no session ends']],
  [
    'cancel',
    'a secret without a pending version',
    toQuestion('settled', { versions: [toVersion('AWSCURRENT')] }),
    'nothing',
    ['no rotation is under way'],
  ],
  [
    'cancel',
    'a rotation that has ended',
    toQuestion('settled', { versions: [toVersion('AWSCURRENT', 'AWSPENDING')] }),
    'nothing',
    ['no rotation is under way'],
  ],
  [
    'cancel',
    'a pending version',
    toQuestion('stuck', { versions: [toVersion('AWSPENDING')] }),
    'something',
    ['if it is proved', 'from the version v2'],
  ],
  [
    'cancel',
    'a pending cookie key',
    toQuestion('stuck', { versions: [toVersion('AWSPENDING')] }, key),
    'something',
    ['from the version v2'],
  ],
]

for (const [action, says, question, does, parts] of rows) {
  test(`${action} of ${says} is planned as ${does}`, () => {
    const plan = toPlan(action, question)
    assert.equal(plan.does === 'refuse' ? plan.verdict : plan.does, does)
    const text = plan.does === 'something' ? plan.lines.join('\n') : plan.says
    for (const part of parts) assert.ok(text.includes(part), text)
  })
}
