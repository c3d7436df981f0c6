import { type Failure, toCause } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import type { Outcome } from './outcome.ts'
import type { TokenSet } from './token-response.ts'

/** An answer in the form that an HTTP API takes from a function (payload format 2.0). */
export interface HttpAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** One `Set-Cookie` line each; absent where there is none. */
  readonly cookies?: readonly string[]
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
  const { result, grantType, cookies = [] } = outcome
  const answer = result.ok
    ? toTokenAnswer(result.value, requestId)
    : toFailureAnswer(result, grantType, requestId, runbookUrl)
  return cookies.length === 0 ? answer : { ...answer, cookies }
}

function toTokenAnswer(tokens: TokenSet | undefined, requestId: string): HttpAnswer {
  // A revocation has nothing to say, but some libraries read what is announced as JSON.
  const body = tokens === undefined ? '{}' : toTokenText(tokens)
  return { statusCode: 200, headers: toCommonHeaders(requestId), body }
}

function toTokenText(tokens: TokenSet): string {
  let members = ''
  for (const [name, value] of Object.entries(tokens)) {
    members += `${members === '' ? '' : ','}"${name}":${toValueText(value)}`
  }
  return `{${members}}`
}

/**
 * Tokens are kilobytes of visible ASCII, which was checked when they came. Hardly one has a character that needs
 * an escape, and to look for one takes a twentieth of the time of writing as if each had.
 */
function toValueText(value: string | number): string {
  const isPlain = typeof value === 'string' && !value.includes('"') && !value.includes('\\')
  return isPlain ? `"${value}"` : JSON.stringify(value)
}

/** The headers that every answer has. */
export function toCommonHeaders(requestId: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  }
}

/** Writes the answer of a failure: the fixed texts of its cause. */
export function toFailureAnswer(
  failure: Failure,
  grantType: GrantType | undefined,
  requestId: string,
  runbookUrl: string,
): HttpAnswer {
  const statusCode = toStatus(failure, grantType)
  return {
    statusCode,
    headers: { ...toCommonHeaders(requestId), ...toOwnHeaders(failure, statusCode, grantType) },
    body: JSON.stringify({
      error: toCause(failure.cause).error,
      error_description: toDescription(failure, grantType, requestId),
      ...(runbookUrl === '' ? {} : { error_uri: toRunbookLink(runbookUrl, failure.cause) }),
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
  if (status === 405) return { allow: failure.detail === 'metadata' ? 'GET' : 'POST' }
  // A timeout of a refresh may be tried again; a code of unknown fate may not.
  const isWorthWaiting =
    status === 503 || status === 429 || (status === 504 && grantType !== 'authorization_code')
  return isWorthWaiting ? { 'retry-after': `${toRetryAfterSeconds(failure)}` } : {}
}

function toRetryAfterSeconds({ retryAfterSeconds }: Failure): number {
  const seconds = Math.ceil(retryAfterSeconds ?? defaultRetryAfterSeconds)
  return Math.min(longestRetryAfterSeconds, Math.max(1, seconds))
}
