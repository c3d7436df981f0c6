import type { CandidateOf, CauseName, EvidenceOf } from '../core/causes/catalogue.ts'

/** One step of a diagnosis or a mitigation: a sentence or two, a shell command, or a log query. */
export type Step = string | { readonly command: string } | { readonly query: string }

/** The prose of one cause for whoever is woken by it; every fact stands in the catalogue instead. */
export interface RunbookText {
  /** What happened, in plain words. */
  readonly meaning: string
  /** Who notices what. */
  readonly impact: string
  /** What each degree of certainty rests on, where the record alone can tell which it is. */
  readonly certainty?: { readonly proved?: string; readonly likely?: string }
  /** How to confirm it, and how to tell what it might be instead. */
  readonly diagnosis: readonly Step[]
  readonly mitigation: readonly Step[]
  readonly prevention: string
}

/** A meaning for each slug of a closed list, and nothing where the list is empty. */
type Explained<Key extends string, Slug extends string> = [Slug] extends [never]
  ? { readonly [K in Key]?: never }
  : { readonly [K in Key]: Readonly<Record<Slug, string>> }

/** The text of one cause: what each piece of evidence means, and how to know each candidate, included. */
export type RunbookTextOf<N extends CauseName> = RunbookText &
  Explained<'evidence', EvidenceOf<N>> &
  Explained<'candidates', CandidateOf<N>>
