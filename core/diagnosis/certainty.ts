import {
  type CauseName,
  type EvidenceOf,
  type Failure,
  type Finding,
  fail,
} from '../causes/catalogue.ts'
import type { Certainty } from '../causes/cause.ts'
import type { DiagnosisInput } from './input.ts'
import type { Described } from './pool-evidence.ts'

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
