import { byProof, type Next } from './action.ts'
import { findLabelled, type Seen, toOwnCandidates, toValue } from './seen.ts'

/**
 * Moves AWSCURRENT back to the previous version where Cognito has no secret of the current one any more and
 * the previous one is proved to work. A cancel can delete a secret in the moment in which a finish makes it
 * current, since Secrets Manager and Cognito have no common lock: both look again after what they did, and
 * whoever is later sees what the other has done.
 *
 * @param otherwise what comes next where there is nothing to restore
 */
export function restoreLost(seen: Seen, otherwise: () => Next): Next {
  const current = findLabelled(seen, 'AWSCURRENT')
  // Without another secret written down, any active secret could be its own.
  const isLost = current?.other !== undefined && toOwnCandidates(seen, current).length === 0
  const previous = findLabelled(seen, 'AWSPREVIOUS')
  const value = toValue(previous)
  if (!isLost || previous === undefined || value === undefined) return otherwise()
  if (value === toValue(current)) return otherwise()
  return byProof(seen, value, {
    works: () => ({ do: 'promote', versionId: previous.id, fromId: current.id }),
    refused: otherwise,
  })
}
