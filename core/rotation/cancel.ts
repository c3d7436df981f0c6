import { failStep } from '../causes/rotation.ts'
import { byProof, done, end, type Next } from './action.ts'
import { findOwn, isSpreading } from './own-secret.ts'
import { restoreLost } from './restore.ts'
import { type ActiveSecret, findLabelled, type Seen, type SeenVersion, toValue } from './seen.ts'

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
  const value = toValue(pending)
  const own = findOwn(seen, pending)
  // It was never added, or it is what Cognito describes, which was there before this rotation.
  if (value === undefined || own === undefined) return unlabel(pending)
  return byProof(seen, value, {
    works: () => deleteOwn(seen, pending, own),
    refused: () =>
      isSpreading(seen, own)
        ? end(failStep('rotation_not_spread', 'still_refused'))
        : unlabelForeign(seen, pending),
  })
}

/** A value that is refused for long is not the second secret's, unless Cognito refuses whatever is sent. */
function unlabelForeign(seen: Seen, pending: SeenVersion): Next {
  const current = toValue(findLabelled(seen, 'AWSCURRENT'))
  const rejected = end(failStep('rotation_current_rejected'))
  if (current === undefined) return rejected
  return byProof(seen, current, { works: () => unlabel(pending), refused: () => rejected })
}

/** Both values work and there are two secrets: the one that the pending version has not written down is its own. */
function deleteOwn(seen: Seen, pending: SeenVersion, own: ActiveSecret): Next {
  const current = toValue(findLabelled(seen, 'AWSCURRENT'))
  const works = end(failStep('rotation_current_rejected', 'pending_works'))
  if (current === undefined) return works
  if (current === toValue(pending)) return unlabel(pending)
  const isOtherThere = seen.active.some(({ id }) => id === pending.other?.id)
  return byProof(seen, current, {
    works: () =>
      isOtherThere && seen.active.length === 2
        ? { do: 'delete', secretId: own.id }
        : end(failStep('rotation_slot_taken', 'pending_unknown')),
    refused: () => works,
  })
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
