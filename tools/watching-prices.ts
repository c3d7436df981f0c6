import type { Resource } from '../infra/resource.ts'

/** AWS's list prices in US dollars; they are an assumption of the bill and not asked for anew. */
export const prices = {
  seriesPerMonth: { usd: 0.3, of: 'a metric series, a month (the first 10,000 of an account)' },
  ingestedGb: { usd: 0.5, of: 'logs taken in, a GB' },
  keptGbPerMonth: { usd: 0.03, of: 'logs kept, a compressed GB, a month' },
  scannedGb: { usd: 0.005, of: 'logs read by a query, a GB' },
  alarmMetricPerMonth: { usd: 0.1, of: 'a metric that an alarm reads, a month' },
  compositePerMonth: { usd: 0.5, of: 'a composite alarm, a month' },
  dashboardPerMonth: { usd: 3, of: 'a dashboard, a month' },
} as const

/** Where and when these prices were read. */
export const pricesAsOf =
  'list prices of Amazon CloudWatch in us-east-1 as published in early 2026, before taxes and without the free tier'

/** What the stack holds that is billed by being there. */
export interface Standing {
  readonly alarms: number
  /** What alarms are billed by: each metric that one reads, and three for a band of what is usual. */
  readonly alarmMetrics: number
  readonly composites: number
  readonly dashboards: number
}

const metricsOfBand = 3

/** Counts what watches in a stack. */
export function toStanding(resources: readonly Resource[]): Standing {
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type)
  const alarms = ofType('AWS::CloudWatch::Alarm')
  return {
    alarms: alarms.length,
    alarmMetrics: alarms.reduce((sum, { Properties }) => sum + countMetrics(Properties), 0),
    composites: ofType('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: ofType('AWS::CloudWatch::Dashboard').length,
  }
}

function countMetrics(properties: Resource['Properties']): number {
  const { Metrics: queries } = properties
  if (!Array.isArray(queries)) return 1
  const read = queries.filter((query: object) => 'MetricStat' in query).length
  const isBand = JSON.stringify(queries).includes('ANOMALY_DETECTION_BAND')
  return isBand ? read * metricsOfBand : read
}
