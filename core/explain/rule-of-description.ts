import type { Reason } from './reasons.ts'
import type { Rule } from './rule.ts'

/** One thing that people describe in their own words, without the word of an error. */
export interface Description {
  readonly reason: Reason
  /** What the text speaks of, as the end of a sentence. */
  readonly topic: string
  readonly words: RegExp
}

/** Makes the rule of a description: words of a person leave a reason possible, and never more. */
export function toRule({ reason, topic, words }: Description): Rule {
  return {
    reason,
    verdict: 'possible',
    because: `The text speaks of ${topic}.`,
    applies: ({ text }) => words.test(text),
  }
}

/** Finds two expressions in one line, close to each other, in any order. */
export function near(one: string, other: string): RegExp {
  return new RegExp(
    `\\b(?:${one})(?!\\w)[^\\n]{0,100}\\b(?:${other})(?!\\w)|\\b(?:${other})(?!\\w)[^\\n]{0,100}\\b(?:${one})(?!\\w)`,
    'i',
  )
}
