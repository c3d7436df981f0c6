import { toStepCause } from '../causes/rotation.ts'
import type { Deed, RotationRun } from './report.ts'

const deedTexts: Readonly<Record<Deed, string>> = {
  stored: 'a new value is stored as AWSPENDING',
  stored_described: 'the value that Cognito shows is stored as AWSPENDING',
  added: 'it is added to the app client',
  deleted: 'a secret that nobody uses any more is deleted at Cognito',
  promoted: 'it is AWSCURRENT now',
  restored:
    'the previous version is AWSCURRENT again, because Cognito has no secret of the current one',
  unlabelled: 'AWSPENDING is taken away',
}

/** Writes what one step has come to, in one line. */
export function toRunLine({ goal, failure, did }: RotationRun): string {
  const done = did.map((deed) => deedTexts[deed]).join('; ')
  if (failure === undefined) return `${goal}: ${done || 'in order, nothing to do'}`
  const seen = failure.evidence.length > 0 ? ` (${failure.evidence.join(', ')})` : ''
  const before = done === '' ? '' : `${done}; `
  return `${goal}: ${before}${failure.cause}${seen}: ${toStepCause(failure.cause).fix}`
}

/** What the labels of a secret say about a rotation that Secrets Manager runs. */
export type WatchedRotation = 'absent' | 'under_way' | 'done'

/**
 * Judges how far a rotation is by the labels alone, which are all that can be watched from outside.
 *
 * @param token the id of its version
 */
export function judgeWatched(
  labels: Readonly<Record<string, readonly string[]>>,
  token: string,
): WatchedRotation {
  const mine = labels[token] ?? []
  if (mine.includes('AWSCURRENT')) return 'done'
  return mine.includes('AWSPENDING') ? 'under_way' : 'absent'
}
