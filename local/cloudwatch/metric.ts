/** One metric, named as CloudWatch names it; the order of its dimensions means nothing. */
export interface Metric {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[]
}

/** One value for each period, the oldest first; undefined where nothing was reported. */
export type Points = readonly (number | undefined)[]

/** A stretch of time, cut into periods from its beginning on. */
export interface Window {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly periodSeconds: number
}

/** How many periods a stretch of time is cut into; the last may reach past its end. */
export function countPeriods({ fromMs, toMs, periodSeconds }: Window): number {
  return Math.max(0, Math.ceil((toMs - fromMs) / (periodSeconds * 1000)))
}

/** The text under which a metric is found again, whatever the order of its dimensions. */
export function toMetricKey({ Namespace, MetricName, Dimensions = [] }: Metric): string {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}\n${Value}`)
  // CloudWatch takes no control characters in names and values.
  return [Namespace, MetricName, ...dimensions.sort()].join('\n')
}
