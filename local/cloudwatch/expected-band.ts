import type { Points, Window } from './metric.ts'
import { type MetricQuery, openQueries } from './metric-query.ts'
import type { MetricStore } from './metric-store.ts'

/** A band of expected values, as a threshold. */
export interface ExpectedBand {
  /** The id of the query whose past it is made from. */
  readonly of: string
  /** How many standard deviations wide it is to each side. */
  readonly deviations: number
}

/** What the band is made from; CloudWatch looks at up to two weeks. */
const historyMs = 24 * 3_600_000

/** With less, CloudWatch has no model either, and no band. */
const fewestPoints = 12

/**
 * Reads the only form of a band that is evaluated here.
 *
 * @throws Error for anything else
 */
export function parseBand(text: string): ExpectedBand {
  const [, of, deviations] = /^ANOMALY_DETECTION_BAND\((\w+), (\d+)\)$/.exec(text) ?? []
  if (of === undefined) throw new Error(`${text} is no ANOMALY_DETECTION_BAND(id, number)`)
  return { of, deviations: Number(deviations) }
}

/**
 * Finds the upper limit of the band; undefined while too little is known. This is a rough stand-in for
 * CloudWatch's model: the mean of the past and so many standard deviations above it, at every hour of every
 * day the same. It shows whether an alarm is wired correctly, not where CloudWatch would draw the line.
 *
 * @param window what the alarm looks at; the past ends where it begins
 */
export function findUpperLimit(
  { of, deviations }: ExpectedBand,
  queries: readonly MetricQuery[],
  store: MetricStore,
  { fromMs, periodSeconds }: Window,
): number | undefined {
  const beginsMs = fromMs - Math.floor(historyMs / (periodSeconds * 1000)) * periodSeconds * 1000
  const before = { fromMs: beginsMs, toMs: fromMs, periodSeconds }
  return toUpperLimit(openQueries(queries, store, before)(of), deviations)
}

function toUpperLimit(history: Points, deviations: number): number | undefined {
  const past = history.filter((point) => point !== undefined)
  if (past.length < fewestPoints) return undefined
  const mean = past.reduce((sum, point) => sum + point, 0) / past.length
  const variance = past.reduce((sum, point) => sum + (point - mean) ** 2, 0) / past.length
  return mean + deviations * Math.sqrt(variance)
}
