import type { PastedRequest } from './pasted-request.ts'
import type { Reason } from './reasons.ts'
import type { WordingName } from './wordings.ts'

/** What a pasted text says, as far as rules look at it. */
export interface Pasted {
  readonly text: string
  readonly wording: WordingName | undefined
  readonly request: PastedRequest
}

/** What one observation in the text says about one reason. */
export interface Rule {
  readonly reason: Reason
  /**
   * `proved` only where the text itself decides; `possible` where a person only speaks of it; `excluded` where the
   * text rules the reason out.
   */
  readonly verdict: 'proved' | 'likely' | 'possible' | 'excluded'
  /** What was seen, as a sentence for the reader; nothing of the text is in it. */
  readonly because: string
  readonly applies: (pasted: Pasted) => boolean
}

/** Tells whether the text shows a parameter with a value. */
export function hasParameter(
  { request }: Pasted,
  name: Parameters<PastedRequest['valuesOf']>[0],
): boolean {
  return request.valuesOf(name).some((value) => value !== '')
}
