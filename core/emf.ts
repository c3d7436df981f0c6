import { type MetricGroup, type MetricName, metricNamespace, metrics } from './metrics.ts'

/** Members of a line; `undefined` is one that it does not have. */
type Members = Readonly<Record<string, unknown>>

/**
 * Writes metrics in CloudWatch's embedded metric format, each line a JSON text. They share one line; only
 * what has no room in it, a second value of a metric or of a dimension, begins another.
 *
 * @param shared members of the line that the first one is merged with: dimensions among them are not repeated
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function toMetricLines(
  groups: readonly MetricGroup[],
  service: string,
  timestampMs: number,
  shared: Members = {},
): readonly string[] {
  const lines: MetricGroup[][] = []
  for (const group of groups) {
    if (group.values.length === 0) continue
    const open = lines.find((line) => line.every((other) => hasRoom(group, other)))
    if (open === undefined) lines.push([group])
    else open.push(group)
  }
  return lines.map((line, index) => toLine(line, service, timestampMs, index === 0 ? shared : {}))
}

/** Merges two JSON texts of objects that have no member in common and at least one each. */
export function mergeLines(one: string, other: string): string {
  return `${one.slice(0, -1)},${other.slice(1)}`
}

/** Metrics and dimensions are members of one object. */
function hasRoom(group: MetricGroup, other: MetricGroup): boolean {
  const { dimensions } = other
  if (group.values.some(({ name }) => other.values.some((value) => value.name === name)))
    return false
  return Object.entries(group.dimensions).every(
    ([name, value]) => (dimensions[name] ?? value) === value,
  )
}

/**
 * Writes one line. It is put together from texts and not serialised as a whole, since most of it is the same in
 * every line: only values that are texts need escapes.
 */
function toLine(
  groups: readonly MetricGroup[],
  service: string,
  timestampMs: number,
  shared: Members,
): string {
  const dimensions: Record<string, string> = { service }
  const directives = new Map<string, string>()
  let members = ''
  for (const { by, dimensions: own, values } of groups) {
    Object.assign(dimensions, own)
    const key = by.join(';')
    for (const { name, value } of values) {
      const before = directives.get(key)
      const names = before === undefined ? toDirectiveHead(by) : `${before},`
      directives.set(key, names + nameTexts[name])
      members += `,"${name}":${value}`
    }
  }
  const metadata = `{"Timestamp":${timestampMs},"CloudWatchMetrics":[${[...directives.values()].join(']},')}]}]}`
  for (const [name, value] of Object.entries(dimensions)) {
    if (shared[name] !== value) members += `,"${name}":${JSON.stringify(value)}`
  }
  return `{"_aws":${metadata}${members}}`
}

/** A directive's dimension sets hold for each metric in it, so all its groups have the same. */
function toDirectiveHead(by: MetricGroup['by']): string {
  const sets = by.map((names) => `["${['service', ...names].join('","')}"]`).join()
  return `{"Namespace":"${metricNamespace}","Dimensions":[${sets}],"Metrics":[`
}

/** Each metric as a directive names it. */
const nameTexts = Object.fromEntries(
  Object.entries(metrics).map(([name, { unit }]) => [name, `{"Name":"${name}","Unit":"${unit}"}`]),
) as Readonly<Record<MetricName, string>>
