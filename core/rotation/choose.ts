import { failStep } from '../causes/rotation.ts'
import { byProof, type Choose, done, end, type Next, type Task } from './action.ts'
import { chooseCancel, chooseCancelKey } from './cancel.ts'
import { chooseCreate } from './create.ts'
import type { RotationStep } from './event.ts'
import { chooseWatch } from './lateness.ts'
import { chooseOverlapEnd } from './old-secret.ts'
import { restoreLost } from './restore.ts'
import { findLabelled, type Seen, toValue } from './seen.ts'
import {
  chooseCreateKey,
  chooseFinish,
  chooseFinishKey,
  chooseSet,
  chooseSetKey,
  chooseTest,
  chooseTestKey,
} from './steps.ts'
import type { Target } from './target.ts'

/** What is wanted of a rotation: one of its steps, or what comes after, before or instead of it. */
export type Goal = RotationStep | 'end_overlap' | 'watch' | 'cancel' | 'check'

const nothing: Choose = () => done

/** Whether AWSCURRENT works as it is, so that nothing has to be filled. */
function chooseCheck(seen: Seen): Next {
  const current = toValue(findLabelled(seen, 'AWSCURRENT'))
  const rejected = end(failStep('rotation_current_rejected'))
  if (current === undefined) return rejected
  return byProof(seen, current, { works: () => done, refused: () => rejected })
}

/**
 * Restores an AWSCURRENT that is lost and ends the overlap where it is due; where all is well with both, it
 * looks whether a rotation is late.
 */
function chooseHourly(seen: Seen, task: Task): Next {
  const next = restoreLost(seen, () => chooseOverlapEnd(seen, task))
  return next.do === 'end' && next.failure === undefined ? chooseWatch(seen) : next
}

/** What decides about each goal, for each kind of target. */
export const choices: Readonly<Record<Target['is'], Readonly<Record<Goal, Choose>>>> = {
  client: {
    create: chooseCreate,
    set: chooseSet,
    test: chooseTest,
    finish: chooseFinish,
    end_overlap: chooseHourly,
    watch: (seen) => restoreLost(seen, () => chooseWatch(seen)),
    cancel: chooseCancel,
    check: chooseCheck,
  },
  cookie_key: {
    create: chooseCreateKey,
    set: chooseSetKey,
    test: chooseTestKey,
    finish: chooseFinishKey,
    // The key before stays readable as AWSPREVIOUS until the next rotation.
    end_overlap: chooseWatch,
    watch: chooseWatch,
    cancel: chooseCancelKey,
    check: nothing,
  },
}
