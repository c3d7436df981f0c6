import { type GatewayEvent, toGatewayEvent } from '../core/gateway-event.ts'
import { type Meter, openMeter } from './meter.ts'
import type { Shell } from './shell.ts'

/** What a handler reads of Lambda's context. */
export interface LambdaContext {
  readonly awsRequestId?: string
  readonly getRemainingTimeInMillis?: () => number
}

/** One request as it arrived, read once, and the meter of what it spends from then on. */
export interface ReceivedRequest {
  readonly event: GatewayEvent
  readonly requestId: string
  readonly meter: Meter
}

/** Reads an event, which may be anything, and opens the meter of its request. */
export function receiveRequest(
  shell: Shell,
  event: unknown,
  context: LambdaContext,
): ReceivedRequest {
  const read = toGatewayEvent(event)
  return {
    event: read,
    requestId: read.requestId ?? context.awsRequestId ?? 'unknown',
    meter: openMeter(shell.clock, shell.open?.settings, () => context.getRemainingTimeInMillis?.()),
  }
}
