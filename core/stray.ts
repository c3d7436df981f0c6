import { type Failure, fail } from './causes/catalogue.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { isAboutPath, isMetadataPath } from './metadata-path.ts'
import { revocationPath, tokenPath, userInfoPath } from './paths.ts'

/**
 * Says why there is nothing at a path for a method; undefined where metadata is asked for as it should be.
 * Whoever comes here by mistake must not take the place of a sign-in, so this needs no secret and no client.
 */
export function findStray({
  method,
  path,
}: Pick<GatewayEvent, 'method' | 'path'>): Failure | undefined {
  const isGet = method === 'GET'
  if (isMetadataPath(path)) {
    return isGet ? undefined : fail('method_not_allowed', { detail: 'metadata' })
  }
  if (isAboutPath(path) && isGet) return undefined
  if (path === tokenPath || path === revocationPath) {
    return method === 'POST' ? fail('route_not_found') : fail('method_not_allowed')
  }
  // A redirect would lose the access token: browsers drop Authorization on the way to another origin.
  if (path === userInfoPath) return fail('route_not_found', { detail: 'user_info' })
  return fail('route_not_found')
}
