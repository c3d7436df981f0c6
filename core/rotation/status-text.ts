import { toStepCause } from '../causes/rotation.ts'
import type { RotationState, RotationStatus, SecretRole, VersionStatus } from './status.ts'

/** What an operator can do about a secret. */
export type SecretAction = 'import' | 'status' | 'rotate' | 'cancel'

/** How well a status is, as an exit code says it. */
export type StatusVerdict = 'well' | 'wrong' | 'unchecked'

interface StateText {
  readonly verdict: StatusVerdict
  readonly says: string
  readonly next: string
  /** The command that does it, if one does. */
  readonly action?: SecretAction
}

/** What each state means, and what to do next. */
export const stateTexts: Readonly<Record<RotationState, StateText>> = {
  absent: {
    verdict: 'wrong',
    says: 'there is no such secret in Secrets Manager',
    next: 'create and fill it',
    action: 'import',
  },
  empty: {
    verdict: 'wrong',
    says: 'the secret has no current value yet',
    next: 'fill it',
    action: 'import',
  },
  malformed: {
    verdict: 'wrong',
    says: 'the current value does not have the form that it needs',
    next: 'make sure that secretId names the right secret, then fill it',
    action: 'import',
  },
  rejected: {
    verdict: 'wrong',
    says: 'Cognito refuses the current value: somebody has changed the secret by hand',
    next: 'a rotation heals it',
    action: 'rotate',
  },
  unproved: {
    verdict: 'unchecked',
    says: 'it could not be checked whether the current value works',
    next: 'fix what the cause names, then look again',
    action: 'status',
  },
  stuck: {
    verdict: 'wrong',
    says: 'a rotation has been under way for more than a day; the current value works',
    next: 'read why in the records of the function rotate, then undo it',
    action: 'cancel',
  },
  pending: {
    verdict: 'well',
    says: 'a rotation is under way; the current value works',
    next: 'wait until it ends; if a step has failed, fix what its record names, and it is repeated',
  },
  second_unknown: {
    verdict: 'wrong',
    says: 'the app client has a second secret that no version names; the current value works',
    next: 'find out who uses the second secret, and delete it if nobody does: the next rotation needs its place',
  },
  overlap_over: {
    verdict: 'well',
    says: 'the last rotation is over, and its old secret is due for deletion',
    next: 'nothing: the schedule or the next rotation deletes the old secret',
  },
  overlap: {
    verdict: 'well',
    says: 'the last rotation went well; its old secret still works, for what is in memory somewhere',
    next: 'nothing: the old secret is deleted when the overlap is over',
  },
  overdue: {
    verdict: 'wrong',
    says: 'a rotation is overdue; the current value works',
    next: 'read the records of the function rotate, then start a rotation',
    action: 'rotate',
  },
  settled: { verdict: 'well', says: 'everything is settled', next: 'nothing' },
}

/** How the status of one secret is named and continued in a text. */
export interface StatusNames {
  readonly name: string
  readonly secretId: string
  /** The flags that lead a command to this secret, such as `--client web --stage dev`. */
  readonly flags: string
}

const roles: Readonly<Record<SecretRole, string>> = {
  current: 'the current one',
  pending: 'the pending one',
  replaced: 'replaced by the last rotation',
  unknown: 'not known whose',
}
const takes: Readonly<Record<VersionStatus['atCognito'], string>> = {
  works: ', works at Cognito',
  refused: ', refused by Cognito',
  unknown: '',
}
const contents: Readonly<Record<VersionStatus['holds'], string>> = {
  usable: '',
  malformed: ', malformed',
  missing: ', without a value yet',
}

/** Writes the command that does something about a secret. */
export function toSecretCommand(action: SecretAction, { flags }: StatusNames): string {
  return `npm run secret -- ${action} ${flags}`
}

/** Writes a status in plain words, line by line. */
export function toStatusLines(status: RotationStatus, names: StatusNames): readonly string[] {
  const { state, versions, active, failure, overlapEndsAtMs, atMs } = status
  const { says, next, action } = stateTexts[state]
  const seen = failure?.evidence.length ? ` (${failure.evidence.join(', ')})` : ''
  return [
    `${names.name}: ${says}`,
    '',
    toRow('secret', names.secretId),
    ...versions.map((version) => toVersionLine(version, atMs)),
    ...active.map(({ id, createdAtMs, role }) =>
      toRow('at Cognito', `${id}, ${toSpanText(atMs - createdAtMs)} old: ${roles[role]}`),
    ),
    ...(overlapEndsAtMs === undefined ? [] : [toRow('overlap', toLeft(overlapEndsAtMs - atMs))]),
    toRow('rotation', toScheduleText(status)),
    ...(failure === undefined
      ? []
      : [toRow('cause', `${failure.cause}${seen}: ${toStepCause(failure.cause).fix}`)]),
    toRow('next', action === undefined ? next : `${next}: ${toSecretCommand(action, names)}`),
  ]
}

function toRow(label: string, text: string): string {
  return `  ${label.padEnd(12)}${text}`
}

function toVersionLine({ id, labels, createdAtMs, holds, atCognito }: VersionStatus, atMs: number) {
  const age = `${toSpanText(atMs - createdAtMs)} old`
  const label = labels.join(' ') || 'no label'
  return toRow('version', `${label}: ${id}, ${age}${contents[holds]}${takes[atCognito]}`)
}

function toLeft(leftMs: number): string {
  return leftMs > 0 ? `${toSpanText(leftMs)} left` : 'over'
}

function toScheduleText({ schedule, atMs }: RotationStatus): string {
  const { isOn, lastAtMs, nextAtMs } = schedule
  const last = lastAtMs === undefined ? 'never yet' : `last ${toSpanText(atMs - lastAtMs)} ago`
  if (!isOn) return `not on a schedule, ${last}`
  if (nextAtMs === undefined) return `on a schedule, ${last}`
  const leftMs = nextAtMs - atMs
  const next = leftMs >= 0 ? `next in ${toSpanText(leftMs)}` : `due for ${toSpanText(-leftMs)}`
  return `on a schedule, ${last}, ${next}`
}

const units = [
  [86_400_000, 'days'],
  [3_600_000, 'hours'],
  [60_000, 'minutes'],
  [1000, 'seconds'],
] as const

/** Writes a span in its largest unit of which there are two at least; clocks that differ make it 0. */
export function toSpanText(ms: number): string {
  const found = units.find(([unitMs]) => ms >= 2 * unitMs)
  if (found === undefined) return ms >= 1000 ? '1 second' : '0 seconds'
  return `${Math.floor(ms / found[0])} ${found[1]}`
}
