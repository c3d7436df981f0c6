import { failStep } from '../causes/rotation.ts'
import { byProof, end, type Next } from './action.ts'
import { findOwn, isSpreading } from './own-secret.ts'
import { type ActiveSecret, findLabelled, type Seen, type SeenVersion, toValue } from './seen.ts'

/**
 * Deletes the secret that a version has added at Cognito, where it is proved to be its own and AWSCURRENT works
 * without it.
 *
 * @param over what comes next where nothing of the version is left at Cognito
 * @param spreading what comes next while it may still spread
 */
export function undoAdded(
  seen: Seen,
  version: SeenVersion,
  over: () => Next,
  spreading: Next,
): Next {
  const value = toValue(version)
  const own = findOwn(seen, version)
  // It was never added, or it is what Cognito describes, which was there before this rotation.
  if (value === undefined || own === undefined) return over()
  return byProof(seen, value, {
    works: () => deleteOwn(seen, version, own, over),
    refused: () => (isSpreading(seen, own) ? spreading : leaveForeign(seen, over)),
  })
}

/** A value that is refused for long is not the second secret's, unless Cognito refuses whatever is sent. */
function leaveForeign(seen: Seen, over: () => Next): Next {
  const current = toValue(findLabelled(seen, 'AWSCURRENT'))
  const rejected = end(failStep('rotation_current_rejected'))
  if (current === undefined) return rejected
  return byProof(seen, current, { works: over, refused: () => rejected })
}

/** Both values work and there are two secrets: the one that the version has not written down is its own. */
function deleteOwn(seen: Seen, version: SeenVersion, own: ActiveSecret, over: () => Next): Next {
  const current = toValue(findLabelled(seen, 'AWSCURRENT'))
  const works = end(failStep('rotation_current_rejected', 'pending_works'))
  if (current === undefined) return works
  if (current === toValue(version)) return over()
  const isOtherThere = seen.active.some(({ id }) => id === version.other?.id)
  return byProof(seen, current, {
    works: () =>
      isOtherThere && seen.active.length === 2
        ? { do: 'delete', secretId: own.id }
        : end(failStep('rotation_slot_taken', 'pending_unknown')),
    refused: () => works,
  })
}
