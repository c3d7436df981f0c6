import type { FactName, Facts } from '../facts.ts'
import type { Cause, Certainty } from './cause.ts'
import { cookie } from './cookie.ts'
import { deployment } from './deployment.ts'
import { edge } from './edge.ts'
import { refusedByProxy } from './refused-by-proxy.ts'
import { rejectedByCognito } from './rejected-by-cognito.ts'
import { rejectedGrant } from './rejected-grant.ts'
import { unanswered } from './unanswered.ts'

/** The cause catalogue: the only list of what can go wrong. Everything else looks it up. */
export const causes = {
  ...refusedByProxy,
  ...edge,
  ...cookie,
  ...rejectedByCognito,
  ...rejectedGrant,
  ...unanswered,
  ...deployment,
} as const

/** The name of a row: what records, metrics and the runbook call a cause. */
export type CauseName = keyof typeof causes
type Row<N extends CauseName> = (typeof causes)[N]

/** The closed variants of a cause that have a sentence for the caller. */
export type DetailOf<N extends CauseName> =
  Row<N> extends { readonly details: infer D } ? keyof D & string : never

/** The closed slugs of what was seen, for the record only. */
export type EvidenceOf<N extends CauseName> =
  Row<N> extends { readonly evidence: readonly (infer E extends string)[] } ? E : never

/** A cause that has candidates: what Cognito said does not tell which of them it is. */
export type UndeterminedCause = {
  [N in CauseName]: Row<N> extends { readonly candidates: readonly string[] } ? N : never
}[CauseName]

/** What else an undetermined cause could be. */
export type CandidateOf<N extends CauseName> =
  | (Row<N> extends { readonly candidates: readonly (infer C extends string)[] } ? C : never)
  | (Row<N> extends { readonly rareCandidates: readonly (infer C extends string)[] } ? C : never)

/**
 * The facts that the record of a cause may contain. The others are excluded by name, because a type that
 * merely does not mention them accepts them.
 */
export type FactsOf<N extends CauseName> = {
  readonly [F in FactName as F extends Row<N>['facts'][number] ? F : never]?: Facts[F]
} & { readonly [F in FactName as F extends Row<N>['facts'][number] ? never : F]?: never }

/** Whether a second attempt could do harm: the request never left, or its outcome is unknown. */
export type Delivery = 'unsent' | 'unknown'

/** One failure: a cause, and what is known about this occurrence. */
export interface Failure {
  readonly ok: false
  readonly cause: CauseName
  readonly certainty: Certainty
  readonly detail: string | undefined
  readonly evidence: readonly string[]
  readonly candidates: readonly string[]
  readonly facts: Partial<Facts>
  /** Absent: Cognito was not asked, or clearly refused, so that asking again changes nothing. */
  readonly delivery: Delivery | undefined
  readonly retryAfterSeconds: number | undefined
}

/** A value, or the failure that prevented it. */
export type Result<T> = { readonly ok: true; readonly value: T } | Failure

/** What may be said about a failure of one cause. */
export interface Finding<N extends CauseName> {
  readonly certainty?: Certainty
  readonly detail?: DetailOf<N>
  readonly evidence?: readonly (EvidenceOf<N> & string)[]
  readonly candidates?: readonly (CandidateOf<N> & string)[]
  readonly facts?: FactsOf<N>
  readonly delivery?: Delivery
  readonly retryAfterSeconds?: number | undefined
}

/** Makes a failure; certainty follows the row (undetermined where it has candidates) unless given. */
export function fail<N extends CauseName>(cause: N, finding: Finding<N> = {}): Failure {
  const { candidates = [] }: Cause = causes[cause]
  return {
    ok: false,
    cause,
    certainty: finding.certainty ?? (candidates.length > 0 ? 'undetermined' : 'proved'),
    detail: finding.detail,
    evidence: finding.evidence ?? [],
    candidates: finding.candidates ?? candidates,
    facts: finding.facts ?? {},
    delivery: finding.delivery,
    retryAfterSeconds: finding.retryAfterSeconds,
  }
}

/** Looks a row up as a plain `Cause`, for code that treats all rows alike. */
export function toCause(name: CauseName): Cause {
  return causes[name]
}
