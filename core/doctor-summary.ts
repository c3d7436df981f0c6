import type { ClientReport } from './doctor-record.ts'

/**
 * Whether the app client could be looked at, where the settings name its user pool. That nothing was found
 * wrong says little where it could not.
 */
export function isLookedAt({ checks }: ClientReport): boolean {
  return checks.every(({ name, status }) => name !== 'client_exists' || status !== 'warning')
}

/** Sums the checks of one client up in a few words. */
export function toSummary(report: ClientReport): string {
  const failed = report.checks.filter(({ status }) => status === 'failed').length
  if (failed > 0) return `${failed} ${failed === 1 ? 'check has' : 'checks have'} failed`
  return isLookedAt(report)
    ? 'all well'
    : 'nothing is wrong as far as could be seen, but the app client could not be looked at'
}
