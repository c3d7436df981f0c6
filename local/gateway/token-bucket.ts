import type { Throttle } from '../../core/http-api.ts'

/** Throttles as API Gateway does: makes a full bucket; each call takes one token and says whether there was one. */
export function openTokenBucket(
  throttle: Throttle,
  nowMs: () => number = () => performance.now(),
): () => boolean {
  let tokens = throttle.burst
  let filledAtMs = nowMs()
  return () => {
    const atMs = nowMs()
    const gained = ((atMs - filledAtMs) / 1000) * throttle.ratePerSecond
    tokens = Math.min(throttle.burst, tokens + gained)
    filledAtMs = atMs
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
