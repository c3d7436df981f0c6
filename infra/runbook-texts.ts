import type { CauseName } from '../core/causes.ts'
import type { RunbookTextOf } from './runbook-text.ts'
import { ownTexts } from './runbook-texts-own.ts'
import { refusedTexts } from './runbook-texts-refused.ts'
import { rejectedTexts } from './runbook-texts-rejected.ts'
import { unansweredTexts } from './runbook-texts-unanswered.ts'

/**
 * The prose beside the cause catalogue, kept complete by the compiler. Nothing that is deployed imports
 * it, so that it weighs in no bundle.
 */
export const runbookTexts = {
  ...refusedTexts,
  ...rejectedTexts,
  ...unansweredTexts,
  ...ownTexts,
} as const satisfies { readonly [N in CauseName]: RunbookTextOf<N> }
