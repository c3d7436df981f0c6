import { failStep } from '../causes/rotation.ts'
import { byProof, end, type Next, type Task } from './action.ts'
import { findLabelled, type Seen, type SeenVersion, toValue } from './seen.ts'

/** What to do where the old secret must stay for now. */
type Stay = (why: 'overlap' | 'other_unknown' | 'other_not_proved') => Next

/**
 * Deletes the secret that AWSCURRENT has replaced, once that is proved to be nobody's. With two active
 * secrets, of which one is written down as replaced, and two different values that both work, the replaced
 * one is that of the previous version: AWSCURRENT's own is the other.
 *
 * @param current the version with AWSCURRENT, whose value works
 */
export function deleteOld(seen: Seen, task: Task, current: SeenVersion, stay: Stay): Next {
  const { other } = current
  const isThere = seen.active.some(({ id }) => id === other?.id)
  if (other === undefined || !other.isReplaced || !isThere) return stay('other_unknown')
  if (seen.nowMs < seen.currentSinceMs + task.overlapMs) return stay('overlap')
  const previous = toValue(findLabelled(seen, 'AWSPREVIOUS'))
  const isProvable = seen.active.length === 2 && previous !== toValue(current)
  if (previous === undefined || !isProvable) return stay('other_not_proved')
  return byProof(seen, previous, {
    works: () => ({ do: 'delete', secretId: other.id }),
    refused: () => stay('other_not_proved'),
  })
}

/** Ends the overlap of the last rotation where it is due; else there is nothing to do. */
export function chooseOverlapEnd(seen: Seen, task: Task): Next {
  const current = findLabelled(seen, 'AWSCURRENT')
  const value = toValue(current)
  const isThere = seen.active.some(({ id }) => id === current?.other?.id)
  if (current === undefined || value === undefined || !current.other?.isReplaced || !isThere) {
    return { do: 'end' }
  }
  if (seen.nowMs < seen.currentSinceMs + task.overlapMs) return { do: 'end' }
  return byProof(seen, value, {
    works: () => deleteOld(seen, task, current, stayTaken),
    refused: () => end(failStep('rotation_current_rejected')),
  })
}

/** The failure of what needs a free place. */
export const stayTaken: Stay = (why) =>
  end(why === 'overlap' ? failStep('rotation_too_soon') : failStep('rotation_slot_taken', why))
