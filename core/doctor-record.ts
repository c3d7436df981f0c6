import { toCause } from './causes.ts'
import type { Check } from './doctor-findings.ts'
import { isSetupCause, toFix } from './doctor-verdict.ts'
import { toRunbookLink } from './http-answer.ts'
import { type MetricGroup, metrics } from './metrics.ts'
import type { RequestRecord } from './record.ts'

/** The checks of one client, by its alias; `unknown` where the settings were refused. */
export interface ClientReport {
  readonly client: string
  readonly isWell: boolean
  readonly checks: readonly Check[]
}

/** Puts the checks of one client together. */
export function toReport(client: string, checks: readonly Check[]): ClientReport {
  return { client, isWell: checks.every(({ status }) => status !== 'failed'), checks }
}

/**
 * Makes the records of one client: one for each failed check, or a single one where all is well. What was
 * found stays out of them, since it quotes the user pool's configuration.
 */
export function toCheckRecords(report: ClientReport, runbookUrl: string): readonly RequestRecord[] {
  const { client, isWell, checks } = report
  if (isWell) return [{ client, check: 'all', check_result: 'ok' }]
  return checks.flatMap(({ name, status, cause }) => {
    if (status !== 'failed' || cause === undefined) return []
    const record = {
      client,
      check: name,
      check_result: 'failed',
      cause,
      fault: isSetupCause(cause) ? 'operator' : toCause(cause).fault,
      fix: toFix(cause),
      runbook: runbookUrl === '' ? undefined : toRunbookLink(runbookUrl, cause),
    }
    return [record]
  })
}

/**
 * Makes the metrics of one client: one `CheckFailures` for each failed check, or a zero where all is well,
 * which tells that the doctor has been there.
 */
export function toCheckMetrics({ client, checks }: ClientReport): readonly MetricGroup[] {
  const { by } = metrics.CheckFailures
  const failures = checks.flatMap(({ status, cause }) =>
    status === 'failed' && cause !== undefined ? [toCheckGroup(by, { client, cause }, 1)] : [],
  )
  if (failures.length > 0) return failures
  const byNoCause = by.filter((names: readonly string[]) => !names.includes('cause'))
  return [toCheckGroup(byNoCause, { client }, 0)]
}

function toCheckGroup(
  by: MetricGroup['by'],
  dimensions: MetricGroup['dimensions'],
  value: number,
): MetricGroup {
  return { by, dimensions, values: [{ name: 'CheckFailures', value }] }
}
