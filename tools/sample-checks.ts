import type { RequestRecords } from '../adapters/request-record.ts'
import { checkCauseNames } from '../core/causes/doctor.ts'
import { toCheckMetrics, toCheckRecords, toReport } from '../core/doctor/report.ts'

/** What the doctor has to write of one client. */
type Checks = Parameters<RequestRecords['writeChecks']>[0]

/** What the doctor writes of each client once well, and of every cause once, the clients in turn. */
export function toSampleChecks(clients: readonly string[], runbookUrl: string): readonly Checks[] {
  const known = [...clients, 'unknown']
  const well = known.map((client) => toReport(client, []))
  const failed = checkCauseNames.map((cause, index) =>
    toReport(known[index % known.length] ?? 'unknown', [
      { name: 'live_probe', status: 'failed', found: '', cause },
    ]),
  )
  return [...well, ...failed].map((report) => ({
    isWell: report.isWell,
    records: toCheckRecords(report, runbookUrl),
    metrics: toCheckMetrics(report),
  }))
}
