import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { OAuthError } from '../core/causes/cause.ts'
import { languages, type UserAdvice, userTexts } from '../core/causes/user-advice.ts'

/** Writes the types of the module `token-proxy/causes`, whose code is bundled from `core/causes/answered.ts`. */
export function toCausesDeclarations(): string {
  const names = Object.keys(causes) as readonly CauseName[]
  const errors: readonly OAuthError[] = names.map((name) => toCause(name).error)
  const advice = Object.keys(userTexts) as readonly UserAdvice[]
  return `// Generated from core/causes/: do not edit. The module has no dependencies and runs in browsers and in Node.js.

/** The id of a cause. Ids are stable: one may become deprecated, but none is renamed or removed. */
export type CauseId =
${toUnion(names)}

/** The values of \`error\` in an answer of the proxy. */
export type OAuthError =
${toUnion([...new Set(errors)])}

/** What may be known in public of one cause. */
export interface AnsweredCause {
  readonly id: CauseId
  /** The HTTP status of the answer. */
  readonly status: number
  /** The status where a code was exchanged, if it differs. */
  readonly statusForCode?: number
  readonly error: OAuthError
  /** The beginning of \`error_description\`. */
  readonly description: string
  /** The same where a code was exchanged, if it differs. */
  readonly descriptionForCode?: string
  /** Who must act: the developer of the front end, the operator of the proxy, or AWS. */
  readonly fault: 'caller' | 'operator' | 'cognito'
  /** One sentence: what fixes it. */
  readonly fix: string
  /** What else it may be; empty unless the cause is undetermined. */
  readonly candidates: readonly string[]
}

/** What a front end has of a failed answer. */
export interface Answer {
  readonly status: number
  readonly error?: string | undefined
  readonly errorDescription?: string | undefined
  readonly errorUri?: string | undefined
}

/** The ids of all causes that a request can end with. */
export const causeIds: readonly CauseId[]

/** Tells whether a text is the id of a cause. */
export function isCauseId(text: string): text is CauseId

/** Looks up what may be known in public of one cause. */
export function describeCause(id: CauseId): AnsweredCause

/**
 * Finds the causes that an answer of the proxy can have: one, several that are answered alike, or none if the
 * answer is not the proxy's.
 */
export function findCauses(answer: Answer): readonly AnsweredCause[]

/** The id of one thing that the person in front of the screen can do. Ids are stable, as those of causes. */
export type UserAdvice =
${toUnion(advice)}

/** The languages of the sentences, by their tags of BCP 47. */
export type Language =
${toUnion(languages)}

/** What failed: the exchange of a code, or a refresh. */
export type Attempt = 'sign-in' | 'refresh'

/** What a sentence is made for. */
export interface Reader {
  /** A tag of BCP 47, such as \`navigator.language\`; English is the answer to any other language. */
  readonly language: string
  /** The header \`x-request-id\` of the answer. */
  readonly requestId?: string | undefined
}

/** The languages of the sentences. */
export const languages: readonly Language[]

/** The sentences; \`{requestId}\` stands for the request id. */
export const userTexts: Readonly<Record<UserAdvice, Readonly<Record<Language, string>>>>

/** Chooses what the person can do after a failed answer of the proxy. */
export function chooseUserAdvice(
  answer: Pick<Answer, 'status' | 'error'>,
  attempt: Attempt,
): UserAdvice

/** Makes the sentence for the person. Without a request id, its place has a dash. */
export function toUserText(advice: UserAdvice, reader: Reader): string

/** Finds the language of the sentences for a tag of BCP 47, such as \`de\` for \`de-AT\`. */
export function toLanguage(tag: string): Language
`
}

function toUnion(values: readonly string[]): string {
  return values.map((value) => `  | '${value}'`).join('\n')
}
