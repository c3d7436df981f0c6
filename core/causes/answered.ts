import type { CauseName } from './catalogue.ts'
import type { Fault, OAuthError } from './cause.ts'

/** What may be known in public of one cause: a front end can show it, a support team can look it up. */
export interface AnsweredCause {
  /** Stable: it may become deprecated, but it is never renamed or removed. */
  readonly id: CauseName
  /** The HTTP status of the answer. */
  readonly status: number
  /** The status where a code was exchanged, if it differs. */
  readonly statusForCode?: number
  readonly error: OAuthError
  /** The beginning of `error_description`. */
  readonly description: string
  /** The same where a code was exchanged, if it differs. */
  readonly descriptionForCode?: string
  readonly fault: Fault
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

/** Finds causes by what is known of them in public. */
export interface CauseLookup {
  /** The ids of all causes that a request can end with. */
  readonly causeIds: readonly CauseName[]
  /** Tells whether a text is the id of a cause. */
  readonly isCauseId: (text: string) => text is CauseName
  /** Looks up what may be known in public of one cause. */
  readonly describeCause: (id: CauseName) => AnsweredCause
  /**
   * Finds the causes that an answer of the proxy can have: one, several that are answered alike, or none if
   * the answer is not the proxy's.
   */
  readonly findCauses: (answer: Answer) => readonly AnsweredCause[]
}

/**
 * Makes the look-ups over all causes. It imports no value, because it is also the code of the module
 * `token-proxy/causes`, which others bundle.
 *
 * The link in `error_uri` names the cause, if the deployment publishes its runbook. Without it, several
 * causes are possible that are answered alike, so that a stranger learns nothing of the deployment.
 */
export function toCauseLookup(rows: { readonly [N in CauseName]: AnsweredCause }): CauseLookup {
  const isCauseId = (text: string): text is CauseName => Object.hasOwn(rows, text)
  const findCauses = ({ status, error, errorDescription, errorUri }: Answer) => {
    const linked = /\/([a-z_]+)(?:\.md|\.html)?$/.exec(errorUri ?? '')?.[1] ?? ''
    if (isCauseId(linked)) return [rows[linked]]
    return Object.values(rows).filter((row) => {
      const texts = [row.description, row.descriptionForCode ?? row.description]
      return (
        (row.status === status || row.statusForCode === status) &&
        row.error === error &&
        (errorDescription === undefined || texts.some((text) => errorDescription.startsWith(text)))
      )
    })
  }
  return {
    causeIds: Object.values(rows).map(({ id }) => id),
    isCauseId,
    describeCause: (id) => rows[id],
    findCauses,
  }
}
