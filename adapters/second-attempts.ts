import type { Failure, Result } from '../core/causes/catalogue.ts'
import type { OAuthRequest } from '../core/oauth-request.ts'
import {
  chooseRetryDelayMs,
  earnRetry,
  firstRetryBudget,
  spendRetry,
} from '../core/retry-policy.ts'
import type { Clock } from './clock.ts'

/** What is known about a request that asks for a second attempt. */
interface Candidate {
  readonly request: OAuthRequest
  readonly failure: Failure
  readonly attempts: number
  readonly sentAtMs: number | undefined
  readonly leftMs: number
}

/** What a process remembers so that second attempts never add to an outage. */
export interface SecondAttempts {
  readonly noteRequest: () => void
  readonly noteResult: (domain: string, result: Result<unknown>) => void
  /** Milliseconds to wait before the second attempt, which is then counted; undefined for none. */
  readonly grantDelayMs: (candidate: Candidate) => number | undefined
  /** Whether one more attempt may be made with another secret, which is then counted. */
  readonly grantOtherSecret: (domain: string) => boolean
}

/** How long no second attempt is made after Cognito has throttled a call, in milliseconds. */
const throttlePauseMs = 5000

/** Opens the memory of one process, over all clients; throttling is remembered for each domain. */
export function openSecondAttempts(clock: Clock): SecondAttempts {
  let budget = firstRetryBudget
  const throttledAtMs = new Map<string, number>()
  const isThrottled = (domain: string) => {
    const atMs = throttledAtMs.get(domain) ?? Number.NEGATIVE_INFINITY
    return clock.spanMs() - atMs < throttlePauseMs
  }
  return {
    noteRequest: () => {
      budget = earnRetry(budget)
    },
    noteResult: (domain, result) => {
      if (!result.ok && result.cause === 'cognito_throttled') {
        throttledAtMs.set(domain, clock.spanMs())
      }
    },
    grantDelayMs: ({ request, failure, attempts, sentAtMs, leftMs }) => {
      const delayMs = chooseRetryDelayMs({
        failure,
        request,
        attempts,
        sinceSentMs: sentAtMs === undefined ? 0 : clock.spanMs() - sentAtMs,
        leftMs,
        isThrottled: isThrottled(request.client.domain),
        hasBudget: budget.left >= 1,
        random: clock.random(),
      })
      if (delayMs !== undefined) budget = spendRetry(budget)
      return delayMs
    },
    grantOtherSecret: (domain) => {
      if (isThrottled(domain) || budget.left < 1) return false
      budget = spendRetry(budget)
      return true
    },
  }
}
