import type { Failure } from './causes/catalogue.ts'
import type { OAuthRequest } from './oauth-request.ts'

/** What a decision about a second attempt is made from. */
export interface RetryQuestion {
  readonly failure: Failure
  readonly request: OAuthRequest
  /** Attempts made so far. */
  readonly attempts: number
  /** Since the first byte of the first attempt may have left; 0 where none has. */
  readonly sinceSentMs: number
  readonly leftMs: number
  /** Whether Cognito throttled a call within the last seconds. */
  readonly isThrottled: boolean
  /** Whether the share of requests that may be sent twice is not used up. */
  readonly hasBudget: boolean
  /** A fresh random number, 0 inclusive to 1 exclusive. */
  readonly random: number
}

/** Least time that an attempt must have left to be worth making, in milliseconds. */
export const leastAttemptMs = 250
const shortestWaitMs = 20
const longestWaitMs = 120

/**
 * Chooses whether to ask once more, and after how many milliseconds; `undefined` means never. A code is
 * sent again only where no byte of it can have left; a refresh of unknown outcome only where the user
 * pool is known not to punish it: rotation off, or a replay within its grace period.
 *
 * @see RFC 6749 section 4.1.2 (a code used twice must be denied); RFC 9700 section 4.14 (rotation)
 */
export function chooseRetryDelayMs(question: RetryQuestion): number | undefined {
  const { failure, attempts, isThrottled, hasBudget, leftMs, random } = question
  if (failure.delivery === undefined || attempts > 1 || isThrottled || !hasBudget) return undefined
  // Whoever says when to come back is not asked before.
  if (failure.retryAfterSeconds !== undefined && failure.retryAfterSeconds > 0) return undefined
  const waitMs = Math.floor(shortestWaitMs + random * (longestWaitMs - shortestWaitMs))
  if (leftMs < waitMs + leastAttemptMs) return undefined
  const { request, sinceSentMs } = question
  if (failure.delivery === 'unknown' && !isReplaySafe(request, sinceSentMs + waitMs)) {
    return undefined
  }
  return waitMs
}

/** What is kept of the time left for a second attempt, where one would be safe. */
const secondAttemptShare = 0.4

/**
 * Chooses how many milliseconds an attempt may take. One that may be repeated when it gets no answer
 * leaves time for that; all others have the whole time.
 */
export function chooseAttemptTimeoutMs(
  request: OAuthRequest,
  attempts: number,
  leftMs: number,
): number {
  const firstMs = leftMs * (1 - secondAttemptShare)
  if (attempts > 0 || leftMs - firstMs < leastAttemptMs + longestWaitMs) return leftMs
  return isReplaySafe(request, firstMs + longestWaitMs) ? firstMs : leftMs
}

/** @param replayedMs how long after the first attempt the second one would be sent */
function isReplaySafe(request: OAuthRequest, replayedMs: number): boolean {
  if (request.grantType === 'authorization_code') return false
  // A token that is revoked twice is revoked.
  if (request.grantType === undefined) return true
  const { refreshTokenRotation, retryGracePeriodSeconds } = request.client
  if (refreshTokenRotation === 'off') return true
  if (refreshTokenRotation === 'unknown') return false
  // The grace period began, at the earliest, when the first attempt left; the second must still be
  // there, with a second to spare for its way.
  return replayedMs + 1000 < retryGracePeriodSeconds * 1000
}

/** Counts requests and second attempts, so that the latter stay within a tenth of the former. */
export interface RetryBudget {
  readonly left: number
}

const sharePerRequest = 0.1
/** What a quiet time can save up. */
const mostSaved = 10

/** The budget of a process that has seen no request yet: its first one may be lent a second attempt. */
export const firstRetryBudget: RetryBudget = { left: 1 }

/** The budget after one more request. */
export function earnRetry(budget: RetryBudget): RetryBudget {
  return { left: Math.min(mostSaved, budget.left + sharePerRequest) }
}

/** The budget after one more second attempt. */
export function spendRetry(budget: RetryBudget): RetryBudget {
  return { left: Math.max(0, budget.left - 1) }
}
