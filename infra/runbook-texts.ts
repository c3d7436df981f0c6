import type { CauseName } from '../core/causes.ts'
import type { RunbookTextOf } from './runbook-text.ts'
import { cookieTexts } from './runbook-texts-cookie.ts'
import { ownTexts } from './runbook-texts-own.ts'
import { refusedTexts } from './runbook-texts-refused.ts'
import { rejectedClientTexts } from './runbook-texts-rejected-client.ts'
import { rejectedGrantTexts } from './runbook-texts-rejected-grant.ts'
import { rejectedRequestTexts } from './runbook-texts-rejected-request.ts'
import { unansweredTexts } from './runbook-texts-unanswered.ts'

/**
 * The prose beside the cause catalogue, kept complete by the compiler. Nothing that is deployed imports
 * it, so that it weighs in no bundle.
 */
export const runbookTexts = {
  ...refusedTexts,
  ...cookieTexts,
  ...rejectedClientTexts,
  ...rejectedRequestTexts,
  ...rejectedGrantTexts,
  ...unansweredTexts,
  ...ownTexts,
} as const satisfies { readonly [N in CauseName]: RunbookTextOf<N> }
