import { byProof, type Next } from './action.ts'
import { isListed } from './own-secret.ts'
import { findLabelled, type Seen, toValue } from './seen.ts'

/**
 * Moves AWSCURRENT back to the previous version where Cognito has no secret of the current one any more, and may
 * have one of the previous one, whose value is proved to work. A cancel can delete a secret in the moment in
 * which a finish makes it current, since Secrets Manager and Cognito have no common lock: both look again after
 * what they did, and whoever is later sees what the other has done. AWSPENDING goes first, so that no step adds
 * again what was deleted.
 *
 * @param otherwise what comes next where there is nothing to restore
 */
export function restoreLost(seen: Seen, otherwise: () => Next): Next {
  const current = findLabelled(seen, 'AWSCURRENT')
  const previous = findLabelled(seen, 'AWSPREVIOUS')
  const value = toValue(previous)
  if (current === undefined || previous === undefined || value === undefined) return otherwise()
  // What was deleted works for a moment yet, so that the list counts first.
  if (isListed(seen, current) || !isListed(seen, previous)) return otherwise()
  if (value === toValue(current)) return otherwise()
  return byProof(seen, value, {
    works: () =>
      current.labels.includes('AWSPENDING')
        ? { do: 'unlabel', versionId: current.id }
        : { do: 'restore', versionId: previous.id, fromId: current.id },
    refused: otherwise,
  })
}
