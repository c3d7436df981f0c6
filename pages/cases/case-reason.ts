import { isReason, type Reason } from '../../core/explain/reasons.ts'
import type { CaseName } from '../cases-page.ts'
import { type ReportedCause, reportedNames } from './reported-names.ts'

/**
 * Gives the reason that a reported cause is, whether or not the proxy can meet it; undefined where the report
 * has none, or none that an error can show.
 */
export function toCaseReason(cause: ReportedCause): Reason | undefined {
  if (isReason(cause)) return cause
  const { ours }: CaseName = reportedNames[cause]
  return ours !== undefined && isReason(ours) ? ours : undefined
}
