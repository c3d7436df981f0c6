import type { CandidateOf, CauseName, EvidenceOf } from '../core/causes/catalogue.ts'
import type { RotationCauseName, StepEvidenceOf } from '../core/causes/rotation.ts'

/** One step of a diagnosis or a mitigation: a sentence or two, a shell command, or a log query. */
export type Step = string | { readonly command: string } | { readonly query: string }

/** The prose about one cause, for the operator who is paged; the facts are in the catalogue. */
export interface RunbookText {
  /** What happened, in plain words. */
  readonly meaning: string
  /** Who notices what. */
  readonly impact: string
  /** What each degree of certainty is based on, if the record alone can tell which one applies. */
  readonly certainty?: { readonly proved?: string; readonly likely?: string }
  /** How to confirm it, and how to tell it from other causes. */
  readonly diagnosis: readonly Step[]
  readonly mitigation: readonly Step[]
  readonly prevention: string
}

/** A meaning for each slug of a closed list, and nothing where the list is empty. */
type Explained<Key extends string, Slug extends string> = [Slug] extends [never]
  ? { readonly [K in Key]?: never }
  : { readonly [K in Key]: Readonly<Record<Slug, string>> }

/** The text of one cause, with the meaning of each piece of evidence and how to recognise each candidate. */
export type RunbookTextOf<N extends CauseName> = RunbookText &
  Explained<'evidence', EvidenceOf<N>> &
  Explained<'candidates', CandidateOf<N>>

/** The text of a cause that only a rotation meets, with the meaning of each piece of evidence. */
export type RotationTextOf<N extends RotationCauseName> = RunbookText &
  Explained<'evidence', StepEvidenceOf<N>>
