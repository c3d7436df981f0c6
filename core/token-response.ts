import { type Failure, fail, type Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import { type UpstreamError, upstreamErrors } from './facts.ts'
import { parseJsonObject } from './json.ts'
import { judgeRejection } from './rejection.ts'

/** What came back from the user pool, whole and within its bounds. */
export interface UpstreamAnswer {
  readonly status: number
  readonly body: string
  /** Cognito's request id in a checked form; the only handle that AWS support can use. */
  readonly upstreamRequestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** How long it may be kept, where it says so. */
  readonly maxAgeSeconds?: number | undefined
}

/** A success, rebuilt from named fields whose types were checked; the names are the wire's. */
export interface TokenSet {
  readonly access_token: string
  readonly id_token?: string
  readonly refresh_token?: string
  readonly token_type: string
  readonly expires_in?: number
  readonly scope?: string
}

/** Tokens, nothing where a token was revoked, or the failure in their place. */
export type TokenResult = Result<TokenSet | undefined>

const optionalTexts = ['id_token', 'refresh_token', 'scope'] as const
/** RFC 6749 appendix A.12: tokens and scopes are visible ASCII and space. */
const printable = /^[\x20-\x7e]+$/
/** Names that the texts of failing pool triggers carry; texts are hints, so this is never proof. */
const triggerText =
  /\b(?:PreTokenGeneration|PreAuthentication|PostAuthentication|PostConfirmation|UserMigration)\b[^"]{0,40}\bfailed\b|\b(?:UserLambdaValidation|UnexpectedLambda|InvalidLambdaResponse)Exception\b/
const throttleText =
  /\b(?:TooManyRequestsException|ThrottlingException|LimitExceededException)\b|Rate exceeded/i

/**
 * Judges what Cognito answered: tokens (nothing, where a token was revoked), or the failure that it
 * stands for. Only an explicit OAuth error in a 4xx answer can become `invalid_grant`.
 *
 * @param grantType undefined for a revocation
 * @see RFC 6749 sections 5.1 and 5.2; RFC 7009 section 2.2
 */
export function judgeUpstreamAnswer(
  answer: UpstreamAnswer,
  grantType: GrantType | undefined,
): TokenResult {
  const fields = answer.status >= 400 ? parseJsonObject(answer.body) : undefined
  const result =
    answer.status === 200
      ? judgeSuccess(answer, grantType)
      : judgeRefusal(answer, fields, grantType)
  return result.ok ? result : { ...result, facts: { ...toFacts(answer, fields), ...result.facts } }
}

type Fields = ReturnType<typeof parseJsonObject>

function toFacts(answer: UpstreamAnswer, fields: Fields) {
  const { upstreamRequestId } = answer
  return {
    upstreamStatus: answer.status,
    ...(fields === undefined ? {} : { upstreamError: toUpstreamError(fields['error']) }),
    ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
  }
}

function judgeSuccess(answer: UpstreamAnswer, grantType: GrantType | undefined): TokenResult {
  if (grantType !== undefined) return judgeTokens(answer)
  // Cognito says yes to a revocation with an empty body; a page is somebody else's.
  return answer.body.trim() === '' ? { ok: true, value: undefined } : unusable('not_json')
}

function judgeTokens(answer: UpstreamAnswer): Result<TokenSet> {
  const fields = parseJsonObject(answer.body)
  if (fields === undefined) return unusable('not_json')
  const { access_token, token_type, expires_in } = fields
  if (!isPrintable(access_token) || !isPrintable(token_type)) return unusable('not_tokens')
  const texts: { -readonly [N in (typeof optionalTexts)[number]]?: string } = {}
  for (const name of optionalTexts) {
    const text = fields[name]
    if (text === undefined || text === null || text === '') continue
    if (!isPrintable(text)) return unusable('not_tokens')
    texts[name] = text
  }
  if (expires_in === undefined || expires_in === null) {
    return { ok: true, value: { access_token, ...texts, token_type } }
  }
  if (!isPositiveInteger(expires_in)) return unusable('not_tokens')
  return { ok: true, value: { access_token, ...texts, token_type, expires_in } }
}

function unusable(evidence: 'not_json' | 'not_tokens'): Failure {
  return fail('cognito_answer_unusable', { evidence: [evidence], delivery: 'unknown' })
}

/** Statuses speak first: they say who answered; words count only where Cognito itself did. */
function judgeRefusal(
  answer: UpstreamAnswer,
  fields: Fields,
  grantType: GrantType | undefined,
): Failure {
  const { status, body, retryAfterSeconds } = answer
  // Whoever stands in between may count requests, too.
  if (status === 429) {
    const certainty = throttleText.test(body) ? 'proved' : 'likely'
    return fail('cognito_throttled', { certainty, retryAfterSeconds })
  }
  if (status >= 500) return fail('cognito_error', { delivery: 'unknown', retryAfterSeconds })
  if (status >= 300 && status < 400) return fail('cognito_redirected')
  if (status < 400) {
    return fail('cognito_answer_unusable', { evidence: ['status_unexpected'], delivery: 'unknown' })
  }
  // Whoever stands in between can answer 403 or 404 as well.
  if (status === 403) return fail('waf_blocked', { certainty: 'likely' })
  if (status === 404) {
    return fail('domain_not_found', { certainty: 'likely', evidence: ['answered_404'] })
  }
  if (status === 405) return fail('cognito_request_rejected', { evidence: ['method_refused'] })
  const word = fields?.['error']
  // A grant that was refused is refused, whatever the text beside it says.
  if (throttleText.test(body) && word !== 'invalid_grant') {
    return fail('cognito_throttled', { certainty: 'likely', retryAfterSeconds })
  }
  if (triggerText.test(body)) {
    return fail('lambda_trigger_failed', { certainty: 'likely', evidence: ['trigger_text'] })
  }
  // Cognito's own OAuth errors come with these two; with another one it was somebody else who answered.
  if (status !== 400 && status !== 401) {
    return fail('cognito_request_rejected', { evidence: ['status_unexpected'] })
  }
  if (fields === undefined) {
    return fail('cognito_request_rejected', { evidence: ['answer_not_json'] })
  }
  const isRedirectHint = fields['error_description'] === 'invalid_redirect'
  return judgeRejection({ error: toUpstreamError(word), grantType, isRedirectHint })
}

function toUpstreamError(word: unknown): UpstreamError {
  return upstreamErrors.find((known) => known === word) ?? 'other'
}

function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && printable.test(value)
}

function isPositiveInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}
