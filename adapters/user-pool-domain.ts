import type { Result } from '../core/causes/catalogue.ts'
import { factRows } from '../core/facts.ts'
import type { Secret } from '../core/secret.ts'
import { type UpstreamAnswer, type WafAction, wafActions } from '../core/token-response.ts'
import type { Clock } from './clock.ts'
import { callHttp } from './http/call.ts'
import type { Connections } from './http/connections.ts'
import type { HttpResponse } from './http/response-reader.ts'
import { toTransportFailure, unusable } from './transport-fault.ts'

/** One call of a user pool domain. */
export interface UpstreamCall {
  /** Base URL from the settings; nothing of a request can change it. */
  readonly domain: string
  readonly path: string
  /** What is posted: form parameters, encoded, and the value of the Authorization header; absent: a GET. */
  readonly post?: { readonly body: string; readonly authorization: Secret }
  /** Milliseconds for the whole call, its answer's last byte included. */
  readonly timeoutMs: number
  /** Milliseconds within `timeoutMs` for name, connection and TLS. */
  readonly connectTimeoutMs: number
  /** Called when the first byte may leave. */
  readonly onSent?: () => void
}

/** Most bytes that an answer may have; more is no answer of a token endpoint. */
const longestAnswerBytes = 65_536
/** Servers that people put in front of a user pool domain; Cognito gives itself none of these names. */
const frontServer =
  /^(?:akamai|amazons3|apache|awselb|caddy|cloudflare|cloudfront|envoy|fastly|haproxy|imperva|istio|kong|litespeed|microsoft|nginx|openresty|squid|traefik|varnish)/i
/** Headers that only a server in front writes; Cognito's own answers may pass through one, and have an id. */
const frontHeaders = ['via', 'x-cache', 'cf-ray', 'x-amz-cf-id', 'apigw-requestid'] as const
const requestIdForm = new RegExp(factRows.upstreamRequestId.pattern)

/**
 * Asks a user pool domain and waits for the whole answer. It never follows a redirect, never asks twice
 * and judges nothing. Fails with `cognito_unreachable`, `domain_not_found` (both provably unsent),
 * `cognito_timeout`, `cognito_connection_lost`, `cognito_answer_unusable`.
 *
 * @see RFC 6749 section 2.3.1 (Basic authentication)
 */
export async function askUserPoolDomain(
  call: UpstreamCall,
  connections: Connections,
  clock: Clock,
): Promise<Result<UpstreamAnswer>> {
  const { domain: url, path, post, timeoutMs, connectTimeoutMs, onSent } = call
  const ending = await callHttp(
    {
      ...{ url, path, timeoutMs, connectTimeoutMs, longestBodyBytes: longestAnswerBytes },
      ...{ method: post === undefined ? 'GET' : 'POST', body: post?.body ?? '' },
      headers: post === undefined ? commonHeaders : toPostHeaders(post),
      ...(onSent === undefined ? {} : { onSent }),
    },
    connections,
  )
  return ending.ended === 'response' ? toAnswer(ending.response, clock) : toTransportFailure(ending)
}

// Cognito has answered other values with 405; AWS's common WAF rules block requests without a user agent.
const commonHeaders =
  'accept: application/json\r\naccept-encoding: identity\r\nuser-agent: token-proxy\r\n'

function toPostHeaders({ authorization, body }: NonNullable<UpstreamCall['post']>): string {
  const length = Buffer.byteLength(body)
  return `authorization: ${authorization.reveal()}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${length}\r\n${commonHeaders}`
}

function toAnswer(response: HttpResponse, clock: Clock): Result<UpstreamAnswer> {
  const { status, headers, body } = response
  const encoding = headers.get('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') return unusable('content_encoding')
  const requestId =
    headers.get('x-amz-cognito-request-id') ??
    headers.get('x-amz-request-id') ??
    headers.get('x-amzn-requestid')
  const value = {
    ...{ status, body: body.toString('utf8') },
    upstreamRequestId:
      requestId !== undefined && requestIdForm.test(requestId) ? requestId : undefined,
    retryAfterSeconds: toRetryAfterSeconds(headers.get('retry-after'), clock),
    maxAgeSeconds: toMaxAgeSeconds(headers.get('cache-control')),
    wafAction: toWafAction(headers.get('x-amzn-waf-action')),
    isFromFront: isFromFront(headers),
  }
  return { ok: true, value }
}

/** A server in between may repeat the header, which then reads as a list. */
function toWafAction(value: string | undefined): WafAction | undefined {
  const [first] = (value ?? '').toLowerCase().split(',')
  return wafActions.find((action) => action === first)
}

function isFromFront(headers: HttpResponse['headers']): boolean {
  if (frontServer.test(headers.get('server') ?? '')) return true
  const isOwn = headers.has('x-amz-cognito-request-id')
  return !isOwn && frontHeaders.some((name) => headers.has(name))
}

/** @see RFC 9110 section 10.2.3: a number of seconds, or a date */
function toRetryAfterSeconds(text: string | undefined, clock: Clock): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  // `Date.parse` accepts almost anything, even `-1`.
  const atMs = / GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(atMs) ? undefined : Math.max(0, (atMs - clock.nowMs()) / 1000)
}

/** @see RFC 9111 section 5.2.2.1 */
function toMaxAgeSeconds(text: string | undefined): number | undefined {
  const seconds = /(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/i.exec(text ?? '')?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}
