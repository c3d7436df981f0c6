import { type MetricGroup, metricNamespace, metrics } from './metrics.ts'

/**
 * Writes metrics in CloudWatch's embedded metric format, each line a JSON text. They share one line; only
 * what has no room in it, a second value of a metric or of a dimension, begins another.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function toMetricLines(
  groups: readonly MetricGroup[],
  service: string,
  timestampMs: number,
): readonly string[] {
  const lines: MetricGroup[][] = []
  for (const group of groups) {
    if (group.values.length === 0) continue
    const open = lines.find((line) => line.every((other) => hasRoom(group, other)))
    if (open === undefined) lines.push([group])
    else open.push(group)
  }
  return lines.map((line) => toLine(line, service, timestampMs))
}

/** Metrics and dimensions are members of one object. */
function hasRoom(group: MetricGroup, other: MetricGroup): boolean {
  return (
    group.values.every(({ name }) => other.values.every((value) => value.name !== name)) &&
    Object.entries(group.dimensions).every(
      ([name, value]) => (other.dimensions[name] ?? value) === value,
    )
  )
}

function toLine(groups: readonly MetricGroup[], service: string, timestampMs: number): string {
  const alike = Map.groupBy(groups, ({ by }) => JSON.stringify(by))
  const members = groups.flatMap(({ dimensions, values }) => [
    ...Object.entries(dimensions),
    ...values.map(({ name, value }) => [name, value] as const),
  ])
  return JSON.stringify({
    _aws: { Timestamp: timestampMs, CloudWatchMetrics: [...alike.values()].map(toDirective) },
    service,
    ...Object.fromEntries(members),
  })
}

/** A directive's dimension sets hold for each metric in it, so all its groups have the same. */
function toDirective(groups: readonly MetricGroup[]): object {
  return {
    Namespace: metricNamespace,
    Dimensions: groups[0]?.by.map((names) => ['service', ...names]),
    Metrics: groups.flatMap(({ values }) =>
      values.map(({ name }) => ({ Name: name, Unit: metrics[name].unit })),
    ),
  }
}
