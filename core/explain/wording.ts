import type { Reason } from './reasons.ts'

/** The steps of OAuth that a failure can belong to. */
export type OAuthStep = 'authorize' | 'code' | 'refresh' | 'machine' | 'revocation' | 'logout'

/** One wording that Cognito, what stands in front of it, a browser or a library is known to use. */
export interface Wording {
  /** As a person would search for it. */
  readonly title: string
  /** An example of it in words of this project; a placeholder stands for what differs. */
  readonly example: string
  /** What it means, in one or two sentences; Markdown. */
  readonly about: string
  /** Found in a text whose escapes are undone. */
  readonly pattern: RegExp
  /** What may be behind it, the most frequent first. */
  readonly reasons: readonly Reason[]
  /** The steps of a reason that not every step can have. */
  readonly onlyAt?: { readonly [R in Reason]?: readonly OAuthStep[] }
}
