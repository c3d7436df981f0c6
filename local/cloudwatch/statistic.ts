/** A summary of the values that were reported within one time range. */
export interface Summary {
  readonly count: number
  readonly sum: number
  readonly most: number
  /** How often each value was reported, to three significant digits, so that the size stays bounded. */
  readonly counts: ReadonlyMap<number, number>
}

/** A summary to which values can be added. */
export interface OpenSummary {
  readonly add: (value: number, times: number) => void
  /** Returns the summary of all values so far; more can be added later. */
  readonly read: () => Summary
}

/** Opens an empty summary. */
export function openSummary(): OpenSummary {
  const counts = new Map<number, number>()
  const summary = { count: 0, sum: 0, most: Number.NEGATIVE_INFINITY, counts }
  return {
    add: (value, times) => {
      summary.count += times
      summary.sum += value * times
      summary.most = Math.max(summary.most, value)
      const near = toThreeDigits(value)
      counts.set(near, (counts.get(near) ?? 0) + times)
    },
    read: () => summary,
  }
}

function toThreeDigits(value: number): number {
  // Counts are most of what is reported.
  const isShort = Number.isInteger(value) && Math.abs(value) < 1000
  return isShort ? value : Number(value.toPrecision(3))
}

/** Computes one number from a summary. */
export type Statistic = (parts: readonly Summary[]) => number

const total = (parts: readonly Summary[]) => parts.reduce((all, { sum }) => all + sum, 0)
const samples = (parts: readonly Summary[]) => parts.reduce((all, { count }) => all + count, 0)

const statistics: Readonly<Record<string, Statistic>> = {
  Sum: total,
  SampleCount: samples,
  Average: (parts) => total(parts) / samples(parts),
  Maximum: (parts) => Math.max(...parts.map(({ most }) => most)),
}

/**
 * Finds a statistic by CloudWatch's name for it, percentiles such as `p99` among them; those are exact to
 * three significant digits, and never between two values that were reported.
 *
 * @throws Error that names a statistic which cannot be evaluated here
 */
export function toStatistic(name: string): Statistic {
  const known = Object.hasOwn(statistics, name) ? statistics[name] : undefined
  if (known !== undefined) return known
  const [, percentile] = /^p(\d{1,2})$/.exec(name) ?? []
  if (percentile === undefined) throw new Error(`no statistic ${name}`)
  return (parts) => {
    const counts = new Map<number, number>()
    for (const part of parts) {
      for (const [value, count] of part.counts) counts.set(value, (counts.get(value) ?? 0) + count)
    }
    let left = Math.max(1, Math.ceil((Number(percentile) / 100) * samples(parts)))
    for (const [value, count] of [...counts].sort(([one], [other]) => one - other)) {
      left -= count
      if (left <= 0) return value
    }
    return Number.NaN
  }
}
