import { type AlarmBase, readAlarmBase } from './alarm-actions.ts'
import { type AlarmCondition, missingDataTreatments } from './alarm-state.ts'
import type { Metric } from './metric.ts'
import { parseMath } from './metric-math.ts'
import type { MetricQuery } from './metric-query.ts'
import {
  type Properties,
  readChoice,
  readList,
  readNumber,
  readObject,
  readText,
} from './properties.ts'

/** How a datapoint is held against a threshold, or against a band of expected values. */
export const comparisons = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'GreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
] as const

/** An alarm that watches a metric, or an expression over metrics. */
export interface MetricAlarm extends AlarmBase, AlarmCondition {
  readonly queries: readonly MetricQuery[]
  /** The id of the query that is watched. */
  readonly watches: string
  /** A number, or the id of the band. */
  readonly threshold: number | { readonly band: string }
  readonly comparison: (typeof comparisons)[number]
  readonly periodSeconds: number
  /** Whether a percentile over too few samples leaves the state as it is. */
  readonly needsSamples: boolean
}

const secondsPerHour = 3600
const secondsPerDay = 86_400
/** How many days of periods an alarm may look at; one day, where they are shorter than an hour. */
const mostDays = 7
/** How many metrics an alarm may look at, and how many expressions. */
const mostQueries = 10

/**
 * Reads the properties of an `AWS::CloudWatch::Alarm`, in the form with `MetricName` and in that with
 * `Metrics`.
 *
 * @throws Error for what CloudWatch would refuse, or what cannot be evaluated here
 */
export function readMetricAlarm(properties: Properties): MetricAlarm {
  const evaluationPeriods = readNumber(properties, 'EvaluationPeriods')
  const datapointsToAlarm = readNumber(properties, 'DatapointsToAlarm', evaluationPeriods)
  const band = properties['ThresholdMetricId']
  const watched = 'Metrics' in properties ? readQueries(properties) : readSingle(properties)
  const { periodSeconds } = watched
  const isShort = periodSeconds < secondsPerHour
  const mostSeconds = (isShort ? 1 : mostDays) * secondsPerDay
  if (periodSeconds % 60 !== 0 || evaluationPeriods * periodSeconds > mostSeconds) {
    throw new Error(`CloudWatch refuses ${evaluationPeriods} periods of ${periodSeconds} s`)
  }
  if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
    throw new Error(`${datapointsToAlarm} of ${evaluationPeriods} datapoints make no sense`)
  }
  return {
    ...readAlarmBase(properties),
    ...watched,
    threshold: typeof band === 'string' ? { band } : readNumber(properties, 'Threshold'),
    comparison: readChoice(properties, 'ComparisonOperator', comparisons),
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: readChoice(properties, 'TreatMissingData', missingDataTreatments, 'missing'),
    needsSamples: properties['EvaluateLowSampleCountPercentile'] === 'ignore',
  }
}

type Watched = Pick<MetricAlarm, 'queries' | 'watches' | 'periodSeconds'>

function readSingle(properties: Properties): Watched {
  const isPercentile = 'ExtendedStatistic' in properties
  const statistic = readText(properties, isPercentile ? 'ExtendedStatistic' : 'Statistic')
  return {
    queries: [{ id: 'm1', metric: readMetric(properties), statistic }],
    watches: 'm1',
    periodSeconds: readNumber(properties, 'Period'),
  }
}

function readQueries(properties: Properties): Watched {
  const entries = readList(properties, 'Metrics').map((one) => readObject(one, 'Metrics'))
  const periods = new Set(entries.flatMap((entry) => readPeriod(entry) ?? []))
  const [periodSeconds, ...others] = periods
  if (periodSeconds === undefined || others.length > 0) {
    throw new Error(`an alarm has one period, not ${periods.size}`)
  }
  const band = properties['ThresholdMetricId']
  const returned = entries.filter(({ Id, ReturnData }) => ReturnData !== false && Id !== band)
  const [watched, ...more] = returned.map((entry) => readText(entry, 'Id'))
  if (watched === undefined || more.length > 0) {
    throw new Error(`an alarm watches one time series, not ${returned.length}`)
  }
  const queries = entries.map(readQuery)
  const metrics = queries.filter((query) => 'metric' in query).length
  if (metrics > mostQueries || queries.length - metrics > mostQueries) {
    throw new Error(
      `an alarm looks at ${mostQueries} metrics and ${mostQueries} expressions at most`,
    )
  }
  return { queries, watches: watched, periodSeconds }
}

function readQuery(entry: Properties): MetricQuery {
  const id = readText(entry, 'Id')
  if (!/^[a-z]\w*$/.test(id)) throw new Error(`${id} does not begin with a lower-case letter`)
  if ('Expression' in entry) return { id, expression: parseMath(readText(entry, 'Expression')) }
  const stat = readObject(entry['MetricStat'], 'MetricStat')
  const metric = readMetric(readObject(stat['Metric'], 'Metric'))
  return { id, metric, statistic: readText(stat, 'Stat') }
}

function readPeriod(entry: Properties): number | undefined {
  const holder = 'MetricStat' in entry ? readObject(entry['MetricStat'], 'MetricStat') : entry
  return 'Period' in holder ? readNumber(holder, 'Period') : undefined
}

function readMetric(properties: Properties): Metric {
  const dimensions = readList(properties, 'Dimensions').map((one) => readObject(one, 'Dimensions'))
  return {
    Namespace: readText(properties, 'Namespace'),
    MetricName: readText(properties, 'MetricName'),
    Dimensions: dimensions.map((one) => ({
      Name: readText(one, 'Name'),
      Value: readText(one, 'Value'),
    })),
  }
}
