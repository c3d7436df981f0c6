import { type MetricGroup, type MetricName, metricNamespace, metrics } from './metrics.ts'

/** Members of a line; `undefined` is one that it does not have. */
type Members = Readonly<Record<string, unknown>>

/** A line that groups are added to for as long as it has room. */
interface OpenLine {
  readonly dimensions: Record<string, string>
  readonly names: MetricName[]
  /** Names and values of its metrics, as they are written. */
  members: string
  /** The metrics of each directive, by how it begins. */
  readonly directives: Map<string, string>
}

/**
 * Writes metrics in CloudWatch's embedded metric format, each line a JSON text. They share one line; only
 * what has no room in it, a second value of a metric or of a dimension, begins another.
 *
 * @param record members of the line of the same service that the first one is merged with: a dimension that is
 *   among them is not repeated
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function toMetricLines(
  groups: readonly MetricGroup[],
  service: string,
  timestampMs: number,
  record?: Members,
): readonly string[] {
  const lines: OpenLine[] = []
  for (const group of groups) {
    if (group.values.length === 0) continue
    let line = lines.find((open) => hasRoom(open, group))
    if (line === undefined) {
      const isMerged = record !== undefined && lines.length === 0
      line = {
        dimensions: isMerged ? {} : { service },
        names: [],
        members: '',
        directives: new Map(),
      }
      lines.push(line)
    }
    addGroup(line, group)
  }
  return lines.map((line, index) => toLine(line, timestampMs, index === 0 ? record : undefined))
}

/** Merges two JSON texts of objects that have no member in common and at least one each. */
export function mergeLines(one: string, other: string): string {
  return `${one.slice(0, -1)},${other.slice(1)}`
}

/** Metrics and dimensions are members of one object. */
function hasRoom(line: OpenLine, { dimensions, values }: MetricGroup): boolean {
  for (const { name } of values) if (line.names.includes(name)) return false
  for (const name in dimensions) {
    if ((line.dimensions[name] ?? dimensions[name]) !== dimensions[name]) return false
  }
  return true
}

function addGroup(line: OpenLine, { by, dimensions, values }: MetricGroup): void {
  Object.assign(line.dimensions, dimensions)
  for (const { name, value } of values) {
    line.names.push(name)
    line.members += `,"${name}":${value}`
  }
  const head = toDirectiveHead(by)
  const before = line.directives.get(head)
  const listed = values.map(({ name }) => nameTexts[name]).join()
  line.directives.set(head, before === undefined ? listed : `${before},${listed}`)
}

/**
 * Writes one line. It is put together from texts and not serialised as a whole, since most of it is the same in
 * every line: only values that are texts need escapes.
 */
function toLine(line: OpenLine, timestampMs: number, record: Members = {}): string {
  let directives = ''
  for (const [head, listed] of line.directives) {
    directives += `${directives === '' ? '' : ','}${head}${listed}]}`
  }
  let { members } = line
  for (const [name, value] of Object.entries(line.dimensions)) {
    if (record[name] !== value) members += `,"${name}":${JSON.stringify(value)}`
  }
  return `{"_aws":{"Timestamp":${timestampMs},"CloudWatchMetrics":[${directives}]}${members}}`
}

/** The heads of directives written so far, by the list of sets, which mostly is one of a row of the metrics. */
const heads = new WeakMap<MetricGroup['by'], string>()

/** A directive's dimension sets hold for each metric in it, so all its groups have the same. */
function toDirectiveHead(by: MetricGroup['by']): string {
  const known = heads.get(by)
  if (known !== undefined) return known
  const sets = by.map((names) => `["${['service', ...names].join('","')}"]`).join()
  const head = `{"Namespace":"${metricNamespace}","Dimensions":[${sets}],"Metrics":[`
  heads.set(by, head)
  return head
}

/** Each metric as a directive names it. */
const nameTexts = Object.fromEntries(
  Object.entries(metrics).map(([name, { unit }]) => [name, `{"Name":"${name}","Unit":"${unit}"}`]),
) as Readonly<Record<MetricName, string>>
