import type { MetricName } from '../../core/metrics.ts'
import { type DimensionsOf, type MetricReference, toMetricReference } from '../metric-reference.ts'
import type { Line, Rendering } from './widget.ts'

/** Draws one of the proxy's own metrics. */
export function toLine<N extends MetricName>(
  service: string,
  name: N,
  dimensions: DimensionsOf<N>,
  rendering: Rendering,
): Line {
  return drawReference(toMetricReference(service, name, dimensions), rendering)
}

/** Draws a metric from a reference to it. */
export function drawReference(
  { Namespace, MetricName, Dimensions }: MetricReference,
  rendering: Rendering,
): Line {
  return [
    Namespace,
    MetricName,
    ...Dimensions.flatMap(({ Name, Value }) => [Name, Value]),
    rendering,
  ]
}

/** Draws a metric that AWS itself counts. */
export function toAwsLine(
  namespace: `AWS/${string}`,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  rendering: Rendering,
): Line {
  return [namespace, name, ...Object.entries(dimensions).flat(), rendering]
}

/** Draws the usual percentiles of one metric: p50, p90 and p99. */
export function toPercentiles(draw: (rendering: Rendering) => Line): readonly Line[] {
  return ['p50', 'p90', 'p99'].map((stat) => draw({ stat, label: stat }))
}
