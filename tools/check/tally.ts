/** How many tests passed, failed and were skipped. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Adds up tallies. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The line that closes every run, the same for people and for programs. */
export function toClosingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** One line of the summary: what was checked, how many tests that took, and for how long it was busy. */
export function toSummaryLine(
  title: string,
  { passed, failed, skipped }: Tally,
  seconds: number,
  unit: 'tests' | 'command',
): string {
  const counts = [
    unit === 'command' ? '' : `${passed + failed + skipped} tests`,
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ]
  const count = counts.filter((part) => part !== '').join(', ')
  const sign = failed > 0 ? '✗' : '✓'
  return `${sign} ${title.padEnd(32)}${count.padStart(28)}${`${seconds.toFixed(1)} s`.padStart(10)}`
}
