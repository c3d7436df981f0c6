/** One value that a metric line carries, for one set of dimensions. */
export interface Datum {
  readonly namespace: string
  readonly name: string
  readonly unit: string
  readonly dimensions: Readonly<Record<string, string>>
}

/** As much of CloudWatch's embedded metric format as the proxy writes. */
interface MetricLine {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string
      readonly Dimensions: readonly (readonly string[])[]
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[]
    }[]
  }
  readonly [member: string]: unknown
}

/** What CloudWatch makes of a metric line: a datum for each metric and each of its sets of dimensions. */
export function readMetricLine(text: string): readonly Datum[] {
  const line: MetricLine = JSON.parse(text)
  return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name, Unit }) =>
      Dimensions.map((set) => ({
        namespace: Namespace,
        name: Name,
        unit: Unit,
        dimensions: Object.fromEntries(set.map((dimension) => [dimension, `${line[dimension]}`])),
      })),
    ),
  )
}

/** Names the series that a datum belongs to; each that was ever sent is billed for its month. */
export function toSeriesKey({ namespace, name, dimensions }: Omit<Datum, 'unit'>): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => one.localeCompare(other))
  return `${namespace} ${name}{${sorted.map((pair) => pair.join('=')).join()}}`
}
