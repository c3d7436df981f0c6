import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failStep } from '../../../core/causes/rotation.ts'
import type { Schedule, Seen } from '../../../core/rotation/seen.ts'
import {
  judgeStatus,
  type RotationState,
  type SecretRole,
  toAbsentStatus,
} from '../../../core/rotation/status.ts'
import {
  a,
  b,
  current,
  empty,
  foreign,
  longAgoMs,
  nowMs,
  pending,
  task,
  toSeen,
  toVersion,
  usable,
  value,
} from '../../fixtures/core/sample-seen.ts'

const { overlapMs } = task
const dayMs = 86_400_000
const works = { [value.current]: 'works' } as const
const bothWork = { ...works, [value.fresh]: 'works' } as const
const off: Schedule = { isOn: false, lastAtMs: undefined, nextAtMs: undefined }
const unanswered = failStep('rotation_unanswered', 'list_client_secrets')

/** A current version that has replaced secret `a`, whose own is `b`. */
const replacing = { ...current, other: { id: 'a', isReplaced: true } }
const beside = { ...current, other: { id: 'a', isReplaced: false } }
const toPending = (ageMs: number) => ({ ...pending, createdAtMs: nowMs - ageMs })

interface Row {
  readonly says: string
  readonly seen: Seen
  readonly state: RotationState
  readonly roles?: Readonly<Record<string, SecretRole>>
  readonly schedule?: Schedule
  readonly isKey?: true
  readonly overlapEndsAtMs?: number
}

const rows: readonly Row[] = [
  {
    says: 'a secret without a current version',
    seen: toSeen({ versions: [empty] }),
    state: 'empty',
    roles: { a: 'unknown' },
  },
  {
    says: 'a current version without a value',
    seen: toSeen({ versions: [{ ...current, content: { is: 'missing' } }] }),
    state: 'empty',
  },
  {
    says: 'a current version that is malformed',
    seen: toSeen({ versions: [{ ...current, content: { is: 'malformed' } }] }),
    state: 'malformed',
  },
  {
    says: 'a current value that Cognito refuses',
    seen: toSeen({ versions: [current], proofs: { [value.current]: 'refused' } }),
    state: 'rejected',
    roles: { a: 'unknown' },
  },
  {
    says: 'a current value of which nothing is proved',
    seen: toSeen({ versions: [current], proofs: { [value.current]: unanswered } }),
    state: 'unproved',
  },
  { says: 'a value that was not asked about', seen: toSeen(), state: 'unproved' },
  {
    says: 'one secret that works',
    seen: toSeen({ versions: [current], proofs: works }),
    state: 'settled',
    roles: { a: 'current' },
  },
  {
    says: 'a pending label that is still on the current version',
    seen: toSeen({
      versions: [{ ...current, labels: ['AWSCURRENT', 'AWSPENDING'] }],
      proofs: works,
    }),
    state: 'settled',
  },
  {
    says: 'a pending version that is not at Cognito yet',
    seen: toSeen({ proofs: works }),
    state: 'pending',
    roles: { a: 'current' },
  },
  {
    says: 'a pending version whose value works',
    seen: toSeen({ active: [a, b], proofs: bothWork }),
    state: 'pending',
    roles: { a: 'current', b: 'pending' },
  },
  {
    says: 'a pending version that Cognito refuses beside another secret',
    seen: toSeen({ active: [a, foreign], proofs: works }),
    state: 'pending',
    roles: { a: 'current', x: 'unknown' },
  },
  {
    says: 'a pending version of just less than a day',
    seen: toSeen({ versions: [current, toPending(dayMs - 1)], proofs: works }),
    state: 'pending',
  },
  {
    says: 'a pending version of a day',
    seen: toSeen({ versions: [current, toPending(dayMs)], proofs: works }),
    state: 'stuck',
  },
  {
    says: 'a second secret that no version has written down',
    seen: toSeen({ versions: [current], active: [a, b], proofs: works }),
    state: 'second_unknown',
    roles: { a: 'unknown', b: 'unknown' },
  },
  {
    says: 'a second secret beside which another was added',
    seen: toSeen({ versions: [beside], active: [a, b], proofs: works }),
    state: 'second_unknown',
    roles: { a: 'unknown', b: 'current' },
  },
  {
    says: 'a version that has replaced a secret which is gone, and two others',
    seen: toSeen({ versions: [replacing], active: [b, foreign], proofs: works }),
    state: 'second_unknown',
    roles: { b: 'unknown', x: 'unknown' },
  },
  {
    says: 'a replaced secret in the last millisecond of its overlap',
    seen: toSeen({
      ...{ versions: [replacing], active: [a, b], proofs: works },
      currentSinceMs: nowMs - overlapMs + 1,
    }),
    state: 'overlap',
    roles: { a: 'replaced', b: 'current' },
    overlapEndsAtMs: nowMs + 1,
  },
  {
    says: 'a replaced secret whose overlap is over',
    seen: toSeen({
      ...{ versions: [replacing], active: [a, b], proofs: works },
      currentSinceMs: nowMs - overlapMs,
    }),
    state: 'overlap_over',
    overlapEndsAtMs: nowMs,
  },
  {
    says: 'a rotation that is due, within its window',
    seen: toSeen({ versions: [current], proofs: works }),
    state: 'settled',
    schedule: { isOn: true, lastAtMs: longAgoMs, nextAtMs: nowMs - dayMs },
  },
  {
    says: 'a rotation that is late, in an overlap that a rotation by hand began',
    seen: toSeen({
      ...{ versions: [replacing], active: [a, b], proofs: works },
      currentSinceMs: nowMs - overlapMs + 1,
    }),
    state: 'overdue',
    schedule: { isOn: true, lastAtMs: longAgoMs, nextAtMs: nowMs - dayMs - 1 },
    overlapEndsAtMs: nowMs + 1,
  },
  {
    says: 'a rotation that is late, because a second secret is in its way',
    seen: toSeen({ versions: [current], active: [a, b], proofs: works }),
    state: 'second_unknown',
    schedule: { isOn: true, lastAtMs: longAgoMs, nextAtMs: nowMs - dayMs - 1 },
  },
  {
    says: 'a rotation that is late',
    seen: toSeen({ versions: [current], proofs: works }),
    state: 'overdue',
    schedule: { isOn: true, lastAtMs: longAgoMs, nextAtMs: nowMs - dayMs - 1 },
  },
  {
    says: 'a schedule without a date',
    seen: toSeen({ versions: [current], proofs: works }),
    state: 'settled',
    schedule: { isOn: true, lastAtMs: undefined, nextAtMs: undefined },
  },
  {
    says: 'a date of a schedule that was switched off',
    seen: toSeen({ versions: [current], proofs: works }),
    state: 'settled',
    schedule: { isOn: false, lastAtMs: undefined, nextAtMs: 0 },
  },
  {
    says: 'a cookie key, which Cognito is not asked about',
    seen: toSeen({ versions: [current], active: [] }),
    state: 'settled',
    isKey: true,
  },
]

