import { type CauseName, fail, type Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import type { Misfit } from './gateway-event.ts'
import type { TokenSet } from './token-response.ts'

/** The outcome of one request and what it spent: everything that its answer and record are made from. */
export interface Outcome<Value = TokenSet | undefined> {
  /** The alias of a configured client, or `unknown`. */
  readonly client: string
  readonly grantType: GrantType | undefined
  /** Tokens, or nothing where a token was revoked; what other functions answer is their own. */
  readonly result: Result<Value>
  /** The status of a success, where it is not 200. */
  readonly status?: number
  /** Whether it is neither a request nor a failure: no record is written and nothing is counted. */
  readonly isUncounted?: true
  /** One `Set-Cookie` line each, for the answer alone; absent where there is none. */
  readonly cookies?: readonly string[]
}

/** The outcome of a request that failed before anything of it was judged. */
export function toUnjudgedOutcome(cause: CauseName): Outcome<never> {
  return { client: 'unknown', grantType: undefined, result: fail(cause) }
}

/** The outcome of what no caller can answer for; a ping is answered and counts for nothing. */
export function toMisfitOutcome(misfit: Misfit): Outcome<never> {
  const unjudged = toUnjudgedOutcome('config_invalid')
  if (misfit === 'no_request') return { ...unjudged, isUncounted: true }
  return { ...unjudged, result: fail('config_invalid', { evidence: [misfit] }) }
}
