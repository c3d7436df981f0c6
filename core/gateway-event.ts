/** What the proxy reads of an API Gateway HTTP API event, payload format 2.0; the rest stays unread. */
export interface GatewayEvent {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  readonly isBase64Encoded: boolean
  /** The API's own request id, in a bounded form; undefined where there is none. */
  readonly requestId: string | undefined
}

const requestIdForm = /^[A-Za-z0-9+/_=.:-]{1,64}$/

/**
 * Reads an event that may be anything: what is absent or of another type reads as empty, so that the
 * request is refused by name instead of crashing.
 */
export function toGatewayEvent(event: unknown): GatewayEvent {
  const root = toRecord(event)
  const context = toRecord(root['requestContext'])
  const http = toRecord(context['http'])
  const requestId = toText(context['requestId'])
  return {
    method: toText(http['method']),
    path: toText(root['rawPath']),
    query: toText(root['rawQueryString']),
    headers: toHeaders(root['headers']),
    body: toText(root['body']),
    isBase64Encoded: root['isBase64Encoded'] === true,
    requestId: requestIdForm.test(requestId) ? requestId : undefined,
  }
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function toHeaders(value: unknown): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const [name, text] of Object.entries(toRecord(value))) {
    if (typeof text === 'string') headers.set(name.toLowerCase(), text)
  }
  return headers
}
