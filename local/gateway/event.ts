import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { trimBlanks } from '../../core/gateway-event.ts'
import type { RouteMatch } from './router.ts'

/** What an event contains besides the request itself. */
export interface EventParts {
  readonly request: IncomingMessage
  readonly body: Buffer
  readonly match: RouteMatch
  /** The decoded path: the HTTP API hands it on decoded, even as `rawPath`. */
  readonly path: string
  readonly rawQueryString: string
  readonly requestId: string
}

const connectionHeaders = new Set([
  'connection',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
])
// Measured on AWS: bodies of every other type, including forms and missing types, arrive as base64.
const textTypes = /^(text\/.*|application\/(json|xml|javascript))$/

/** Makes a request id of the form that API Gateway uses, as in `JKJaXmPLvHcESHA=`. */
export function newRequestId(): string {
  return randomBytes(11).toString('base64')
}

/** Turns a request into the event of payload format 2.0. */
export function toEvent(parts: EventParts): APIGatewayProxyEventV2 {
  const { request, body, match, rawQueryString } = parts
  const headers = toHeaders(request, body)
  const cookies = splitCookies(headers.get('cookie'))
  headers.delete('cookie')
  const query = toQueryParameters(rawQueryString)
  const isText = textTypes.test(
    (headers.get('content-type') ?? '').replace(/;.*$/s, '').trim().toLowerCase(),
  )
  const isBase64Encoded = body.length > 0 && !isText
  return {
    version: '2.0',
    routeKey: `${match.route.method} ${match.route.path}`,
    rawPath: parts.path,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: Object.fromEntries(headers),
    ...(query && { queryStringParameters: query }),
    requestContext: toRequestContext(parts, headers),
    ...(match.pathParameters && { pathParameters: { ...match.pathParameters } }),
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  }
}

function toHeaders(request: IncomingMessage, body: Buffer): Map<string, string> {
  const headers = new Map<string, string>()
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? '').toLowerCase()
    const value = request.rawHeaders[at + 1] ?? ''
    if (connectionHeaders.has(name)) continue
    const joint = name === 'cookie' ? '; ' : ','
    const earlier = headers.get(name)
    headers.set(name, earlier === undefined ? value : `${earlier}${joint}${value}`)
  }
  const forwardedFor = headers.get('x-forwarded-for')
  const source = sourceIp(request)
  headers.set('content-length', String(body.length))
  headers.set('x-forwarded-for', forwardedFor === undefined ? source : `${forwardedFor}, ${source}`)
  headers.set('x-forwarded-port', String(request.socket.localPort ?? ''))
  headers.set('x-forwarded-proto', 'http')
  if (!headers.has('x-amzn-trace-id')) headers.set('x-amzn-trace-id', newTraceId())
  return headers
}

function toRequestContext(parts: EventParts, headers: ReadonlyMap<string, string>) {
  const { request, match } = parts
  const domainName = (headers.get('host') ?? '').replace(/:\d+$/, '')
  const now = new Date()
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName,
    domainPrefix: domainName.split('.')[0] ?? '',
    http: {
      method: match.route.method,
      path: parts.path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request),
      userAgent: headers.get('user-agent') ?? '',
    },
    requestId: parts.requestId,
    routeKey: `${match.route.method} ${match.route.path}`,
    stage: '$default',
    time: toLogTime(now),
    timeEpoch: now.getTime(),
  }
}

function toQueryParameters(rawQueryString: string): Record<string, string> | undefined {
  const values = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const earlier = values.get(name)
    values.set(name, earlier === undefined ? value : `${earlier},${value}`)
  }
  return values.size > 0 ? Object.fromEntries(values) : undefined
}

function splitCookies(header: string | undefined): string[] {
  return (
    (header ?? '')
      .split(';')
      // JavaScript's `trim` removes more than a browser does, which would give other names.
      .map(trimBlanks)
      .filter((cookie) => cookie !== '')
  )
}

function sourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
}

function newTraceId(): string {
  const second = Math.floor(Date.now() / 1000).toString(16)
  return `Root=1-${second}-${randomBytes(12).toString('hex')}`
}

/** The time in the format of web server logs, as in `21/Nov/2026:08:00:00 +0000`. */
function toLogTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ')
  return `${day}/${month}/${year}:${clock} +0000`
}
