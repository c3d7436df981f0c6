import type { SmokeCheck } from './target.ts'

/** Everything that a check from outside found. */
export interface SmokeReport {
  readonly url: string
  readonly isWell: boolean
  /** False: nothing answered at the address, so that nothing can be said of the proxy. */
  readonly isReached: boolean
  readonly checks: readonly SmokeCheck[]
}

/** Puts the checks of one run together. */
export function toSmokeReport(
  url: string,
  checks: readonly SmokeCheck[],
  isReached: boolean,
): SmokeReport {
  return { url, isWell: checks.every(({ status }) => status !== 'failed'), isReached, checks }
}

/** Says in one line how a run went. */
export function toSmokeSummary({ url, isReached, checks }: SmokeReport): string {
  const failed = checks.filter(({ status }) => status === 'failed').length
  if (!isReached) return `${url}: could not check`
  if (failed === 0) return `${url}: everything is correct (${checks.length} checks)`
  return `${url}: ${failed} of ${checks.length} checks failed`
}
