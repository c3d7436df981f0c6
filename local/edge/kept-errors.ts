import type { Distribution } from './distribution.ts'
import type { EdgeAnswer } from './origin-request.ts'
import type { ViewerRequest } from './viewer-request.ts'

/**
 * The errors of an origin that CloudFront keeps, whatever their `Cache-Control` says and although the cache policy
 * keeps nothing. The policy puts only the path into the key, so one caller's error is answered to others.
 */
const keptStatuses = [404, 414, 500, 501, 502, 503, 504]
const usualSeconds = 10

/** The errors that are answered in place of the origin for a while. */
export interface KeptErrors {
  readonly find: (request: ViewerRequest) => EdgeAnswer | undefined
  readonly keep: (request: ViewerRequest, answer: EdgeAnswer) => void
}

/** Opens an empty store of errors. */
export function openKeptErrors(
  { errorSeconds }: Pick<Distribution, 'errorSeconds'>,
  nowMs: () => number,
): KeptErrors {
  const kept = new Map<string, { readonly answer: EdgeAnswer; readonly untilMs: number }>()
  const isCached = ({ method }: ViewerRequest) => method === 'GET' || method === 'HEAD'
  const toKey = ({ method, path }: ViewerRequest) => `${method} ${path}`
  return {
    find: (request) => {
      const found = kept.get(toKey(request))
      return found !== undefined && nowMs() < found.untilMs ? found.answer : undefined
    },
    keep: (request, answer) => {
      if (!isCached(request) || !keptStatuses.includes(answer.status)) return
      const seconds = errorSeconds.get(answer.status) ?? usualSeconds
      kept.set(toKey(request), { answer, untilMs: nowMs() + seconds * 1000 })
    },
  }
}
