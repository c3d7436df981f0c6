import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { failStep, toStepFailure } from '../../../core/causes/rotation.ts'
import { type RotationStatus, toAbsentStatus } from '../../../core/rotation/status.ts'
import { stateTexts, toSpanText, toStatusLines } from '../../../core/rotation/status-text.ts'

const nowMs = 1_800_000_000_000
const dayMs = 86_400_000
const names = { name: 'web', secretId: 'token-proxy/dev/web', flags: '--client web --stage dev' }

const settled: RotationStatus = {
  state: 'settled',
  versions: [
    {
      ...{ id: 'v1', labels: ['AWSCURRENT'], createdAtMs: nowMs - 3 * dayMs },
      ...{ holds: 'usable', atCognito: 'works' },
    },
    {
      ...{ id: 'v2', labels: [], createdAtMs: nowMs },
      ...{ holds: 'missing', atCognito: 'unknown' },
    },
    {
      ...{ id: 'v3', labels: ['AWSPENDING'], createdAtMs: nowMs - 90_000 },
      ...{ holds: 'malformed', atCognito: 'refused' },
    },
  ],
  active: [{ id: 'client1--1', createdAtMs: nowMs - dayMs, role: 'current' }],
  schedule: { isOn: true, lastAtMs: nowMs - 3 * dayMs, nextAtMs: nowMs + 27 * dayMs },
  overlapEndsAtMs: undefined,
  failure: undefined,
  atMs: nowMs,
}

test('a status reads as plain words, one line for each thing', () => {
  assert.deepEqual(toStatusLines(settled, names), [
    'web: everything is settled',
    '',
    '  secret      token-proxy/dev/web',
    '  version     AWSCURRENT: v1, 3 days old, works at Cognito',
    '  version     no label: v2, 0 seconds old, without a value yet',
    '  version     AWSPENDING: v3, 90 seconds old, malformed, refused by Cognito',
    '  at Cognito  client1--1, 24 hours old: the current one',
    '  rotation    on a schedule, last 3 days ago, next in 27 days',
    '  next        nothing',
  ])
})

test('a state that a command ends names the command', () => {
  const lines = toStatusLines(toAbsentStatus(nowMs), names)
  assert.deepEqual(lines.slice(-2), [
    '  rotation    not on a schedule, never yet',
    '  next        create and fill it: npm run secret -- import --client web --stage dev',
  ])
})

const changed: readonly (readonly [string, Partial<RotationStatus>, string])[] = [
  [
    'an overlap under way',
    { overlapEndsAtMs: nowMs + 5 * 3_600_000 },
    '  overlap     5 hours left',
  ],
  ['an overlap that is over', { overlapEndsAtMs: nowMs }, '  overlap     over'],
  [
    'a cause with what was seen',
    { failure: failStep('rotation_unanswered', 'describe_secret') },
    '  cause       rotation_unanswered (describe_secret): Check the AWS Health Dashboard; the rotation continues when Secrets Manager repeats the step.',
  ],
  [
    'a cause alone',
    { failure: toStepFailure(fail('secret_throttled')) },
    '  cause       secret_throttled: ',
  ],
  [
    'a schedule without a date',
    { schedule: { isOn: true, lastAtMs: undefined, nextAtMs: undefined } },
    '  rotation    on a schedule, never yet',
  ],
  [
    'a rotation that is due',
    { schedule: { isOn: true, lastAtMs: undefined, nextAtMs: nowMs - 2 * dayMs } },
    '  rotation    on a schedule, never yet, due for 2 days',
  ],
]

for (const [says, change, line] of changed) {
  test(`the text of a status has ${says}`, () => {
    const lines = toStatusLines({ ...settled, ...change }, names)
    assert.ok(
      lines.some((one) => one.startsWith(line)),
      lines.join('\n'),
    )
  })
}

test('a state with something wrong says what to do next', () => {
  for (const { verdict, next } of Object.values(stateTexts)) {
    if (verdict !== 'well') assert.doesNotMatch(next, /^nothing/)
  }
})

for (const [ms, text] of [
  [-5000, '0 seconds'],
  [999, '0 seconds'],
  [1000, '1 second'],
  [1999, '1 second'],
  [2000, '2 seconds'],
  [119_999, '119 seconds'],
  [120_000, '2 minutes'],
  [7_199_999, '119 minutes'],
  [7_200_000, '2 hours'],
  [172_799_999, '47 hours'],
  [172_800_000, '2 days'],
] as const) {
  test(`${ms} ms read as ${text}`, () => {
    assert.equal(toSpanText(ms), text)
  })
}
