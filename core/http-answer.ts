import type { GrantType } from './cause.ts'
import { type Failure, toCause } from './causes.ts'
import type { Outcome } from './outcome.ts'

/** An answer in the form that an HTTP API takes from a function (payload format 2.0). */
export interface HttpAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const defaultRetryAfterSeconds = 5
const longestRetryAfterSeconds = 60

/**
 * Writes the answer of an outcome: tokens, or the fixed texts of the cause. Nothing that the caller or
 * Cognito wrote is in a failure.
 *
 * @param runbookUrl base address of the runbook, or empty for no link
 * @see RFC 6749 sections 5.1 and 5.2
 */
export function toHttpAnswer(outcome: Outcome, requestId: string, runbookUrl: string): HttpAnswer {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  }
  const { result, grantType } = outcome
  if (result.ok) {
    const body = result.value === undefined ? '' : JSON.stringify(result.value)
    return { statusCode: 200, headers, body }
  }
  const statusCode = toStatus(result, grantType)
  return {
    statusCode,
    headers: { ...headers, ...toOwnHeaders(result, statusCode, grantType) },
    body: JSON.stringify({
      error: toCause(result.cause).error,
      error_description: toDescription(result, grantType, requestId),
      ...(runbookUrl === '' ? {} : { error_uri: toRunbookLink(runbookUrl, result.cause) }),
    }),
  }
}

/** The status of a failure, which for some causes depends on whether a code was at stake. */
export function toStatus(failure: Failure, grantType: GrantType | undefined): number {
  const cause = toCause(failure.cause)
  return (grantType === 'authorization_code' ? cause.forCode?.status : undefined) ?? cause.status
}

/**
 * The address of a cause's page in the published runbook.
 *
 * @param runbookUrl address of the folder that holds the pages; a slash at its end changes nothing
 */
export function toRunbookLink(runbookUrl: string, cause: string): string {
  return `${runbookUrl.replace(/\/$/, '')}/${cause}.md`
}

function toDescription(
  failure: Failure,
  grantType: GrantType | undefined,
  requestId: string,
): string {
  const cause = toCause(failure.cause)
  const own =
    (grantType === 'authorization_code' ? cause.forCode?.description : undefined) ??
    cause.description
  const detail = failure.detail === undefined ? undefined : cause.details?.[failure.detail]
  const sentences = detail === undefined ? own : `${own} ${detail}`
  return cause.fault === 'caller' ? sentences : `${sentences} Request id: ${requestId}`
}

function toOwnHeaders(
  failure: Failure,
  status: number,
  grantType: GrantType | undefined,
): Readonly<Record<string, string>> {
  if (status === 405) return { allow: 'POST' }
  // A timeout of a refresh may be tried again; a code of unknown fate may not.
  const isWorthWaiting =
    status === 503 || status === 429 || (status === 504 && grantType !== 'authorization_code')
  return isWorthWaiting ? { 'retry-after': `${toRetryAfterSeconds(failure)}` } : {}
}

function toRetryAfterSeconds({ retryAfterSeconds }: Failure): number {
  const seconds = Math.ceil(retryAfterSeconds ?? defaultRetryAfterSeconds)
  return Math.min(longestRetryAfterSeconds, Math.max(1, seconds))
}
