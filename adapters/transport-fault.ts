import { type EvidenceOf, type Failure, fail } from '../core/causes/catalogue.ts'
import type { HttpFault, Progress } from './http/call.ts'

const certificateCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

const connectEvidence: Readonly<Record<string, EvidenceOf<'cognito_unreachable'>>> = {
  ECONNREFUSED: 'connect_refused',
  ECONNRESET: 'connect_reset',
  ETIMEDOUT: 'connect_timeout',
  EAI_AGAIN: 'lookup_failed',
  EAI_FAIL: 'lookup_failed',
  EPROTO: 'tls_failed',
}

/**
 * Turns the end of a call without a response into the failure that it stands for. What matters most is whether
 * the request may have left: a reset connection does not mean that nothing was processed.
 */
export function toTransportFailure(fault: HttpFault): Failure {
  switch (fault.ended) {
    case 'timeout':
      return toTimeoutFailure(fault.progress)
    case 'lost':
      return fault.progress.isSent ? toLost(fault.progress) : toUnsent(toCode(fault.error))
    case 'switched_protocol':
      return toLost(fault.progress)
    case 'not_http':
    case 'too_large':
      return unusable(fault.ended)
  }
}

/** The failure of a call whose answer breaks a bound. */
export function unusable(evidence: EvidenceOf<'cognito_answer_unusable'>): Failure {
  return fail('cognito_answer_unusable', { evidence: [evidence], delivery: 'unknown' })
}

function toTimeoutFailure(progress: Progress): Failure {
  return progress.isSent
    ? fail('cognito_timeout', { delivery: 'unknown' })
    : fail('cognito_unreachable', { evidence: ['connect_timeout'], delivery: 'unsent' })
}

function toLost({ isAnswering, isReused }: Progress): Failure {
  const when = isAnswering ? ('within_answer' as const) : ('before_answer' as const)
  return fail('cognito_connection_lost', {
    evidence: isReused ? [when, 'reused_connection'] : [when],
    delivery: 'unknown',
  })
}

function toUnsent(code: string): Failure {
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return fail('domain_not_found', { evidence: ['name_unresolved'], delivery: 'unsent' })
  }
  const evidence = certificateCodes.has(code)
    ? ('certificate_rejected' as const)
    : (connectEvidence[code] ?? (code.startsWith('ERR_SSL') ? 'tls_failed' : 'connect_failed'))
  return fail('cognito_unreachable', { evidence: [evidence], delivery: 'unsent' })
}

/** If several addresses were tried, the error of the first one counts. */
function toCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return ''
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  return 'errors' in thrown && Array.isArray(thrown.errors) ? toCode(thrown.errors[0]) : ''
}
