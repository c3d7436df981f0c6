import { type MetricName, metricNamespace, metrics } from '../core/metrics.ts'

/** One metric of the proxy, named as CloudWatch finds it. */
export interface MetricReference {
  readonly Namespace: string
  readonly MetricName: MetricName
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[]
}

type Rows = typeof metrics
type SmallSets<Row> = Row extends { readonly small: readonly (infer Set)[] } ? Set : never
type Sets<N extends MetricName> = Rows[N]['by'][number] | SmallSets<Rows[N]>
type Values<S> = S extends readonly []
  ? Readonly<Record<string, never>>
  : S extends readonly (infer D extends string)[]
    ? Readonly<Record<D, string>>
    : never

/** The values of one dimension set of a metric, without `service`. */
export type DimensionsOf<N extends MetricName> = Values<Sets<N>>

/** Refers to a metric with one of the dimension sets that the code emits it under; any other is a type error. */
export function toMetricReference<N extends MetricName>(
  service: string,
  name: N,
  dimensions: DimensionsOf<N>,
): MetricReference {
  return {
    Namespace: metricNamespace,
    MetricName: name,
    Dimensions: Object.entries({ service, ...dimensions }).map(([Name, Value]) => ({
      Name,
      Value,
    })),
  }
}

/** The unit in which the code emits a metric. */
export function toUnit(name: MetricName): (typeof metrics)[MetricName]['unit'] {
  return metrics[name].unit
}
