import { toWord } from './changes.ts'

/** What CloudFormation reports of one resource, or of the stack itself, while it changes a stack. */
export interface StackEvent {
  readonly id: string
  readonly logicalId: string
  readonly type: string
  /** Such as `CREATE_IN_PROGRESS`. */
  readonly status: string
  readonly reason?: string | undefined
  readonly isStack: boolean
}

/** How a change of a stack stands, by its events so far. */
export interface Progress {
  readonly done: number
  /** What is being changed, in the order in which it began. */
  readonly running: readonly string[]
  /** The state of the stack when it is over; undefined before. */
  readonly ended: string | undefined
  /** The first resource that failed, with its reason; the others only follow from it. */
  readonly failure: string | undefined
}

/** What CloudFormation says of the resources that it gives up because another one failed. */
const followsFromOther = /^Resource (?:creation|update|deletion) cancelled/i

/** Sums up the events of one change, which are in their order. */
export function toProgress(events: readonly StackEvent[]): Progress {
  const latest = new Map<string, StackEvent>()
  for (const event of events.filter(({ isStack }) => !isStack)) latest.set(event.logicalId, event)
  const states = [...latest.values()]
  const failed = events.find(isOwnFailure)
  return {
    done: states.filter(({ status }) => status.endsWith('_COMPLETE')).length,
    running: states.filter(({ status }) => status.endsWith('_IN_PROGRESS')).map(toName),
    ended: events.findLast(({ isStack, status }) => isStack && isOver(status))?.status,
    failure: failed && `${toName(failed)}: ${failed.reason ?? failed.status}`,
  }
}

const pasts: Readonly<Record<string, string>> = {
  CREATE: 'created',
  UPDATE: 'changed',
  DELETE: 'deleted',
  IMPORT: 'imported',
}

/** Says in one line what happened to a resource; undefined where it only began, or repeats another failure. */
export function toEventLine(event: StackEvent): string | undefined {
  const { isStack, status } = event
  if (isStack) {
    return /ROLLBACK_IN_PROGRESS$/.test(status) ? '! CloudFormation undoes the change' : undefined
  }
  if (isOwnFailure(event)) return `! failed: ${toName(event)}: ${event.reason ?? status}`
  const [action = '', end] = status.split('_')
  const past = pasts[action]
  return end === 'COMPLETE' && past !== undefined ? `${past}: ${toName(event)}` : undefined
}

/** Says in one line how far a change is. */
export function toProgressText({ done, running }: Progress, total: number): string {
  const [first, ...others] = running
  if (first === undefined) return `${done} of ${total} done`
  const rest = others.length === 0 ? '' : ` and ${others.length} more`
  return `${done} of ${total} done, now ${first}${rest}`
}

function isOwnFailure({ isStack, status, reason = '' }: StackEvent): boolean {
  return !isStack && status.endsWith('_FAILED') && !followsFromOther.test(reason)
}

/** `UPDATE_COMPLETE_CLEANUP_IN_PROGRESS` is not over, and the new version serves already. */
function isOver(status: string): boolean {
  return /_(?:COMPLETE|FAILED)$/.test(status)
}

function toName({ type, logicalId }: StackEvent): string {
  return `${toWord(type, 1)} ${logicalId}`
}
