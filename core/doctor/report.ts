import { toCheckCause, toCheckKind } from '../causes/doctor.ts'
import { toRunbookLink } from '../http-answer.ts'
import { type MetricGroup, metrics } from '../metrics.ts'
import type { RequestRecord } from '../record.ts'
import type { Check } from './findings.ts'

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
 * Whether the app client could be looked at, where the settings name its user pool. That nothing was found
 * wrong says little where it could not.
 */
export function isAppClientRead({ checks }: ClientReport): boolean {
  return !checks.some(isUnreadClient)
}

function isUnreadClient({ name, status }: Check): boolean {
  return name === 'client_exists' && status === 'warning'
}

/**
 * Makes the records of one client: one for each failed check, or a single one where none has failed. What
 * was found stays out of them, since it quotes the user pool's configuration.
 */
export function toCheckRecords(report: ClientReport, runbookUrl: string): readonly RequestRecord[] {
  const { client, isWell, checks } = report
  if (isWell) return [toUnfailedRecord(report)]
  return checks.flatMap(({ name, status, cause }) => {
    if (status !== 'failed' || cause === undefined) return []
    const { fault, fix } = toCheckCause(cause)
    const record = {
      client,
      check: name,
      check_result: 'failed',
      cause,
      fault,
      fix,
      runbook: runbookUrl === '' ? undefined : toRunbookLink(runbookUrl, cause),
    }
    return [record]
  })
}

/** A check that could not be made is named: that it has not failed says nothing. */
function toUnfailedRecord(report: ClientReport): RequestRecord {
  const skipped = report.checks
    .filter((check) => check.status === 'skipped' || isUnreadClient(check))
    .map(({ name }) => name)
  return {
    client: report.client,
    check: 'all',
    check_result: isAppClientRead(report) ? 'ok' : 'unknown',
    skipped: skipped.length > 0 ? skipped : undefined,
  }
}

/**
 * Makes the metrics of one client: one `CheckFailures` for each failed check, or a zero where all is well,
 * which tells that the doctor has been there.
 */
export function toCheckMetrics({ client, checks }: ClientReport): readonly MetricGroup[] {
  const { by } = metrics.CheckFailures
  const failures = checks.flatMap(({ status, cause }) =>
    status === 'failed' && cause !== undefined
      ? [toCheckGroup(by, { client, cause, kind: toCheckKind(cause) }, 1)]
      : [],
  )
  if (failures.length > 0) return failures
  const byNoCause = by.filter(
    (names: readonly string[]) => !names.includes('cause') && !names.includes('kind'),
  )
  return [toCheckGroup(byNoCause, { client }, 0)]
}

function toCheckGroup(
  by: MetricGroup['by'],
  dimensions: MetricGroup['dimensions'],
  value: number,
): MetricGroup {
  return { by, dimensions, values: [{ name: 'CheckFailures', value }] }
}
