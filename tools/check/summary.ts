/** How many checks passed, failed and were skipped. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What a check came to. */
export interface Summary extends Counts {
  /** Name and place of everything that failed. */
  readonly failures: readonly string[]
}

/** Adds up counts. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => all.reduce((total, counts) => total + counts[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The last line of every run, for people and for programs. */
function toClosingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** One line for each check: how it ended, its title, its number of tests, and how long it was busy. */
export function toLine(
  title: string,
  { passed, failed, skipped }: Counts,
  seconds: number,
  unit?: 'tests',
): string {
  const counts = [
    unit === undefined ? '' : `${passed + failed + skipped} ${unit}`,
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ]
  const count = counts.filter((part) => part !== '').join(', ')
  const sign = failed > 0 ? '✗' : '✓'
  return `${sign} ${title.padEnd(30)}${count.padStart(26)}${seconds.toFixed(1).padStart(8)} s`
}

/** What stands below the lines: everything that failed, in one place, and the closing line. */
export function toEnd(all: readonly Summary[], seconds: number): string {
  const failures = all.flatMap((summary) => summary.failures.map((one) => `  ${one}`))
  return [
    `\nAll of it took ${(seconds / 60).toFixed(1)} minutes.`,
    ...(failures.length === 0 ? [] : ['\nFailed:', ...failures]),
    `\n${toClosingLine(sumCounts(all))}`,
  ].join('\n')
}
