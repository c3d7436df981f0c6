import { edgeKeyHeader } from './edge-key.ts'
import { toEventRoute } from './event-route.ts'
import { Secret } from './secret.ts'

/**
 * Why an event is not a request that a caller can answer for: it is of another format than 2.0, it came by a
 * route of the API's own that is not served, or it is no request at all, such as the ping of a schedule.
 */
export type Misfit = 'event_format' | 'route_unknown' | 'no_request'

/** What the proxy reads of an API Gateway HTTP API event, payload format 2.0; the rest stays unread. */
export interface GatewayEvent {
  readonly method: string
  /** Without a stage or base path that the API put before it. */
  readonly path: string
  /** What the API put before the path; mostly nothing. */
  readonly basePath: string
  /** Why it cannot be a request of a caller, whoever sent it; undefined where it is one. */
  readonly misfit: Misfit | undefined
  readonly query: string
  /** By name in lower case; without the edge key, which is sealed. */
  readonly headers: ReadonlyMap<string, string>
  /** What the CDN in front proves itself by, or what somebody sent in its place; undefined where there is none. */
  readonly edgeKey: Secret | undefined
  /** By name; undefined for a name that is there twice, since nobody can tell which one is right. */
  readonly cookies: ReadonlyMap<string, string | undefined>
  readonly body: string
  readonly isBase64Encoded: boolean
  /** The host name by which the API was called, as the API itself says; its form is not checked. */
  readonly domainName: string | undefined
  /** The API's own request id, in a bounded form; undefined where there is none. */
  readonly requestId: string | undefined
}

const requestIdForm = /^[A-Za-z0-9+/_=.:-]{1,64}$/

/** Tells whether a text can be the id of a request, which no shell and no terminal takes for more than a word. */
export function isRequestId(text: string): boolean {
  return requestIdForm.test(text)
}

/**
 * Reads an event that may be anything: what is absent or of another type reads as empty, so that the
 * request is refused by name instead of crashing.
 */
export function toGatewayEvent(event: unknown): GatewayEvent {
  const root = toFields(event)
  const context = toFields(root['requestContext'])
  const http = toFields(context['http'])
  const requestId = toText(context['requestId'])
  const domainName = toText(context['domainName'])
  const { path, basePath, isUnknownRoute } = toEventRoute({
    rawPath: toText(root['rawPath']),
    routeKey: toText(root['routeKey']),
    stage: toText(context['stage']),
    pathParameters: toFields(root['pathParameters']),
  })
  const foreign = findForeignFormat(root, context)
  const headers = toHeaders(root['headers'])
  const edgeKey = headers.get(edgeKeyHeader)
  headers.delete(edgeKeyHeader)
  return {
    method: toText(http['method']),
    path,
    basePath,
    misfit: foreign ?? (isUnknownRoute ? 'route_unknown' : undefined),
    query: toText(root['rawQueryString']),
    headers,
    edgeKey: edgeKey === undefined ? undefined : new Secret(edgeKey),
    cookies: toCookies(root['cookies']),
    body: toText(root['body']),
    isBase64Encoded: root['isBase64Encoded'] === true,
    domainName: domainName === '' ? undefined : domainName,
    requestId: isRequestId(requestId) ? requestId : undefined,
  }
}

/** The names by which other events say what they are: REST APIs, ALB, Lattice, authorizers, triggers of a user pool. */
const foreignFields = ['httpMethod', 'method', 'methodArn', 'triggerSource'] as const
/** What no request of a caller is without. */
const requestFields = ['requestContext', 'rawPath', 'headers'] as const

function findForeignFormat(root: Fields, context: Fields): Misfit | undefined {
  if (toText(toFields(context['http'])['method']) !== '') return undefined
  const isForeign = foreignFields.some((name) => toText(root[name]) !== '')
  const isSocket = toText(context['connectionId']) !== ''
  // Queues, topics, buckets and CloudFront's edge send lists of records.
  if (isForeign || isSocket || root['version'] === '1.0' || Array.isArray(root['Records'])) {
    return 'event_format'
  }
  // Schedules, test events and plugins that keep functions warm name nothing that a caller could have sent.
  const isRequest = requestFields.some((name) => root[name] !== undefined)
  return isRequest || Object.keys(root).length === 0 ? undefined : 'no_request'
}

type Fields = Readonly<Record<string, unknown>>
const noFields: Fields = {}

function toFields(value: unknown): Fields {
  return isFields(value) ? value : noFields
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function toHeaders(value: unknown): Map<string, string> {
  const headers = new Map<string, string>()
  const fields = toFields(value)
  for (const name of Object.keys(fields)) {
    const text = fields[name]
    if (typeof text === 'string') headers.set(name.toLowerCase(), text)
  }
  return headers
}

/**
 * Names stay what the browser took them for: JavaScript's `trim` would make `__Host-x` of a name with a
 * no-break space before it, which any host of the site can set.
 *
 * @see RFC 6265bis section 5.6
 */
function toCookies(value: unknown): ReadonlyMap<string, string | undefined> {
  const cookies = new Map<string, string | undefined>()
  for (const text of Array.isArray(value) ? value : []) {
    if (typeof text !== 'string') continue
    const split = text.indexOf('=')
    const name = trimBlanks(text.slice(0, split))
    const content = trimBlanks(text.slice(split + 1))
    if (split > 0) cookies.set(name, cookies.has(name) ? undefined : content)
  }
  return cookies
}

/**
 * Removes the spaces and tabs at both ends, and nothing else. It takes time proportional to the length:
 * `/[ \t]+$/` would start again at each blank within the text, and this text is a stranger's.
 */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start += 1
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
  return text.slice(start, end)
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}
