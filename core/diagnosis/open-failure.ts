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
import type { Described, PoolEvidence } from './pool-evidence.ts'
import type { EarlierUse } from './use-memory.ts'

/** A failure that Cognito's word alone left open, with everything that may close it. */
export interface OpenFailure {
  readonly failure: Failure
  readonly request: OAuthRequest
  readonly usedSecret: Secret
  readonly pool: PoolEvidence
  readonly earlier: EarlierUse
}

/** Makes a finding; the evidence that the failure has already gathered comes first. */
export function find<N extends CauseName>(
  { failure }: OpenFailure,
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
