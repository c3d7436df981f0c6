import { type AlarmState, extraDatapoints, judgeState } from './alarm-state.ts'
import { findUpperLimit } from './expected-band.ts'
import type { Points } from './metric.ts'
import type { MetricAlarm } from './metric-alarm.ts'
import { openQueries } from './metric-query.ts'
import { type MetricStore, resolutionMs } from './metric-store.ts'

/** The state of an alarm, and why. */
export interface Evaluation {
  readonly state: AlarmState
  /** One sentence for the person who looks at the alarm. */
  readonly reason: string
  /** Every evaluated datapoint, oldest first: N of them and a few before. */
  readonly datapoints: Points
}

/**
 * Evaluates an alarm at one instant, over periods that end with the last full minute. As in CloudWatch the
 * periods slide: they need not begin at full five minutes.
 */
export function evaluateAlarm(alarm: MetricAlarm, store: MetricStore, nowMs: number): Evaluation {
  const toMs = Math.floor(nowMs / resolutionMs) * resolutionMs
  const periods = alarm.evaluationPeriods + extraDatapoints
  const { periodSeconds, queries, threshold } = alarm
  const window = { fromMs: toMs - periods * periodSeconds * 1000, toMs, periodSeconds }
  const points = openQueries(queries, store, window)(alarm.watches)
  const limit =
    typeof threshold === 'number' ? threshold : findUpperLimit(threshold, queries, store, window)
  const breaches = points.map((point) =>
    point === undefined || limit === undefined
      ? undefined
      : compare[alarm.comparison](point, limit),
  )
  const state = judgeState(breaches, alarm)
  return { state, reason: explain(alarm, points, breaches), datapoints: points }
}

type Compare = (point: number, limit: number) => boolean

const compare: Readonly<Record<MetricAlarm['comparison'], Compare>> = {
  GreaterThanThreshold: (point, limit) => point > limit,
  GreaterThanOrEqualToThreshold: (point, limit) => point >= limit,
  LessThanThreshold: (point, limit) => point < limit,
  GreaterThanUpperThreshold: (point, limit) => point > limit,
}

function explain(
  alarm: MetricAlarm,
  points: Points,
  breaches: readonly (boolean | undefined)[],
): string {
  const present = points.filter((point) => point !== undefined).slice(-alarm.evaluationPeriods)
  const breaching = breaches.filter((one) => one !== undefined).slice(-alarm.evaluationPeriods)
  if (present.length === 0) return 'no datapoint was reported'
  const count = breaching.filter(Boolean).length
  const shown = present.map((point) => Math.round(point * 100) / 100).join(', ')
  const against = typeof alarm.threshold === 'number' ? `${alarm.threshold}` : 'the expected band'
  return `of the datapoints ${shown}, ${count} breach ${alarm.comparison} ${against}`
}
