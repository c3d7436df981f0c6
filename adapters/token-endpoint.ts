import { type CauseName, fail } from '../core/causes/catalogue.ts'
import { toGatewayEvent } from '../core/gateway-event.ts'
import type { Outcome } from '../core/outcome.ts'
import { judgeRequest } from '../core/routing.ts'
import { openDeadline } from './clock.ts'
import type { TokenShell } from './token-shell.ts'

/** What a handler reads of Lambda's context. */
export interface LambdaContext {
  readonly awsRequestId?: string
  readonly getRemainingTimeInMillis?: () => number
}

/** Answers `POST /oauth2/token`: judges the request, and exchanges what may go on. */
export function openTokenEndpoint(
  shell: TokenShell,
): (event: unknown, context: LambdaContext) => Promise<Outcome> {
  let inFlight = 0
  return async (event, context) => {
    const { open, clock } = shell
    if (open === undefined) return toFailed('config_invalid')
    const { settings, exchange } = open
    if (inFlight >= settings.mostInFlight) return toFailed('proxy_overloaded')
    inFlight += 1
    try {
      const deadline = openDeadline(clock, settings, context.getRemainingTimeInMillis?.())
      const judged = judgeRequest(toGatewayEvent(event), settings.clients)
      const { client, grantType, result } = judged
      return result.ok
        ? { client, grantType, ...(await exchange(result.value, deadline)) }
        : { client, grantType, result, facts: {}, secretFetches: [] }
    } finally {
      inFlight -= 1
    }
  }
}

/** The outcome of a request that was not even read. */
export function toFailed(cause: CauseName): Outcome<never> {
  return {
    client: 'unknown',
    grantType: undefined,
    result: fail(cause),
    facts: {},
    secretFetches: [],
  }
}
