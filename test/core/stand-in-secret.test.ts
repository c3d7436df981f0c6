import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../core/secret.ts'
import { toOverlapMs } from '../../core/secret-policy.ts'
import {
  chooseStandIn,
  type LabelledSecret,
  type StandInQuestion,
} from '../../core/stand-in-secret.ts'

const nowMs = 1_000_000_000
const hardAgeMs = 86_400_000
const overlapMs = toOverlapMs(86_400)

const toVersion = (versionId: string, value: string, ageMs = 1000): LabelledSecret => ({
  versionId,
  createdAtMs: nowMs - ageMs,
  secret: new Secret(value),
})
const young = toVersion('v1', 's1')
const old = toVersion('v1', 's1', overlapMs)
const pending = toVersion('v2', 's2')
const previous = toVersion('v0', 's0')
const hardEndMs = nowMs + hardAgeMs

interface Row {
  readonly says: string
  readonly versions: Partial<StandInQuestion['versions']>
  readonly triedId?: string
  /** Source, value and end; undefined for none. */
  readonly chosen: readonly [source: string, value: string, endsAtMs: number] | undefined
}

const rows: readonly Row[] = [
  {
    says: 'nothing without the current version',
    versions: { pending, previous },
    chosen: undefined,
  },
  {
    says: 'nothing where the current version has another value by now',
    versions: { current: toVersion('v1', 's9'), pending, previous },
    chosen: undefined,
  },
  {
    says: 'nothing where there is no other version',
    versions: { current: old },
    chosen: undefined,
  },
  {
    says: 'nothing where the pending label is still on the current version',
    versions: { current: old, pending: old },
    chosen: undefined,
  },
  {
    says: 'nothing where the pending version holds the refused value',
    versions: { current: old, pending: toVersion('v2', 's1') },
    chosen: undefined,
  },
  {
    says: 'the pending version, for as long as a value may be used',
    versions: { current: old, pending },
    chosen: ['pending', 's2', hardEndMs],
  },
  {
    says: 'no previous version once the overlap is over',
    versions: { current: old, previous },
    chosen: undefined,
  },
  {
    says: 'the previous version in the last millisecond of the overlap, until it ends',
    versions: { current: toVersion('v1', 's1', overlapMs - 1), previous },
    chosen: ['previous', 's0', nowMs + 1],
  },
  {
    says: 'the previous version while the current one is young, for as long as a value may be used',
    versions: { current: young, previous },
    chosen: ['previous', 's0', hardEndMs],
  },
  {
    says: 'the previous version where the clock of Secrets Manager is ahead',
    versions: { current: toVersion('v1', 's1', -5000), previous },
    chosen: ['previous', 's0', hardEndMs],
  },
  {
    says: 'the pending version first',
    versions: { current: young, pending, previous },
    chosen: ['pending', 's2', hardEndMs],
  },
  {
    says: 'the previous version after the pending one was tried',
    versions: { current: young, pending, previous },
    triedId: 'v2',
    chosen: ['previous', 's0', hardEndMs],
  },
  {
    says: 'the pending version after the previous one was tried',
    versions: { current: young, pending, previous },
    triedId: 'v0',
    chosen: ['pending', 's2', hardEndMs],
  },
  {
    says: 'the only other version, although it was tried: it may have reached Cognito since',
    versions: { current: old, pending },
    triedId: 'v2',
    chosen: ['pending', 's2', hardEndMs],
  },
]

const none = { current: undefined, pending: undefined, previous: undefined }

for (const { says, versions, triedId, chosen } of rows) {
  test(`a refused secret leaves ${says}`, () => {
    const question = { refused: new Secret('s1'), triedId, nowMs, overlapMs, hardAgeMs }
    const standIn = chooseStandIn({ ...question, versions: { ...none, ...versions } })
    const seen = standIn && [standIn.source, standIn.secret.reveal(), standIn.endsAtMs]
    assert.deepEqual(seen, chosen)
  })
}

test('an old secret must work for the hard age and one more invocation', () => {
  assert.equal(overlapMs, 86_400_000 + 900_000)
})
