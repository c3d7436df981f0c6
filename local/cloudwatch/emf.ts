import type { Metric } from './metric.ts'

/** One value of one metric at one instant. */
export interface Datapoint {
  readonly metric: Metric
  readonly value: number
  readonly unit: string
  readonly atMs: number
}

const mostDimensions = 30
const mostMetrics = 100
const longestName = 255

const sizeUnit = '(?:Kilo|Mega|Giga|Tera)(?:bytes|bits)|Bytes|Bits'
const knownUnit = new RegExp(
  `^(?:Seconds|Microseconds|Milliseconds|Percent|Count|None|(?:${sizeUnit})(?:/Second)?|Count/Second)$`,
)

/** Avoids parsing most lines; a name may also be written with escapes. */
const mayHoldMetrics = /_aws|\\u/

/**
 * Reads a line of output as a document of the embedded metric format, by the JSON schema that AWS
 * publishes for it; members that the schema does not know are passed over, as it demands. The proxy never
 * writes several values of one metric, so a list of them is rejected here.
 *
 * @returns the values of all its directives; `rejected` where CloudWatch would take none of them;
 *   undefined for a line that does not claim to hold metrics
 */
export function parseEmf(line: string): readonly Datapoint[] | 'rejected' | undefined {
  if (!mayHoldMetrics.test(line)) return undefined
  const root = parseObject(line)
  if (root === undefined || !Object.hasOwn(root, '_aws')) return undefined
  const { Timestamp: atMs, CloudWatchMetrics: directives } = toObject(root['_aws']) ?? {}
  if (!Number.isSafeInteger(atMs) || !Array.isArray(directives)) return 'rejected'
  const points: Datapoint[] = []
  for (const directive of directives) {
    const found = readDirective(directive, root, Number(atMs))
    if (found === undefined) return 'rejected'
    points.push(...found)
  }
  return points
}

type Members = Readonly<Record<string, unknown>>

function readDirective(value: unknown, root: Members, atMs: number): Datapoint[] | undefined {
  const { Namespace, Dimensions, Metrics } = toObject(value) ?? {}
  if (!isName(Namespace)) return undefined
  const sets = readEach(Dimensions, Number.POSITIVE_INFINITY, (set) => readDimensions(set, root))
  const values = readEach(Metrics, mostMetrics, (metric) => readMetric(metric, root))
  if (sets === undefined || sets.length === 0 || values === undefined) return undefined
  return values.flat().flatMap(({ MetricName, value, unit }) =>
    sets.map((set) => ({
      metric: { Namespace, MetricName, Dimensions: set },
      value,
      unit,
      atMs,
    })),
  )
}

/** Reads every member of a list; undefined if it is no list, too long, or has an unreadable member. */
function readEach<T>(
  list: unknown,
  most: number,
  read: (value: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(list) || list.length > most) return undefined
  const values = list.map(read).filter((value) => value !== undefined)
  return values.length === list.length ? values : undefined
}

function readDimensions(set: unknown, root: Members) {
  return readEach(set, mostDimensions, (Name) => {
    const Value = isName(Name) ? root[Name] : undefined
    return isName(Name) && isText(Value) ? { Name, Value } : undefined
  })
}

function readMetric(metric: unknown, root: Members) {
  const { Name: MetricName, Unit: unit = 'None' } = toObject(metric) ?? {}
  if (!isName(MetricName) || typeof unit !== 'string' || !knownUnit.test(unit)) return undefined
  const value = root[MetricName]
  return typeof value === 'number' ? { MetricName, value, unit } : undefined
}

function isName(value: unknown): value is string {
  return isText(value) && value.length <= longestName
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function parseObject(line: string): Members | undefined {
  try {
    return toObject(JSON.parse(line))
  } catch {
    return undefined
  }
}

function toObject(value: unknown): Members | undefined {
  return isObject(value) ? value : undefined
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
