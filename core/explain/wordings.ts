import { libraryTexts } from './library-texts.ts'
import { oauthWords } from './oauth-words.ts'
import { otherAnswers } from './other-answers.ts'
import type { Wording } from './wording.ts'

const { trigger_failed, ...laterAnswers } = otherAnswers
const { logout_refused, provider_failed, bare_400, no_word, ...laterTexts } = libraryTexts
const { invalid_request, ...words } = oauthWords

/**
 * Every wording that is known. The first one that a text has counts: a trigger's text may hold any other
 * word, and a description narrows down the word that it comes with.
 */
export const wordings = {
  trigger_failed,
  logout_refused,
  provider_failed,
  ...words,
  ...laterTexts,
  ...laterAnswers,
  invalid_request,
  bare_400,
  no_word,
} as const satisfies Readonly<Record<string, Wording>>

/** The name of a wording; its page in `docs/errors/` has the same. */
export type WordingName = keyof typeof wordings

/** The names of all wordings, in the order in which a text is searched for them. */
export const wordingNames = Object.keys(wordings) as readonly WordingName[]

/** What may be behind any wording. */
export type ListedReason = (typeof wordings)[WordingName]['reasons'][number]

/** Looks a wording up as a plain `Wording`, for code that treats all alike. */
export function toWording(name: WordingName): Wording {
  return wordings[name]
}

/** Finds the wording of a text; undefined where it has none that is known. */
export function findWording(text: string): WordingName | undefined {
  return wordingNames.find((name) => toWording(name).pattern.test(text))
}