for (const { says, seen, state, roles, schedule = off, isKey, overlapEndsAtMs } of rows) {
  test(`${says} is ${state}`, () => {
    const target = isKey ? 'cookie_key' : 'client'
    const status = judgeStatus({ target, seen: { ...seen, schedule }, overlapMs })
    assert.equal(status.state, state)
    assert.equal(status.overlapEndsAtMs, overlapEndsAtMs)
    if (roles === undefined) return
    assert.deepEqual(Object.fromEntries(status.active.map(({ id, role }) => [id, role])), roles)
  })
}

test('a status describes each version and whether Cognito accepts it, without any value', () => {
  const seen = toSeen({
    versions: [current, pending, toVersion('before', ['AWSPREVIOUS'], usable(value.previous))],
    proofs: { ...works, [value.fresh]: unanswered },
  })
  const { versions } = judgeStatus({ target: 'client', seen, overlapMs })
  assert.deepEqual(
    versions.map(({ id, holds, atCognito }) => [id, holds, atCognito]),
    [
      ['old', 'usable', 'works'],
      ['new', 'usable', 'unknown'],
      ['before', 'usable', 'unknown'],
    ],
  )
})

test('what kept a value from being proved is in the status', () => {
  const seen = toSeen({ versions: [current], proofs: { [value.current]: unanswered } })
  const { failure } = judgeStatus({ target: 'client', seen, overlapMs })
  assert.equal(failure, unanswered)
})

test('a secret that is not there has a status, too', () => {
  const { state, versions, active, atMs } = toAbsentStatus(nowMs)
  assert.deepEqual([state, versions, active, atMs], ['absent', [], [], nowMs])
})
