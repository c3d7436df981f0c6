import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Result } from '../core/causes/catalogue.ts'
import { factRows } from '../core/facts.ts'
import type { Secret } from '../core/secret.ts'
import { type UpstreamAnswer, type WafAction, wafActions } from '../core/token-response.ts'
import type { Clock } from './clock.ts'
import type { Connections } from './connections.ts'
import { isPrepared } from './prepared-connections.ts'
import { type Progress, toTimeoutFailure, toTransportFailure, unusable } from './transport-fault.ts'

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
  await noticeWhatArrived()
  return send(call, connections, clock)
}

/**
 * Lets Node.js read what came in while the sandbox was frozen, so that a connection that was closed, or
 * that holds an answer nobody asked for, is dropped before a request is put on it. Reading happens
 * between two turns of the event loop.
 */
function noticeWhatArrived(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve))
  })
}

function send(
  call: UpstreamCall,
  connections: Connections,
  clock: Clock,
): Promise<Result<UpstreamAnswer>> {
  const progress: Progress = { isSent: false, isAnswering: false, isReused: false }
  const request = openRequest(call, connections)
  return new Promise((resolve) => {
    let isSettled = false
    const settle = (result: Result<UpstreamAnswer>) => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      clearTimeout(connectTimer)
      resolve(result)
      if (!result.ok) request.destroy()
    }
    const onTimeout = () => settle(toTimeoutFailure(progress))
    const timer = setTimeout(onTimeout, call.timeoutMs)
    let connectTimer: NodeJS.Timeout | undefined
    // It stays after the call is settled: an error that nobody listens to ends the process.
    request.on('error', (thrown) => settle(toTransportFailure(thrown, progress)))
    // A switch of protocols ends the call without an error.
    request.on('close', () => settle(toTransportFailure(undefined, progress)))
    const onConnecting = () => {
      connectTimer = setTimeout(onTimeout, Math.min(call.connectTimeoutMs, call.timeoutMs))
    }
    whenConnected(request, onConnecting, (hasWaited) => {
      clearTimeout(connectTimer)
      progress.isReused = hasWaited
      progress.isSent = true
      call.onSent?.()
      request.end(call.post?.body)
    })
    request.on('response', (response) => {
      progress.isAnswering = true
      readAnswer(response, clock, progress, settle)
    })
  })
}

function openRequest(call: UpstreamCall, connections: Connections): ClientRequest {
  const { domain, path, post } = call
  return post === undefined
    ? connections.openRequest(domain, { method: 'GET', path, headers: commonHeaders })
    : connections.openRequest(domain, { method: 'POST', path, headers: toPostHeaders(post) })
}

const commonHeaders = [
  // Cognito has answered other values with 405; AWS's common WAF rules block requests without a user agent.
  ...['accept', 'application/json', 'accept-encoding', 'identity', 'user-agent', 'token-proxy'],
]

function toPostHeaders({ authorization, body }: NonNullable<UpstreamCall['post']>) {
  return [
    ...['authorization', authorization.reveal()],
    ...['content-type', 'application/x-www-form-urlencoded'],
    ...['content-length', `${Buffer.byteLength(body)}`],
    ...commonHeaders,
  ]
}

/** Nothing is written before the connection stands, so that a failure to connect is provably unsent. */
function whenConnected(
  request: ClientRequest,
  onConnecting: () => void,
  send: (hasWaited: boolean) => void,
): void {
  request.once('socket', (socket) => {
    if (request.reusedSocket || isPrepared(socket)) return send(true)
    onConnecting()
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => send(false))
  })
}

function readAnswer(
  response: IncomingMessage,
  clock: Clock,
  progress: Progress,
  settle: (result: Result<UpstreamAnswer>) => void,
): void {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    settle(unusable('content_encoding'))
    return
  }
  const chunks: Buffer[] = []
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > longestAnswerBytes) settle(unusable('too_large'))
    else chunks.push(chunk)
  })
  response.on('error', (thrown) => settle(toTransportFailure(thrown, progress)))
  response.on('end', () => settle({ ok: true, value: toAnswer(response, chunks, clock) }))
}

function toAnswer(
  response: IncomingMessage,
  chunks: readonly Buffer[],
  clock: Clock,
): UpstreamAnswer {
  const { headers } = response
  const requestId =
    headers['x-amz-cognito-request-id'] ??
    headers['x-amz-request-id'] ??
    headers['x-amzn-requestid']
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(chunks).toString('utf8'),
    upstreamRequestId:
      typeof requestId === 'string' && requestIdForm.test(requestId) ? requestId : undefined,
    retryAfterSeconds: toRetryAfterSeconds(headers['retry-after'], clock),
    maxAgeSeconds: toMaxAgeSeconds(headers['cache-control']),
    wafAction: toWafAction(headers['x-amzn-waf-action']),
    isFromFront: isFromFront(headers),
  }
}

/** A server in between may repeat the header, which then reads as a list. */
function toWafAction(value: string | readonly string[] | undefined): WafAction | undefined {
  const [first] = String(value).toLowerCase().split(',')
  return wafActions.find((action) => action === first)
}

function isFromFront(headers: IncomingHttpHeaders): boolean {
  if (frontServer.test(String(headers['server']))) return true
  const isOwn = headers['x-amz-cognito-request-id'] !== undefined
  return !isOwn && frontHeaders.some((name) => headers[name] !== undefined)
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
