import { failStep } from '../causes/rotation.ts'
import { done, end, type Next } from './action.ts'
import { restoreLost } from './restore.ts'
import { findLabelled, type Seen, type SeenVersion } from './seen.ts'
import { undoAdded } from './undo.ts'

/**
 * Decides how a rotation that is stuck is undone: the secret that it has added is deleted where it is proved
 * to be its own and AWSCURRENT works without it, then AWSPENDING is taken away. A version without a label is
 * soon forgotten, so nothing is taken away that Cognito may still take.
 */
export function chooseCancel(seen: Seen): Next {
  const pending = findLabelled(seen, 'AWSPENDING')
  if (pending === undefined || pending.labels.includes('AWSCURRENT')) {
    return restoreLost(seen, () => done)
  }
  const spreading = end(failStep('rotation_not_spread', 'still_refused'))
  return undoAdded(seen, pending, () => unlabel(pending), spreading)
}

function unlabel({ id }: SeenVersion): Next {
  return { do: 'unlabel', versionId: id }
}

/** Decides how the rotation of a cookie key is undone; what it has sealed is nothing yet. */
export function chooseCancelKey(seen: Seen): Next {
  const pending = findLabelled(seen, 'AWSPENDING')
  if (pending === undefined || pending.labels.includes('AWSCURRENT')) return done
  return unlabel(pending)
}
