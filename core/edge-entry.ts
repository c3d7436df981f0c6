import { isBehindCdn } from './behind-cdn.ts'
import { type Failure, fail } from './causes/catalogue.ts'
import type { GatewayEvent } from './gateway-event.ts'

/**
 * Judges a request that does not carry an accepted key. Without any key it went around the CDN, which is the
 * mistake of whoever sent it. A wrong key, or none although a CDN passed the request on, may be the CDN's, whose
 * users did nothing wrong: so it is never told as the caller's. Strangers can send either, so neither is proved
 * to be the operator's, and neither pages.
 */
export function judgeWithoutKey(event: Pick<GatewayEvent, 'edgeKey' | 'headers'>): Failure {
  if (event.edgeKey !== undefined) {
    return fail('edge_key_mismatch', { certainty: 'likely', evidence: ['other_key'] })
  }
  return isBehindCdn(event)
    ? fail('edge_key_mismatch', { certainty: 'likely', evidence: ['absent_behind_cdn'] })
    : fail('edge_key_missing')
}
