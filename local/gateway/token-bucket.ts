/** Throttling as in API Gateway: so many requests a second, and so many at once after a quiet time. */
export interface Throttle {
  readonly ratePerSecond: number
  readonly burst: number
}

/** Makes a full bucket; each call takes one token and says whether there was one. */
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
