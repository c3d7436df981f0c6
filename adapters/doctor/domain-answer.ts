import type { Result } from '../../core/causes/catalogue.ts'
import type { DomainAnswer } from '../../core/doctor/findings.ts'
import type { Clock } from '../clock.ts'
import { callHttp } from '../http/call.ts'
import { openConnections } from '../http/connections.ts'
import type { HttpResponse } from '../http/response-reader.ts'
import { toTransportFailure } from '../transport-fault.ts'

/**
 * Asks a user pool domain for its root, without credentials and on a connection of its own: any answer at all shows
 * that its name, its certificate and the way to it are in order. Fails with `domain_not_found`,
 * `cognito_unreachable`, `cognito_timeout`, `cognito_connection_lost`.
 *
 * @param timeoutMs milliseconds for the whole of it
 */
export async function askDomain(
  domain: string,
  timeoutMs: number,
  clock: Clock,
): Promise<Result<DomainAnswer>> {
  const connections = openConnections(clock, { idleConnectionMs: 0, mostInFlight: 0 })
  const startedAtMs = clock.nowMs()
  const ending = await callHttp(
    {
      ...{ url: domain, method: 'HEAD', path: '/', body: '', longestBodyBytes: 0 },
      ...{ headers: 'user-agent: token-proxy\r\n', timeoutMs, connectTimeoutMs: timeoutMs },
    },
    connections,
  )
  if (ending.ended !== 'response') return toTransportFailure(ending)
  const middleMs = (startedAtMs + clock.nowMs()) / 2
  return { ok: true, value: { aheadSeconds: toAheadSeconds(ending.response, middleMs) } }
}

/** @see RFC 9110 section 6.6.1; an answer from a cache bears its age beside its date (RFC 9111 section 5.1) */
function toAheadSeconds({ headers }: HttpResponse, nowMs: number): number | undefined {
  const toldMs = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(toldMs)) return undefined
  const age = headers.get('age') ?? ''
  const ageSeconds = /^\d{1,9}$/.test(age) ? Number(age) : 0
  // The date is cut to whole seconds, so that half of one is the likeliest rest.
  return (toldMs + 500 - nowMs) / 1000 + ageSeconds
}
