import type { Failure } from '../causes/catalogue.ts'
import type { OAuthRequest } from '../oauth-request.ts'
import type { Secret } from '../secret.ts'
import type { Described, PoolEvidence, PoolPart } from './pool-evidence.ts'
import type { EarlierUse } from './use-history.ts'

/** A failure whose cause Cognito's word alone does not decide, with everything that may decide it. */
export interface DiagnosisInput<Pool = PoolEvidence> {
  readonly failure: Failure
  readonly request: OAuthRequest
  readonly usedSecret: Secret
  /** When the stored version of that secret was made, in milliseconds since 1970; undefined where nobody told. */
  readonly storedAtMs: number | undefined
  readonly pool: Pool
  readonly earlier: EarlierUse
}

/** What a diagnosis sees that reads these parts of the configuration: the compiler shows it no other. */
export type InputWith<P extends PoolPart> = DiagnosisInput<{
  readonly [Q in P]: PoolEvidence[Q] | undefined
}>

/** The value that was described; undefined where nothing is known or there is no such thing. */
export function toPresent<T>(part: Described<T> | undefined): T | undefined {
  return part === undefined || part.value === 'absent' ? undefined : part.value
}
