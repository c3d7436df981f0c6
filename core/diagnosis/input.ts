import {
  type CauseName,
  type EvidenceOf,
  type Failure,
  type Finding,
  fail,
} from '../causes/catalogue.ts'
import type { Certainty } from '../causes/cause.ts'
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

/** Makes the failure that a diagnosis ends in; the evidence that was gathered before comes first. */
export function conclude<N extends CauseName>(
  { failure }: Pick<DiagnosisInput, 'failure'>,
  cause: N,
  finding: Finding<N> & { readonly evidence: readonly EvidenceOf<N>[] },
): Failure {
  const found = fail(cause, finding)
  return { ...found, evidence: [...failure.evidence, ...found.evidence] }
}

/** Judges how sure descriptions make: one from before the refusal proves nothing, it may have changed. */
export function toCertainty(...parts: readonly (Described<unknown> | undefined)[]): Certainty {
  return parts.every((part) => part?.isFresh === true) ? 'proved' : 'likely'
}

/** The value that was described; undefined where nothing is known or there is no such thing. */
export function toPresent<T>(part: Described<T> | undefined): T | undefined {
  return part === undefined || part.value === 'absent' ? undefined : part.value
}
