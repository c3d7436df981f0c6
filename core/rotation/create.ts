import { fail } from '../causes/catalogue.ts'
import { failStep, toStepFailure } from '../causes/rotation.ts'
import { byProof, done, end, type Next, type Task } from './action.ts'
import { deleteOld, stayTaken } from './old-secret.ts'
import {
  findLabelled,
  isOtherPending,
  type OtherSecret,
  type Seen,
  type SeenVersion,
  toValue,
  type ValueAlias,
} from './seen.ts'

const pendingMalformed = end(failStep('rotation_pending_malformed'))

/**
 * Decides the step *create*: a version of the rotation's token that holds a new value, and a free place for
 * it at Cognito. The value is stored before Cognito hears of it, so that no kill can lose one that is in use.
 */
export function chooseCreate(seen: Seen, task: Task): Next {
  const mine = seen.versions.find(({ id }) => id === task.token)
  if (mine?.content.is === 'malformed') return pendingMalformed
  if (mine?.content.is === 'usable') return done
  if (seen.active.length === 0) return end(toStepFailure(fail('client_has_no_secret')))
  if (isOtherPending(seen, task)) return end(failStep('rotation_version_missing', 'other_pending'))
  const current = findLabelled(seen, 'AWSCURRENT')
  const value = toValue(current)
  if (current === undefined || value === undefined) return heal(seen, current)
  return byProof(seen, value, {
    works: () => replace(seen, task, current),
    refused: () => heal(seen, current),
  })
}

/** AWSCURRENT works: with one active secret, that one is its own. */
function replace(seen: Seen, task: Task, current: SeenVersion): Next {
  const [only, ...more] = seen.active
  return only !== undefined && more.length === 0
    ? store('fresh', { id: only.id, isReplaced: true })
    : deleteOld(seen, task, current, stayTaken)
}

/**
 * AWSCURRENT is none of the active secrets: somebody has changed one side by hand, or it was never filled.
 * What Cognito still describes is stored as it is; else a second secret is added beside the unknown one,
 * which stays, since somebody may use it.
 */
function heal(seen: Seen, current: SeenVersion | undefined): Next {
  const { described } = seen
  if (described === 'unread') return { do: 'describe' }
  if (described === 'none') return addBeside(seen, current)
  return byProof(seen, described, {
    works: () => store(described, undefined),
    refused: () => addBeside(seen, current),
  })
}

function addBeside(seen: Seen, current: SeenVersion | undefined): Next {
  const [only, ...more] = seen.active
  if (only !== undefined && more.length === 0) {
    return store('fresh', { id: only.id, isReplaced: false })
  }
  return end(failStep('rotation_current_rejected', ...toEvidence(current)))
}

function toEvidence(current: SeenVersion | undefined) {
  if (current === undefined || current.content.is === 'missing') return ['current_missing'] as const
  return current.content.is === 'malformed' ? (['current_malformed'] as const) : []
}

function store(value: ValueAlias | 'fresh', other: OtherSecret | undefined): Next {
  return { do: 'store', value, other }
}
