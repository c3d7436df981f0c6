import { type Failure, fail, type Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import { type UpstreamError, upstreamErrors } from './facts.ts'
import { parseJsonObject } from './json.ts'
import { judgeRejection } from './rejection.ts'
import { findTriggerFailure } from './trigger-text.ts'

/** What a rule of AWS WAF demands of a browser before it lets a request through; no server can do it. */
export const wafActions = ['challenge', 'captcha'] as const
/** A value of the header `x-amzn-waf-action`. */
export type WafAction = (typeof wafActions)[number]

/** What came back from the user pool, whole and within its bounds. */
export interface UpstreamAnswer {
  readonly status: number
  readonly body: string
  /** Cognito's request id in a checked form; the only handle that AWS support can use. */
  readonly upstreamRequestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** How long it may be kept, where it says so. */
  readonly maxAgeSeconds?: number | undefined
  /** What AWS WAF says that it did, in the header that only AWS WAF writes. */
  readonly wafAction?: WafAction | undefined
  /** Whether the answer names a server that Cognito is not, such as a CDN. */
  readonly isFromFront?: boolean
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
const throttleText =
  /\b(?:TooManyRequestsException|ThrottlingException|LimitExceededException)\b|Rate exceeded/i
/** How AWS WAF speaks of itself, where the page of a block does not replace its text. */
const wafText = /\bWAF\b/
/** What the pages of servers in front of Cognito say: CloudFront, API Gateway, S3, common proxies. */
const frontText =
  /\bcloudfront\b|Missing Authentication Token|<Code>AccessDenied<\/Code>|<center>(?:nginx|openresty)/i

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
  const judged =
    answer.status === 200
      ? judgeSuccess(answer, grantType)
      : judgeRefusal(answer, fields, grantType)
  const result = withWafAction(judged, answer.wafAction)
  return result.ok ? result : { ...result, facts: { ...toFacts(answer, fields), ...result.facts } }
}

/** Only tokens that came are more than the word of AWS WAF: an empty 200 or 202 is a challenge like any other. */
function withWafAction(judged: TokenResult, action: WafAction | undefined): TokenResult {
  if (action === undefined || (judged.ok && judged.value !== undefined)) return judged
  return fail('waf_blocked', { evidence: [`waf_${action}`] })
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

/**
 * Judges a refusal, the most specific sign first: the text around a failed trigger, then the status, which
 * says who answered. Words count only where Cognito itself spoke.
 */
function judgeRefusal(
  answer: UpstreamAnswer,
  fields: Fields,
  grantType: GrantType | undefined,
): Failure {
  const { status, body, retryAfterSeconds } = answer
  if (status >= 300 && status < 400) return fail('cognito_redirected')
  if (status < 400) {
    return fail('cognito_answer_unusable', { evidence: ['status_unexpected'], delivery: 'unknown' })
  }
  const trigger =
    findTriggerFailure(toText(fields?.['error_description'])) ?? findTriggerFailure(body)
  if (trigger !== undefined) {
    return fail('lambda_trigger_failed', { certainty: 'likely', evidence: trigger })
  }
  // Whoever stands in between may count requests, too.
  if (status === 429) {
    const certainty = throttleText.test(body) ? 'proved' : 'likely'
    return fail('cognito_throttled', { certainty, retryAfterSeconds })
  }
  if (status >= 500) return judgeServerError(answer)
  if (status === 403) return judgeForbidden(answer)
  // Whoever stands in between can answer 404 as well, with or without its name.
  if (status === 404 && isFromFront(answer)) return judgeUnclassified(answer, 'status_unexpected')
  if (status === 404) {
    return fail('domain_not_found', { certainty: 'likely', evidence: ['answered_404'] })
  }
  if (status === 405) return judgeUnclassified(answer, 'method_refused')
  const word = fields?.['error']
  // A grant that was refused is refused, whatever the text beside it says.
  if (throttleText.test(body) && word !== 'invalid_grant') {
    return fail('cognito_throttled', { certainty: 'likely', retryAfterSeconds })
  }
  // Cognito's own OAuth errors come with these two; with another one it was somebody else who answered.
  if (status !== 400 && status !== 401) return judgeUnclassified(answer, 'status_unexpected')
  if (fields === undefined) return judgeUnclassified(answer, 'answer_not_json')
  const isRedirectHint = fields['error_description'] === 'invalid_redirect'
  return judgeRejection({ error: toUpstreamError(word), grantType, isRedirectHint })
}

/** Whether a server in front of Cognito made the answer, by its name or by the page that it sends. */
function isFromFront({ isFromFront: isNamed, body }: UpstreamAnswer): boolean {
  return isNamed === true || frontText.test(body)
}

function judgeServerError(answer: UpstreamAnswer): Failure {
  const { retryAfterSeconds } = answer
  const finding = { delivery: 'unknown' as const, retryAfterSeconds }
  return isFromFront(answer)
    ? fail('cognito_error', { ...finding, certainty: 'likely', evidence: ['front_answered'] })
    : fail('cognito_error', finding)
}

/**
 * Judges a 403, which Cognito itself does not send here. At a user pool domain it is a web ACL's; where a
 * server in front names itself, it may be that server's own, too.
 */
function judgeForbidden(answer: UpstreamAnswer): Failure {
  if (wafText.test(answer.body)) {
    return fail('waf_blocked', { certainty: 'likely', evidence: ['waf_text'] })
  }
  if (!isFromFront(answer)) return fail('waf_blocked', { certainty: 'likely' })
  return fail('cognito_request_rejected', {
    evidence: ['status_unexpected', 'front_answered'],
    candidates: ['distribution_in_front', 'waf_blocked', 'domain_path_wrong'],
  })
}

function judgeUnclassified(
  answer: UpstreamAnswer,
  seen: 'method_refused' | 'status_unexpected' | 'answer_not_json',
): Failure {
  if (!isFromFront(answer)) return fail('cognito_request_rejected', { evidence: [seen] })
  return fail('cognito_request_rejected', {
    evidence: [seen, 'front_answered'],
    candidates: ['distribution_in_front', 'domain_path_wrong', 'request_changed_on_the_way'],
  })
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
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
