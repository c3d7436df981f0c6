import { failStep, type StepFailure } from '../causes/rotation.ts'
import { byProof, done, end, type Next, type Task } from './action.ts'
import { marginMs, spreadPauseMs } from './limits.ts'
import { findOwn, isListed, isSpreading } from './own-secret.ts'
import { restoreLost } from './restore.ts'
import { findLabelled, isOtherPending, type Seen, type SeenVersion, toValue } from './seen.ts'

const notAdded = failStep('rotation_not_spread', 'not_added')
const stillRefused = failStep('rotation_not_spread', 'still_refused')

/** The version that a step is about, or why there is none to work on. */
type Mine =
  | {
      readonly ok: true
      readonly version: SeenVersion
      readonly value: number
      readonly isAddable: boolean
    }
  | StepFailure

/** A version without one of these labels belongs to a rotation that is over: nothing is done for it. */
function findMine({ versions }: Seen, { token }: Task): Mine {
  const version = versions.find(({ id }) => id === token)
  if (version === undefined) return failStep('rotation_version_missing', 'absent')
  const { content, labels } = version
  const isUnderWay = labels.includes('AWSPENDING') || labels.includes('AWSCURRENT')
  if (!isUnderWay) return failStep('rotation_version_missing', 'not_pending')
  if (content.is === 'missing') return failStep('rotation_version_missing', 'without_value')
  if (content.is === 'malformed') return failStep('rotation_pending_malformed')
  return { ok: true, version, value: content.value, isAddable: content.isAddable }
}

/**
 * Decides the step *set*: Cognito has the new value, whether or not it has spread yet. A cancel that took the
 * label away just before the value was added has seen nothing to delete, so whoever has added it deletes it.
 */
export function chooseSet(seen: Seen, task: Task): Next {
  const mine = findMine(seen, task)
  if (!mine.ok) return takeBack(seen, mine)
  // It was proved before it became current. If it is refused by now, somebody has deleted it.
  if (mine.version.labels.includes('AWSCURRENT')) return done
  const { version, value, isAddable } = mine
  const add = (): Next => {
    if (!isAddable) return end(failStep('rotation_pending_malformed'))
    return seen.active.length < 2
      ? { do: 'add', value }
      : end(failStep('rotation_slot_taken', 'pending_unknown'))
  }
  return byProof(seen, value, {
    // What was deleted works for a while yet. Added again before Cognito has forgotten it, it would seem to have
    // spread, and could become current before it has.
    works: () => (isListed(seen, version) ? done : pause(seen, notAdded)),
    // It was added a moment ago, and has not spread; the next step waits for it.
    refused: () => (isSpreading(seen, findOwn(seen, version)) ? done : add()),
  })
}

/** Deletes what this very invocation has added for a version that is not under way any more. */
function takeBack({ active, addedId }: Seen, failure: StepFailure): Next {
  return addedId !== undefined && active.some(({ id }) => id === addedId)
    ? { do: 'delete', secretId: addedId }
    : end(failure)
}

/**
 * Whether there is nothing to test. Where rotation is switched on, Secrets Manager asks for this one step, with a
 * version that it removes afterwards and that may have no value. A finish refuses such a version.
 */
function isEmpty({ versions }: Seen, { token }: Task): boolean {
  const version = versions.find(({ id }) => id === token)
  return version?.content.is === 'missing' && version.labels.includes('AWSPENDING')
}

/** Decides the step *test*: the token endpoint takes the new value, which may need a while to spread. */
export function chooseTest(seen: Seen, task: Task): Next {
  if (isEmpty(seen, task)) return done
  const mine = findMine(seen, task)
  if (!mine.ok) return end(mine)
  const proof = seen.proofs.get(mine.value)
  if (proof === undefined) return { do: 'probe', value: mine.value }
  if (proof === 'works') return isListed(seen, mine.version) ? done : end(notAdded)
  if (proof === 'refused' && findOwn(seen, mine.version) === undefined) return end(notAdded)
  return pause(seen, proof === 'refused' ? stillRefused : proof)
}

/** Looks again in a moment, or fails where this invocation has no time for that. */
function pause({ leftMs }: Seen, failure: StepFailure): Next {
  return leftMs >= spreadPauseMs + marginMs ? { do: 'wait', ms: spreadPauseMs } : end(failure)
}

/**
 * Decides the step *finish*: AWSCURRENT is at the new version. It proves the value itself, so that a finish
 * out of turn makes nothing current that does not work. The old secret stays until its overlap is over.
 */
export function chooseFinish(seen: Seen, task: Task): Next {
  const mine = findMine(seen, task)
  if (!mine.ok) return end(mine)
  if (mine.version.labels.includes('AWSCURRENT')) return restoreLost(seen, () => done)
  return byProof(seen, mine.value, {
    works: () => (isListed(seen, mine.version) ? promote(seen, mine.version) : end(notAdded)),
    refused: () => end(stillRefused),
  })
}

function promote(seen: Seen, { id }: SeenVersion): Next {
  return { do: 'promote', versionId: id, fromId: findLabelled(seen, 'AWSCURRENT')?.id }
}

/** Decides the step *create* of a cookie key: it needs nothing but a version with a key. */
export function chooseCreateKey(seen: Seen, { token }: Task): Next {
  const content = seen.versions.find(({ id }) => id === token)?.content
  if (content?.is === 'malformed') return end(failStep('rotation_pending_malformed'))
  if (content?.is === 'usable') return done
  return isOtherPending(seen, { token })
    ? end(failStep('rotation_version_missing', 'other_pending'))
    : { do: 'store', value: 'fresh', other: undefined }
}

/** Decides the step *set* of a cookie key: nobody else has to be told. */
export function chooseSetKey(seen: Seen, task: Task): Next {
  const mine = findMine(seen, task)
  return mine.ok ? done : end(mine)
}

/** Decides the step *test* of a cookie key: every sandbox has read the pending key, and can open what it seals. */
export function chooseTestKey(seen: Seen, task: Task): Next {
  if (isEmpty(seen, task)) return done
  const mine = findMine(seen, task)
  if (!mine.ok) return end(mine)
  const waitMs = toReadersWaitMs(seen, task, mine.version)
  if (waitMs <= 0) return done
  const canWait = waitMs + marginMs <= seen.leftMs
  return canWait
    ? { do: 'wait', ms: waitMs }
    : end(failStep('rotation_not_spread', 'readers_behind'))
}

/** Decides the step *finish* of a cookie key, which must be as old as the step before demands. */
export function chooseFinishKey(seen: Seen, task: Task): Next {
  const mine = findMine(seen, task)
  if (!mine.ok) return end(mine)
  if (mine.version.labels.includes('AWSCURRENT')) return done
  return toReadersWaitMs(seen, task, mine.version) <= 0
    ? promote(seen, mine.version)
    : end(failStep('rotation_not_spread', 'readers_behind'))
}

/** Every sandbox knows the key of AWSCURRENT, whichever version has it. */
function toReadersWaitMs(seen: Seen, task: Task, version: SeenVersion): number {
  if (toValue(version) === toValue(findLabelled(seen, 'AWSCURRENT'))) return 0
  // A version may be there before its value is.
  return Math.max(version.createdAtMs, seen.changedAtMs) + task.readersMs - seen.nowMs
}
