import { parseEmf } from './emf.ts'
import { countPeriods, type Metric, type Points, toMetricKey, type Window } from './metric.ts'
import { type OpenSummary, openSummary, type Summary, toStatistic } from './statistic.ts'

/** What CloudWatch would store: the values of every metric, for a bounded time. */
export interface MetricStore {
  /**
   * Takes a line of output and keeps the metrics in it; other lines are passed over.
   *
   * @param times how often the line was written; once unless given
   */
  readonly take: (line: string, times?: number) => void
  /** Stores one value that came in no log line, or several that are equal, as `PutMetricData` does. */
  readonly put: (metric: Metric, value: number, atMs: number, times?: number) => void
  /** Reads a statistic of each period, the first of which begins with the window. */
  readonly read: (metric: Metric, statistic: string, window: Window) => Points
  /** The number of lines with metrics that CloudWatch would not accept. */
  readonly rejectedLines: () => number
  /** The number of values that were too old or too new, or of one metric too many. */
  readonly droppedValues: () => number
}

/** The resolution of CloudWatch's standard metrics. */
export const resolutionMs = 60_000
const mostMetrics = 1000

/** How far in the future CloudWatch accepts values, for clocks that run ahead. */
const aheadMs = 2 * 3_600_000

/** The reported values of one metric, by the number of the interval since 1970. */
type Series = Map<number, OpenSummary>

/**
 * Opens an empty store.
 *
 * @param nowMs tells the time, which decides what is too old to be kept
 * @param keptHours how long values are kept
 */
export function openMetricStore(nowMs: () => number, keptHours = 36): MetricStore {
  const keptMs = keptHours * 3_600_000
  const all = new Map<string, Series>()
  // Alarms read the same few series again and again.
  const keys = new WeakMap<Metric, string>()
  let [rejected, dropped] = [0, 0]
  const put: MetricStore['put'] = (metric, value, atMs, times = 1) => {
    const isInTime = atMs > nowMs() - keptMs && atMs < nowMs() + aheadMs
    const key = toMetricKey(metric)
    const isKnown = all.has(key) || all.size < mostMetrics
    if (!isInTime || !isKnown || !Number.isFinite(value)) {
      dropped += times
      return
    }
    const series: Series = all.get(key) ?? new Map()
    all.set(key, series)
    summaryAt(series, Math.floor(atMs / resolutionMs), keptMs / resolutionMs).add(value, times)
  }
  return {
    take: (line, times = 1) => {
      const points = parseEmf(line)
      if (points === 'rejected') rejected += times
      else for (const { metric, value, atMs } of points ?? []) put(metric, value, atMs, times)
    },
    put,
    read: (metric, statistic, window) => {
      const key = keys.get(metric) ?? toMetricKey(metric)
      keys.set(metric, key)
      return readSeries(all.get(key), statistic, window)
    },
    rejectedLines: () => rejected,
    droppedValues: () => dropped,
  }
}

function summaryAt(summaries: Series, stretch: number, most: number): OpenSummary {
  const known = summaries.get(stretch)
  if (known !== undefined) return known
  const summary = openSummary()
  summaries.set(stretch, summary)
  // Values arrive nearly in order, so the first one that is new enough ends the search.
  for (const old of summaries.keys()) {
    if (old > stretch - most) break
    summaries.delete(old)
  }
  return summary
}

function readSeries(series: Series | undefined, statistic: string, window: Window): Points {
  const toNumber = toStatistic(statistic)
  const stretches = (window.periodSeconds * 1000) / resolutionMs
  const first = window.fromMs / resolutionMs
  if (!Number.isInteger(stretches) || !Number.isInteger(first)) {
    throw new Error(`windows are cut into whole multiples of ${resolutionMs / 1000} s`)
  }
  const periods = countPeriods(window)
  if (series === undefined) return Array<undefined>(periods).fill(undefined)
  return Array.from({ length: periods }, (_, period) => {
    const parts: Summary[] = []
    for (let offset = 0; offset < stretches; offset += 1) {
      const summary = series.get(first + period * stretches + offset)
      if (summary !== undefined) parts.push(summary.read())
    }
    return parts.length === 0 ? undefined : toNumber(parts)
  })
}
