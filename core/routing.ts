import { type Failure, fail } from './causes/catalogue.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { isMetadataPath } from './metadata-request.ts'
import type { JudgedRequest } from './oauth-request.ts'
import { revocationPath, tokenPath, userInfoPath } from './paths.ts'
import { judgeRevocationRequest } from './revocation-request.ts'
import type { Client } from './settings/settings.ts'
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
  return { client: 'unknown', grantType: undefined, result: toStrayFailure(event.path) }
}

/** Only what is not GET comes here at a path of the metadata; GET has routes of its own. */
function toStrayFailure(path: string): Failure {
  if (isMetadataPath(path)) return fail('method_not_allowed', { detail: 'metadata' })
  // A redirect would lose the access token: browsers drop Authorization on the way to another origin.
  if (path === userInfoPath) return fail('route_not_found', { detail: 'user_info' })
  return fail('route_not_found')
}
