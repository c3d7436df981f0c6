import { type AlarmBase, baseProperties, readAlarmBase } from './alarm-actions.ts'
import { type AlarmCondition, missingDataTreatments } from './alarm-state.ts'
import { type ExpectedBand, parseBand } from './expected-band.ts'
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
  refuseOthers,
} from './properties.ts'

/** How a datapoint is compared with a threshold or with a band of expected values. */
const comparisons = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'GreaterThanUpperThreshold',
] as const

/** An alarm that watches a metric, or an expression over metrics. */
export interface MetricAlarm extends AlarmBase, AlarmCondition {
  readonly queries: readonly MetricQuery[]
  /** The id of the query that is watched. */
  readonly watches: string
  readonly threshold: number | ExpectedBand
  readonly comparison: (typeof comparisons)[number]
  readonly periodSeconds: number
}

const secondsPerHour = 3600
const secondsPerDay = 86_400
/** The most days that an alarm may evaluate; one day for periods shorter than an hour. */
const mostDays = 7
/** The most metrics and expressions of an alarm. */
const mostQueries = 10

const conditionProperties = [
  ...baseProperties,
  ...['EvaluationPeriods', 'DatapointsToAlarm', 'ComparisonOperator', 'TreatMissingData'],
  ...['Threshold', 'ThresholdMetricId'],
]
const metricProperties = ['Namespace', 'MetricName', 'Dimensions']

/**
 * Reads the properties of an `AWS::CloudWatch::Alarm`, in the form with `MetricName` and in that with
 * `Metrics`.
 *
 * @throws Error for what CloudWatch would refuse, or what cannot be evaluated here
 */
export function readMetricAlarm(properties: Properties): MetricAlarm {
  const evaluationPeriods = readNumber(properties, 'EvaluationPeriods')
  const datapointsToAlarm = readNumber(properties, 'DatapointsToAlarm')
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
    comparison: readChoice(properties, 'ComparisonOperator', comparisons),
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: readChoice(properties, 'TreatMissingData', missingDataTreatments),
  }
}

type Watched = Pick<MetricAlarm, 'queries' | 'watches' | 'threshold' | 'periodSeconds'>

function readSingle(properties: Properties): Watched {
  refuseOthers(properties, [...conditionProperties, ...metricProperties, 'Statistic', 'Period'])
  const statistic = readText(properties, 'Statistic')
  return {
    queries: [{ id: 'm1', metric: readMetric(properties), statistic }],
    watches: 'm1',
    threshold: readNumber(properties, 'Threshold'),
    periodSeconds: readNumber(properties, 'Period'),
  }
}

function readQueries(properties: Properties): Watched {
  refuseOthers(properties, [...conditionProperties, 'Metrics'])
  const all = readList(properties, 'Metrics').map((one) => readObject(one, 'Metrics'))
  const bandId = properties['ThresholdMetricId']
  const band = all.find(({ Id }) => bandId !== undefined && Id === bandId)
  const entries = all.filter((entry) => entry !== band)
  const returned = entries.filter(({ ReturnData }) => ReturnData !== false)
  const [watched, ...more] = returned.map((entry) => readText(entry, 'Id'))
  if (watched === undefined || more.length > 0) {
    throw new Error(`an alarm watches one time series, not ${returned.length}`)
  }
  const queries = entries.map(readQuery)
  const metrics = queries.filter((query) => 'metric' in query).length
  if (metrics > mostQueries || all.length - metrics > mostQueries) {
    throw new Error(
      `an alarm looks at ${mostQueries} metrics and ${mostQueries} expressions at most`,
    )
  }
  return {
    queries,
    watches: watched,
    threshold: band ? parseBand(readText(band, 'Expression')) : readNumber(properties, 'Threshold'),
    periodSeconds: readPeriod(entries),
  }
}

function readQuery(entry: Properties): MetricQuery {
  refuseOthers(entry, ['Id', 'ReturnData', 'Expression', 'MetricStat'])
  const id = readText(entry, 'Id')
  if (!/^[a-z]\w*$/.test(id)) throw new Error(`${id} does not begin with a lower-case letter`)
  if ('Expression' in entry) return { id, expression: parseMath(readText(entry, 'Expression')) }
  const stat = readObject(entry['MetricStat'], 'MetricStat')
  refuseOthers(stat, ['Metric', 'Stat', 'Period'])
  const metric = readObject(stat['Metric'], 'Metric')
  refuseOthers(metric, metricProperties)
  return { id, metric: readMetric(metric), statistic: readText(stat, 'Stat') }
}

function readPeriod(entries: readonly Properties[]): number {
  const stats = entries.flatMap(({ MetricStat }) => MetricStat ?? [])
  const periods = stats.map((stat) => readNumber(readObject(stat, 'MetricStat'), 'Period'))
  const [period, ...others] = new Set(periods)
  if (period !== undefined && others.length === 0) return period
  throw new Error(`an alarm has one period, not ${new Set(periods).size}`)
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
