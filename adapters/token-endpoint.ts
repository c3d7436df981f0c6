import { type Outcome, toMisfitOutcome, toUnjudgedOutcome } from '../core/outcome.ts'
import { judgeRequest } from '../core/routing.ts'
import type { ReceivedRequest } from './received-request.ts'
import type { TokenShell } from './token-shell.ts'

/** Answers `POST /oauth2/token` and `/oauth2/revoke`: judges the request, and exchanges what may go on. */
export function openTokenEndpoint(
  shell: TokenShell,
): (received: ReceivedRequest) => Promise<Outcome> {
  let inFlight = 0
  return async ({ event, meter }) => {
    if (event.misfit !== undefined) return toMisfitOutcome(event.misfit)
    if (shell.open === undefined) return toUnjudgedOutcome('config_invalid')
    const { settings, exchange, judgeEdge, judgeLeak } = shell.open
    if (inFlight >= settings.mostInFlight) return toUnjudgedOutcome('proxy_overloaded')
    inFlight += 1
    try {
      const judged = judgeRequest(event, settings.clients)
      const around = judgeEdge(event)
      const entered = around === undefined ? judged : { ...judged, result: around }
      const { client, grantType, result } = await judgeLeak(event, entered, meter)
      if (!result.ok) return { client, grantType, result }
      return { client, grantType, ...(await exchange(result.value, meter)) }
    } finally {
      inFlight -= 1
    }
  }
}
