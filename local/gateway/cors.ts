import type { IncomingMessage } from 'node:http'
import type { Cors } from '../../core/http-api.ts'

/** The headers of a preflight's answer; none unless it is a real preflight from an allowed origin. */
export function toPreflightHeaders(cors: Cors, request: IncomingMessage): Record<string, string> {
  const origin = allowedOrigin(cors, request)
  if (!origin || !request.headers['access-control-request-method']) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': cors.allowMethods.join(','),
    'access-control-allow-headers': cors.allowHeaders.join(','),
    'access-control-max-age': String(cors.maxAgeSeconds),
    ...toCredentials(cors),
    vary: 'origin',
  }
}

/** Replaces any CORS headers of a function with those of the API's configuration. */
export function withCors(
  cors: Cors | undefined,
  request: IncomingMessage,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  if (!cors) return { ...headers }
  const own = Object.entries(headers).filter(([name]) => !name.startsWith('access-control-'))
  const kept: Record<string, string> = Object.fromEntries(own)
  const origin = allowedOrigin(cors, request)
  if (!origin) return kept
  return {
    ...kept,
    'access-control-allow-origin': origin,
    'access-control-expose-headers': cors.exposeHeaders.join(','),
    ...toCredentials(cors),
    vary: kept['vary'] === undefined ? 'origin' : `${kept['vary']}, origin`,
  }
}

function toCredentials(cors: Cors): Record<string, string> {
  return cors.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}
}

function allowedOrigin(cors: Cors, request: IncomingMessage): string | undefined {
  const { origin } = request.headers
  return origin !== undefined && cors.allowOrigins.includes(origin) ? origin : undefined
}
