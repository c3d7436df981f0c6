import type { Result } from '../../core/causes/catalogue.ts'
import { diagnose } from '../../core/diagnosis/diagnosis.ts'
import type { Described, PoolEvidence } from '../../core/diagnosis/pool-evidence.ts'
import type { Findings, Reading } from '../../core/doctor/findings.ts'
import type { Secret } from '../../core/secret.ts'
import type { Clock } from '../clock.ts'
import type { Connections } from '../http/connections.ts'
import { sendJunkCode } from '../junk-code.ts'

/** Asks the token endpoint once, with junk, and judges and diagnoses the answer as that of a request. */
export async function askWithJunkCode(
  findings: Omit<Findings, 'probe'>,
  secret: Secret,
  timeoutMs: number,
  connections: Connections,
  clock: Clock,
): Promise<Result<unknown>> {
  const { request, result } = await sendJunkCode(
    findings.client,
    secret,
    timeoutMs,
    connections,
    clock,
  )
  if (result.ok) return result
  const pool = toEvidence(findings)
  const found = diagnose({
    ...{ failure: result, request, usedSecret: secret, pool, earlier: 'none' },
    storedAtMs: findings.storedAtMs,
  })
  // No sign-in began with this code, so that none can have begun with another redirect URI.
  return found.cause === 'redirect_uri_mismatch' ? result : found
}

function toEvidence(findings: Omit<Findings, 'probe'>): PoolEvidence {
  const { appClient, activeSecrets, pool, domain } = findings
  return {
    ...toPart('client', appClient),
    ...toPart('activeSecrets', activeSecrets),
    ...toPart('pool', pool),
    ...toPart('domain', domain),
  }
}

/** Everything was read within these seconds, so that all of it is fresh. */
function toPart<N extends string, T>(
  name: N,
  reading: Reading<T>,
): { readonly [P in N]?: Described<T> } {
  if (!reading.ok && reading.why !== 'absent') return {}
  const described: Described<T> = { value: reading.ok ? reading.value : 'absent', isFresh: true }
  return { [name]: described } as { readonly [P in N]?: Described<T> }
}
