import { explain } from '../../core/explain/explain.ts'
import type { Reason } from '../../core/explain/reasons.ts'
import type { WordingName } from '../../core/explain/wordings.ts'
import { toCaseReason } from '../cases/case-reason.ts'
import { reportedCases } from '../cases/reported-cases.ts'

/** How many reports of failures show a wording, and how often each reason was behind it. */
export interface ReportCounts {
  /** Every report with this wording, those without a known reason included. */
  readonly all: number
  readonly byReason: ReadonlyMap<Reason, number>
}

const reports = reportedCases.map(({ inHand, cause }) => ({
  wording: explain(inHand).wording,
  reason: toCaseReason(cause),
}))

/** Counts the reports in `pages/cases/` that show a wording. */
export function countReports(wording: WordingName): ReportCounts {
  const those = reports.filter((report) => report.wording === wording)
  const byReason = new Map<Reason, number>()
  for (const { reason } of those) {
    if (reason !== undefined) byReason.set(reason, (byReason.get(reason) ?? 0) + 1)
  }
  return { all: those.length, byReason }
}
