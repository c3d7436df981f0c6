import type { Step } from '../text.ts'

/** The one observation that decides whether a reason is the one, with or without the proxy. */
export interface Observation {
  /** A short question; yes means that it is this reason. */
  readonly ask: string
  /** Where to look, and which result means what; Markdown. */
  readonly look: string
  /** The command that shows it. */
  readonly command?: Step
  /** The call that fixes it. */
  readonly repair?: Step
  /** One sentence: what fixes it; only where neither the cause catalogue nor the direct reasons have it. */
  readonly fix?: string
}
