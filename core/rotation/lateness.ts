import { failStep, type StepFailure } from '../causes/rotation.ts'
import { done, end, type Next } from './action.ts'
import { findPending, type Seen, type SeenVersion } from './seen.ts'

/** No rotation takes longer, with all that Secrets Manager repeats, in milliseconds; one that does needs a person. */
export const stuckAfterMs = 86_400_000
/** The longest window that Secrets Manager may take for a rotation that is due, in milliseconds. */
export const overdueAfterMs = 86_400_000

/**
 * Judges whether a rotation is late, by labels and dates alone: a version has been pending for too long, or no
 * rotation has begun although one is due. Both can happen without one failed step, where Secrets Manager
 * cannot invoke the function. Undefined where nothing is late.
 */
export function judgeLateness(seen: Seen): StepFailure | undefined {
  const { schedule, nowMs } = seen
  const pending = findPending(seen)
  if (pending !== undefined) return judgePending(seen, pending)
  const isDue = schedule.isOn && schedule.nextAtMs !== undefined
  return isDue && nowMs > schedule.nextAtMs + overdueAfterMs
    ? failStep('rotation_overdue')
    : undefined
}

function judgePending(seen: Seen, { content, createdAtMs }: SeenVersion): StepFailure | undefined {
  const isMissing = content.is === 'missing'
  // A version without a value has no date; it was there when anything of the secret last changed.
  const sinceMs = isMissing ? seen.changedAtMs : createdAtMs
  if (seen.nowMs - sinceMs < stuckAfterMs) return undefined
  return failStep('rotation_stuck', ...(isMissing ? (['without_value'] as const) : []))
}

/** Decides nothing but whether a rotation is late, so that this is recorded and counted. */
export function chooseWatch(seen: Seen): Next {
  const late = judgeLateness(seen)
  return late === undefined ? done : end(late)
}
