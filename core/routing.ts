import { fail } from './causes/catalogue.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { isMetadataPath } from './metadata-request.ts'
import type { JudgedRequest } from './oauth-request.ts'
import { judgeRevocationRequest } from './revocation-request.ts'
import type { Client } from './settings/settings.ts'
import { judgeTokenRequest } from './token-request.ts'

/** What judges the requests of each path; the paths are exact. */
const judges = new Map([
  ['/oauth2/token', judgeTokenRequest],
  ['/oauth2/revoke', judgeRevocationRequest],
])

/** Judges a gateway event by the rules of its path, before anything is fetched or sent. */
export function judgeRequest(
  event: GatewayEvent,
  clients: ReadonlyMap<string, Client>,
): JudgedRequest {
  const judge = judges.get(event.path)
  if (judge !== undefined) return judge(event, clients)
  // Only what is not GET comes here at a path of the metadata; GET has routes of its own.
  const result = isMetadataPath(event.path)
    ? fail('method_not_allowed', { detail: 'metadata' })
    : fail('route_not_found')
  return { client: 'unknown', grantType: undefined, result }
}
