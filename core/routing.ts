import { fail } from './causes/catalogue.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { JudgedRequest } from './oauth-request.ts'
import { revocationPath, tokenPath } from './paths.ts'
import { judgeRevocationRequest } from './revocation-request.ts'
import type { Client } from './settings/settings.ts'
import { findStray } from './stray.ts'
import { judgeTokenRequest } from './token-request.ts'

/** What judges the requests of each path; the paths are exact. */
const judges: ReadonlyMap<string, typeof judgeTokenRequest> = new Map([
  [tokenPath, judgeTokenRequest],
  [revocationPath, judgeRevocationRequest],
])

/** Judges a gateway event by the rules of its path, before anything is fetched or sent. */
export function judgeRequest(
  event: GatewayEvent,
  clients: ReadonlyMap<string, Client>,
): JudgedRequest {
  const judge = judges.get(event.path)
  if (judge !== undefined) return judge(event, clients)
  const result = findStray(event) ?? fail('route_not_found')
  return { client: 'unknown', grantType: undefined, result }
}
