import { createHash, timingSafeEqual } from 'node:crypto'
import type { Failure } from '../core/causes/catalogue.ts'
import { judgeWithoutKey } from '../core/edge-entry.ts'
import { toEdgeKeyDigests } from '../core/edge-key.ts'
import type { GatewayEvent } from '../core/gateway-event.ts'

/** Judges whether a request came through the CDN in front; undefined where it did, or need not. */
export type EdgeJudge = (event: GatewayEvent) => Failure | undefined

/**
 * Opens the check of the key by which the CDN in front proves itself. Fails with `edge_key_missing`,
 * `edge_key_mismatch`.
 *
 * @param setting the digests of the accepted keys; where it is empty, every request may come
 */
export function openEdgeJudge(setting: string): EdgeJudge {
  const accepted = toEdgeKeyDigests(setting).map((digest) => Buffer.from(digest, 'hex'))
  if (accepted.length === 0) return () => undefined
  return (event) => {
    const key = event.edgeKey?.reveal() ?? ''
    // Nothing at all has a digest, too, and must not be let in by it.
    if (key === '') return judgeWithoutKey(event)
    const sent = createHash('sha256').update(key).digest()
    // Each is compared, so that the time does not tell which of them was equal.
    const equal = accepted.filter((digest) => timingSafeEqual(digest, sent)).length
    return equal > 0 ? undefined : judgeWithoutKey(event)
  }
}
