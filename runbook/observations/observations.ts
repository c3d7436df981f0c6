import type { CandidateOf, CauseName } from '../../core/causes/catalogue.ts'
import type { ListedReason } from '../../core/explain/wordings.ts'
import { clientObservations } from './client.ts'
import { grantObservations } from './grant.ts'
import { networkObservations } from './network.ts'
import type { Observation } from './observation.ts'
import { requestObservations } from './request.ts'

/** What decides about each reason that a wording or an undetermined cause has; the compiler keeps it complete. */
export const observations = {
  ...clientObservations,
  ...grantObservations,
  ...requestObservations,
  ...networkObservations,
} as const satisfies Readonly<
  Record<ListedReason | { [N in CauseName]: CandidateOf<N> }[CauseName], Observation>
>

/** Looks up what decides about a reason; undefined for a cause that the proxy names by itself. */
export function toObservation(reason: string): Observation | undefined {
  return Object.entries(observations).find(([name]) => name === reason)?.[1]
}
