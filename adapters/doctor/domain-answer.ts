import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Result } from '../../core/causes/catalogue.ts'
import type { DomainAnswer } from '../../core/doctor/findings.ts'
import type { Clock } from '../clock.ts'
import { type Progress, toTimeoutFailure, toTransportFailure } from '../transport-fault.ts'

/**
 * Asks a user pool domain for its root, without credentials and on a connection of its own: any answer at all shows
 * that its name, its certificate and the way to it are in order. Fails with `domain_not_found`,
 * `cognito_unreachable`, `cognito_timeout`, `cognito_connection_lost`.
 *
 * @param timeoutMs milliseconds for the whole of it
 */
export function askDomain(
  domain: string,
  timeoutMs: number,
  clock: Clock,
): Promise<Result<DomainAnswer>> {
  const progress: Progress = { isSent: false, isAnswering: false, isReused: false }
  const isHttps = domain.startsWith('https:')
  const open = isHttps ? httpsRequest : httpRequest
  const startedAtMs = clock.nowMs()
  const request = open(`${domain}/`, {
    method: 'HEAD',
    agent: false,
    headers: { 'user-agent': 'token-proxy' },
  })
  return new Promise((resolve) => {
    const settle = (result: Result<DomainAnswer>) => {
      clearTimeout(timer)
      resolve(result)
      request.destroy()
    }
    const timer = setTimeout(() => settle(toTimeoutFailure(progress)), timeoutMs)
    // It stays after the call is settled: an error that nobody listens to ends the process.
    request.on('error', (thrown) => settle(toTransportFailure(thrown, progress)))
    request.once('socket', (socket) => {
      socket.once(isHttps ? 'secureConnect' : 'connect', () => {
        progress.isSent = true
        request.end()
      })
    })
    request.on('response', (response) => {
      const middleMs = (startedAtMs + clock.nowMs()) / 2
      settle({ ok: true, value: { aheadSeconds: toAheadSeconds(response, middleMs) } })
    })
  })
}

/** @see RFC 9110 section 6.6.1; an answer from a cache bears its age beside its date (RFC 9111 section 5.1) */
function toAheadSeconds({ headers }: IncomingMessage, nowMs: number): number | undefined {
  const toldMs = Date.parse(headers.date ?? '')
  if (Number.isNaN(toldMs)) return undefined
  const ageSeconds = /^\d{1,9}$/.test(headers.age ?? '') ? Number(headers.age) : 0
  // The date is cut to whole seconds, so that half of one is the likeliest rest.
  return (toldMs + 500 - nowMs) / 1000 + ageSeconds
}
