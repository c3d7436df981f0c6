import { type MetricGroup, type MetricName, metricNamespace, metrics } from './metrics.ts'

/** A line of the same service, and what it was made from. */
export interface WrittenRecord {
  readonly line: string
  readonly record: Readonly<Record<string, unknown>>
}

/** A line that groups are added to for as long as it has room. */
interface OpenLine {
  readonly dimensions: Record<string, string>
  readonly groups: MetricGroup[]
}

/**
 * Writes metrics in CloudWatch's embedded metric format, each line a JSON text. They share one line; only
 * what has no room in it, a second value of a metric or of a dimension, begins another.
 *
 * @param into a record that the first line goes on with: it then has the record's members, too, and repeats no
 *   dimension that is among them
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function toMetricLines(
  groups: readonly MetricGroup[],
  service: string,
  timestampMs: number,
  into?: WrittenRecord,
): readonly string[] {
  const lines: OpenLine[] = []
  for (const group of groups) {
    if (group.values.length === 0) continue
    let line = lines.find((open) => hasRoom(open, group))
    if (line === undefined) {
      line = { dimensions: into !== undefined && lines.length === 0 ? {} : { service }, groups: [] }
      lines.push(line)
    }
    Object.assign(line.dimensions, group.dimensions)
    line.groups.push(group)
  }
  return lines.map((line, index) => toLine(line, timestampMs, index === 0 ? into : undefined))
}

/** Metrics and dimensions are members of one object. */
function hasRoom({ dimensions, groups }: OpenLine, group: MetricGroup): boolean {
  for (const { values } of groups) {
    for (const { name } of values) {
      if (group.values.some((value) => value.name === name)) return false
    }
  }
  for (const name in group.dimensions) {
    if ((dimensions[name] ?? group.dimensions[name]) !== group.dimensions[name]) return false
  }
  return true
}

/** Writes one line; of its members only dimensions are texts, and need escapes. */
function toLine({ dimensions, groups }: OpenLine, timestampMs: number, into?: WrittenRecord) {
  const shape = toShape(groups)
  let members = ''
  let at = 0
  for (const { values } of groups) {
    for (const { value } of values) {
      members += `${shape.labels[at]}${value}`
      at += 1
    }
  }
  for (const [name, value] of Object.entries(dimensions)) {
    if (into?.record[name] !== value) members += `,"${name}":${JSON.stringify(value)}`
  }
  const start = into === undefined ? '{' : `${into.line.slice(0, -1)},`
  return `${start}"_aws":{"Timestamp":${timestampMs}${shape.directives}${members}}`
}

/** What a line has around its values. It follows from which metrics there are by which sets, and is written once. */
interface Shape {
  readonly sets: readonly MetricGroup['by'][]
  readonly names: readonly MetricName[]
  /** What stands before each value. */
  readonly labels: readonly string[]
  readonly directives: string
}

/** The shapes of lines so far; there are few, since the sets are those of the metrics' rows. */
const shapes: Shape[] = []
/** Lists of sets that are made for one line only match no other; they must not pile up. */
const mostShapes = 32

function toShape(groups: readonly MetricGroup[]): Shape {
  const known = shapes.find((shape) => isShapeOf(shape, groups))
  if (known !== undefined) return known
  const names = groups.flatMap(({ values }) => values.map(({ name }) => name))
  const shape = {
    names,
    sets: groups.map(({ by }) => by),
    labels: names.map((name) => `,"${name}":`),
    directives: `,"CloudWatchMetrics":[${toDirectives(groups)}]}`,
  }
  if (shapes.length === mostShapes) shapes.shift()
  shapes.push(shape)
  return shape
}

function isShapeOf({ sets, names }: Shape, groups: readonly MetricGroup[]): boolean {
  if (sets.length !== groups.length) return false
  let at = 0
  for (const [index, { by, values }] of groups.entries()) {
    if (sets[index] !== by) return false
    for (const { name } of values) {
      if (names[at] !== name) return false
      at += 1
    }
  }
  return at === names.length
}

/** A directive's dimension sets hold for each metric in it, so all its groups have the same. */
function toDirectives(groups: readonly MetricGroup[]): string {
  const listed = new Map<string, string[]>()
  for (const { by, values } of groups) {
    const sets = by.map((names) => `["${['service', ...names].join('","')}"]`).join()
    const before = listed.get(sets) ?? []
    listed.set(sets, [...before, ...values.map(({ name }) => toMetricText(name))])
  }
  const directives = [...listed].map(
    ([sets, texts]) =>
      `{"Namespace":"${metricNamespace}","Dimensions":[${sets}],"Metrics":[${texts.join()}]}`,
  )
  return directives.join()
}

function toMetricText(name: MetricName): string {
  return `{"Name":"${name}","Unit":"${metrics[name].unit}"}`
}
