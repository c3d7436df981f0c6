import { type AlarmState, extraDatapoints, judgeState } from './alarm-state.ts'
import type { Points, Window } from './metric.ts'
import type { MetricAlarm } from './metric-alarm.ts'
import { openQueries } from './metric-query.ts'
import type { MetricStore } from './metric-store.ts'
import { isList, type Series } from './metric-value.ts'
import { toPercentile } from './statistic.ts'

/** What an alarm was found to be in, and why. */
export interface Evaluation {
  readonly state: AlarmState
  /** One sentence for whoever looks at the alarm. */
  readonly reason: string
  /** Every datapoint that was looked at, the oldest first: N of them and a few before. */
  readonly datapoints: Points
}

/**
 * Evaluates an alarm at one instant, over periods that end with the last full minute (or whatever the store
 * tells apart). As in CloudWatch the periods slide: they need not begin at full five minutes.
 *
 * @param previous the state that it is in now
 */
export function evaluateAlarm(
  alarm: MetricAlarm,
  store: MetricStore,
  nowMs: number,
  previous: AlarmState,
): Evaluation {
  const toMs = Math.floor(nowMs / store.resolutionMs) * store.resolutionMs
  const periods = alarm.evaluationPeriods + extraDatapoints
  const { periodSeconds } = alarm
  const window = { fromMs: toMs - periods * periodSeconds * 1000, toMs, periodSeconds }
  const lookUp = openQueries(alarm.queries, store, window)
  const { points } = single(alarm.watches, lookUp)
  const limits = toLimits(alarm, lookUp, periods)
  const breaches = points.map((point, index) => isBreach(alarm, point, limits[index]))
  if (alarm.needsSamples && hasTooFewSamples(alarm, store, window)) {
    return { state: previous, reason: 'there are too few samples', datapoints: points }
  }
  const state = judgeState(breaches, alarm, previous)
  return { state, reason: explain(alarm, points, breaches), datapoints: points }
}

type Limits = { readonly lower: number; readonly upper: number } | undefined
type LookUp = ReturnType<typeof openQueries>

function single(id: string, lookUp: LookUp): Series {
  const value = lookUp(id)
  if (isList(value)) throw new Error(`${id} is more than one time series`)
  return value
}

function toLimits({ threshold }: MetricAlarm, lookUp: LookUp, periods: number): readonly Limits[] {
  if (typeof threshold === 'number') {
    return Array.from({ length: periods }, () => ({ lower: threshold, upper: threshold }))
  }
  const [upper, lower] = [lookUp(threshold.band)].flat()
  if (upper === undefined || lower === undefined) throw new Error(`${threshold.band} is no band`)
  return Array.from({ length: periods }, (_, index) => {
    const [top, bottom] = [upper.points[index], lower.points[index]]
    return top === undefined || bottom === undefined ? undefined : { lower: bottom, upper: top }
  })
}

type Compare = (point: number, limits: { lower: number; upper: number }) => boolean

const compare: Readonly<Record<MetricAlarm['comparison'], Compare>> = {
  GreaterThanThreshold: (point, { upper }) => point > upper,
  GreaterThanOrEqualToThreshold: (point, { upper }) => point >= upper,
  LessThanThreshold: (point, { lower }) => point < lower,
  LessThanOrEqualToThreshold: (point, { lower }) => point <= lower,
  GreaterThanUpperThreshold: (point, { upper }) => point > upper,
  LessThanLowerThreshold: (point, { lower }) => point < lower,
  LessThanLowerOrGreaterThanUpperThreshold: (point, { lower, upper }) =>
    point < lower || point > upper,
}

function isBreach({ comparison }: MetricAlarm, point: number | undefined, limits: Limits) {
  if (point === undefined || limits === undefined) return undefined
  return compare[comparison](point, limits)
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html */
function hasTooFewSamples(alarm: MetricAlarm, store: MetricStore, window: Window): boolean {
  const query = alarm.queries.find(({ id }) => id === alarm.watches)
  if (query === undefined || !('metric' in query)) return false
  const percentile = toPercentile(query.statistic)
  if (percentile === undefined) return false
  const counts = store.read(query.metric, 'SampleCount', window).slice(-alarm.evaluationPeriods)
  const samples = counts.reduce((sum: number, count) => sum + (count ?? 0), 0)
  return samples < 1000 / Math.min(percentile, 100 - percentile)
}

function explain(
  alarm: MetricAlarm,
  points: Points,
  breaches: readonly (boolean | undefined)[],
): string {
  const present = points.filter((point) => point !== undefined).slice(-alarm.evaluationPeriods)
  const breaching = breaches.filter((one) => one !== undefined).slice(-alarm.evaluationPeriods)
  const count = breaching.filter(Boolean).length
  const shown = present.map((point) => Math.round(point * 100) / 100).join(', ')
  const values = shown === '' ? 'no datapoint' : `of the datapoints ${shown}`
  const against = typeof alarm.threshold === 'number' ? `${alarm.threshold}` : 'the expected band'
  return `${values}${shown === '' ? ' was reported' : `, ${count} breach ${alarm.comparison} ${against}`}`
}
