import type { RotationState, RotationStatus } from './status.ts'
import { type StatusNames, stateTexts, toSecretCommand, toSpanText } from './status-text.ts'
import type { Target } from './target.ts'

/** What a command changes about a secret, as it is asked before it does it. */
export type PlannedAction = 'import' | 'rotate' | 'cancel'

/** What a command is going to do, or why it does nothing. */
export type Plan =
  | { readonly does: 'something'; readonly lines: readonly string[] }
  /** What is wanted is so already. */
  | { readonly does: 'nothing'; readonly says: string }
  | { readonly does: 'refuse'; readonly says: string; readonly verdict: 'wrong' | 'unchecked' }

/** What a plan is made from. */
export interface PlanQuestion {
  readonly target: Target['is']
  readonly status: RotationStatus
  readonly names: StatusNames
  /** The KMS key of a secret that has to be made; undefined for that of AWS. */
  readonly kmsKeyId: string | undefined
}

type Choose = (question: PlanQuestion) => Plan

/** Plans what a command does about a secret in its state; nothing of it has been done yet. */
export function toPlan(action: PlannedAction, question: PlanQuestion): Plan {
  return plans[action](question)
}

const plans: Readonly<Record<PlannedAction, Choose>> = {
  import: planImport,
  rotate: planRotation,
  cancel: planCancel,
}

const unfilled: readonly RotationState[] = ['absent', 'empty', 'malformed', 'rejected']

function planImport({ target, status, names, kmsKeyId }: PlanQuestion): Plan {
  const { state } = status
  const { secretId } = names
  if (state === 'unproved') return unchecked
  if (!unfilled.includes(state)) {
    return { does: 'nothing', says: 'the secret is filled and its current value works' }
  }
  if (state !== 'absent') return act(...fillSteps[target])
  if (secretId.startsWith('arn:')) {
    const says = `there is no secret ${secretId}, and none can be made with a given ARN: set secretId to a name`
    return { does: 'refuse', says, verdict: 'wrong' }
  }
  const key = kmsKeyId === undefined ? 'the default key of AWS' : `the KMS key ${kmsKeyId}`
  const made = `make the secret ${secretId} in Secrets Manager, encrypted with ${key}`
  return target === 'client'
    ? act(made, ...fillSteps.client)
    : act(made, 'put a new random key into it')
}

const fillSteps: Readonly<Record<Target['is'], readonly string[]>> = {
  client: [
    'fill it with the client secret that Cognito shows, if it shows one that works',
    'otherwise add a second secret to the app client, and make it current once it is proved to work',
  ],
  cookie_key: [
    'put a new random key into it',
    'make it current once every sandbox has read it, which takes some minutes',
  ],
}

function planRotation(question: PlanQuestion): Plan {
  const { status, names, target } = question
  const { state, schedule, overlapEndsAtMs, atMs } = status
  if (state === 'unproved') return unchecked
  if (['absent', 'empty', 'malformed'].includes(state)) {
    const { says } = stateTexts[state]
    return refuse(`${says}: fill it first with ${toSecretCommand('import', names)}`)
  }
  if (state === 'second_unknown')
    return refuse(`${stateTexts[state].says}: ${stateTexts[state].next}`)
  if (state === 'overlap' && overlapEndsAtMs !== undefined) {
    const left = toSpanText(overlapEndsAtMs - atMs)
    return refuse(
      `the old secret of the last rotation must still work for ${left}, and Cognito has room for two: rotate after that`,
    )
  }
  const begun = ['pending', 'stuck'].includes(state)
  const what = begun ? 'continue the rotation that is under way' : rotationSays[target]
  const who = schedule.isOn
    ? 'let Secrets Manager run its steps with the function rotate, and watch them'
    : 'run its steps with the credentials of this machine'
  return act(what, who)
}

const rotationSays: Readonly<Record<Target['is'], string>> = {
  client:
    'add a new secret to the app client, prove that it works, and make it current; the old one stays until its overlap is over',
  cookie_key: 'make a new key, and make it current once every sandbox has read it; no session ends',
}

function planCancel({ status, target }: PlanQuestion): Plan {
  const pending = status.versions.find(
    ({ labels }) => labels.includes('AWSPENDING') && !labels.includes('AWSCURRENT'),
  )
  if (pending === undefined) return { does: 'nothing', says: 'no rotation is under way' }
  const unlabel = `take the label AWSPENDING from the version ${pending.id}`
  return target === 'client'
    ? act(
        'delete the pending secret at Cognito, if it is proved to be that of this rotation',
        unlabel,
      )
    : act(unlabel)
}

const unchecked: Plan = {
  does: 'refuse',
  says: 'it could not be checked whether the current value works, so nothing is changed',
  verdict: 'unchecked',
}

function act(...lines: readonly string[]): Plan {
  return { does: 'something', lines }
}

function refuse(says: string): Plan {
  return { does: 'refuse', says, verdict: 'wrong' }
}
