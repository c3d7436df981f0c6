/** One metric, identified as in CloudWatch; the order of its dimensions does not matter. */
export interface Metric {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[]
}

/** One value for each period, the oldest first; undefined where nothing was reported. */
export type Points = readonly (number | undefined)[]

/** A time range, divided into periods from its start. */
export interface Window {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly periodSeconds: number
}

/** The number of periods in a time range; the last may extend past its end. */
export function countPeriods({ fromMs, toMs, periodSeconds }: Window): number {
  return Math.max(0, Math.ceil((toMs - fromMs) / (periodSeconds * 1000)))
}

/** The key of a metric, independent of the order of its dimensions. */
export function toMetricKey({ Namespace, MetricName, Dimensions = [] }: Metric): string {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}\n${Value}`)
  // CloudWatch takes no control characters in names and values.
  return [Namespace, MetricName, ...dimensions.sort()].join('\n')
}
