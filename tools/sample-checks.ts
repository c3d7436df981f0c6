import type { RequestRecords } from '../adapters/request-record.ts'
import { causes } from '../core/causes/catalogue.ts'
import type { CheckCause } from '../core/doctor/findings.ts'
import { toCheckMetrics, toCheckRecords, toReport } from '../core/doctor/report.ts'
import { setupTexts } from '../runbook/setup.ts'

/** Every cause that a check can name, whether or not it is ever met. */
const checkCauses = [...Object.keys(causes), ...Object.keys(setupTexts)] as readonly CheckCause[]

/** What the doctor has to write of one client. */
type Checks = Parameters<RequestRecords['writeChecks']>[0]

/** What the doctor writes of each client once well, and of every cause once, the clients in turn. */
export function toSampleChecks(clients: readonly string[], runbookUrl: string): readonly Checks[] {
  const known = [...clients, 'unknown']
  const well = known.map((client) => toReport(client, []))
  const failed = checkCauses.map((cause, index) =>
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
