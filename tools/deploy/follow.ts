import { setTimeout as wait } from 'node:timers/promises'
import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  type StackEvent as SdkEvent,
} from '@aws-sdk/client-cloudformation'
import {
  type Progress,
  type StackEvent,
  toEventLine,
  toProgress,
  toProgressText,
} from '../../infra/deploy/events.ts'
import type { Screen } from './screen.ts'

/** What is followed, and where it is shown. */
export interface FollowOrder {
  readonly stack: string
  /** The last event before the change; undefined of a stack that has none. */
  readonly after: string | undefined
  readonly total: number
  /** Milliseconds between two looks. */
  readonly everyMs: number
  readonly screen: Screen
}

/** Follows a change of a stack until it is over, the undoing of a failure included. Throws if AWS cannot be asked. */
export async function followChange(
  cloudFormation: CloudFormationClient,
  order: FollowOrder,
): Promise<Progress> {
  const { say, show } = order.screen
  let told = 0
  for (;;) {
    await wait(order.everyMs)
    const events = await readEventsAfter(cloudFormation, order)
    const progress = toProgress(events)
    const lines = events.slice(told).flatMap((event) => toEventLine(event) ?? [])
    told = events.length
    // A terminal shows one line that changes; what failed stays there, too.
    for (const line of lines) if (show === undefined || line.startsWith('!')) say(line)
    show?.(progress.ended === undefined ? toProgressText(progress, order.total) : '')
    if (progress.ended !== undefined) return progress
  }
}

/** Reads the newest event of a stack, from which on a change is followed. */
export async function readLastEvent(
  cloudFormation: CloudFormationClient,
  stack: string,
): Promise<string | undefined> {
  const page = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: stack }))
  return page.StackEvents?.[0]?.EventId
}

/** Reads the events after a known one in their order; CloudFormation lists the newest first. */
export async function readEventsAfter(
  cloudFormation: CloudFormationClient,
  { stack, after }: Pick<FollowOrder, 'stack' | 'after'>,
): Promise<readonly StackEvent[]> {
  const found: SdkEvent[] = []
  let next: string | undefined
  do {
    const page = await cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: stack, NextToken: next }),
    )
    const events = page.StackEvents ?? []
    const known = events.findIndex(({ EventId }) => EventId === after)
    found.push(...(known === -1 ? events : events.slice(0, known)))
    next = known === -1 ? page.NextToken : undefined
  } while (next !== undefined)
  return found.reverse().map(toStackEvent)
}

function toStackEvent(event: SdkEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason,
    isStack: event.PhysicalResourceId === event.StackId,
  }
}
