import { type ClientReport, isAppClientRead } from './report.ts'

/** Sums the checks of one client up in a few words. */
export function toSummary(report: ClientReport): string {
  const failed = report.checks.filter(({ status }) => status === 'failed').length
  if (failed > 0) return `${failed} ${failed === 1 ? 'check has' : 'checks have'} failed`
  return isAppClientRead(report)
    ? 'everything is correct'
    : 'nothing is wrong so far, but the doctor could not read the app client'
}
