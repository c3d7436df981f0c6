/** The state of an alarm. A new one has no data yet; from then on missing data is judged, too. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** The ways in which the proxy's alarms treat missing data. */
export const missingDataTreatments = ['breaching', 'notBreaching'] as const

/** When an alarm goes off: M of N datapoints breach. */
export interface AlarmCondition {
  /** N. */
  readonly evaluationPeriods: number
  /** M. */
  readonly datapointsToAlarm: number
  readonly treatMissingData: (typeof missingDataTreatments)[number]
}

/**
 * How many datapoints more than N an alarm looks back for where some are missing. AWS says only that it
 * depends on the period; its own examples have two.
 */
export const extraDatapoints = 2

/**
 * Judges the state of an alarm by AWS's rules for missing data.
 *
 * @param breaches of each datapoint of the evaluation range whether it breaches the threshold, the oldest
 *   first; undefined where it is missing
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judgeState(
  breaches: readonly (boolean | undefined)[],
  { evaluationPeriods, datapointsToAlarm, treatMissingData }: AlarmCondition,
): 'OK' | 'ALARM' {
  const present = breaches.filter((one) => one !== undefined).slice(-evaluationPeriods)
  const missing = treatMissingData === 'breaching' ? evaluationPeriods - present.length : 0
  const breaching = present.filter(Boolean).length + missing
  return breaching >= datapointsToAlarm ? 'ALARM' : 'OK'
}
