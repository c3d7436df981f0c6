import { type EvidenceOf, type Failure, fail } from '../core/causes/catalogue.ts'

/** How far a call had got when it failed. */
export interface Progress {
  /** Whether any byte of the request may have left. */
  isSent: boolean
  /** Whether the head of an answer had arrived. */
  isAnswering: boolean
  /** Whether the connection had served an earlier call. */
  isReused: boolean
}

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
 * Turns what Node.js throws at a call into the failure that it stands for. What matters most is whether
 * the request may have left: a reset connection does not mean that nothing was processed.
 */
export function toTransportFailure(thrown: unknown, progress: Progress): Failure {
  const code = toCode(thrown)
  if (!progress.isSent) return toUnsent(code)
  if (code.startsWith('HPE_')) return unusable('not_http')
  const when = progress.isAnswering ? ('within_answer' as const) : ('before_answer' as const)
  return fail('cognito_connection_lost', {
    evidence: progress.isReused ? [when, 'reused_connection'] : [when],
    delivery: 'unknown',
  })
}

/** The failure of a call whose time ran out. */
export function toTimeoutFailure(progress: Progress): Failure {
  return progress.isSent
    ? fail('cognito_timeout', { delivery: 'unknown' })
    : fail('cognito_unreachable', { evidence: ['connect_timeout'], delivery: 'unsent' })
}

/** The failure of a call whose answer breaks a bound. */
export function unusable(evidence: EvidenceOf<'cognito_answer_unusable'>): Failure {
  return fail('cognito_answer_unusable', { evidence: [evidence], delivery: 'unknown' })
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
