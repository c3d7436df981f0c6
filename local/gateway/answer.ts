import { validateHeaderName, validateHeaderValue } from 'node:http'

/** The answer to the caller. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: Buffer
}

/** The HTTP API's own answers, in its words. */
export const gatewayAnswers = {
  badRequest: toMessage(400, 'Bad Request'),
  forbidden: toMessage(403, 'Forbidden'),
  notFound: toMessage(404, 'Not Found'),
  tooLarge: toMessage(413, 'Request Entity Too Large'),
  headTooLarge: toMessage(431, 'Request Header Fields Too Large'),
  tooManyRequests: toMessage(429, 'Too Many Requests'),
  internalServerError: toMessage(500, 'Internal Server Error'),
  serviceUnavailable: toMessage(503, 'Service Unavailable'),
} as const

/** Tells whether an answer is the HTTP API's own, and not a function's. */
export function isOwnAnswer(answer: Answer): boolean {
  return Object.values(gatewayAnswers).some((own) => own === answer)
}

// They belong to the connection, which the gateway manages.
const connectionHeaders = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
])

/** Turns the JSON that a function returned into an answer, by the rules of payload format 2.0. */
export function toAnswer(payload: string): Answer {
  const value: unknown = JSON.parse(payload)
  if (!isRecord(value) || !Object.hasOwn(value, 'statusCode'))
    return toInferredAnswer(value, payload)
  const status = Number(value['statusCode'])
  const headers = toHeaders(value['headers'] ?? {})
  const cookies = value['cookies'] ?? []
  const body = value['body'] ?? ''
  const usable = Number.isInteger(status) && status >= 200 && status <= 599
  if (!usable || !headers || !isCookies(cookies) || typeof body !== 'string') {
    return gatewayAnswers.internalServerError
  }
  const encoding = value['isBase64Encoded'] === true ? 'base64' : 'utf8'
  return { status, headers, cookies, body: Buffer.from(body, encoding) }
}

/** Without a status code, the returned value itself is the body. */
function toInferredAnswer(value: unknown, payload: string): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(typeof value === 'string' ? value : payload),
  }
}

function toHeaders(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined
  const headers = new Map([['content-type', 'text/plain; charset=utf-8']])
  for (const [name, content] of Object.entries(value)) {
    if (!['string', 'number', 'boolean'].includes(typeof content)) return undefined
    if (!isHeader(name, String(content))) return undefined
    if (!connectionHeaders.has(name.toLowerCase())) headers.set(name.toLowerCase(), String(content))
  }
  return Object.fromEntries(headers)
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

function isCookies(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every((cookie) => typeof cookie === 'string' && isHeader('set-cookie', cookie))
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toMessage(status: number, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message })),
  }
}
