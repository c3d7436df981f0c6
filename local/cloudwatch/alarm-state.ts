/** The states that an alarm can be in. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const
/** The state of an alarm. */
export type AlarmState = (typeof alarmStates)[number]

/** The ways in which an alarm can take periods of which nothing was reported. */
export const missingDataTreatments = ['breaching', 'notBreaching', 'ignore', 'missing'] as const

/** When an alarm goes off: M breaching ones of N datapoints. */
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
 * @param previous what an alarm that ignores missing data stays in
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judgeState(
  breaches: readonly (boolean | undefined)[],
  { evaluationPeriods, datapointsToAlarm, treatMissingData }: AlarmCondition,
  previous: AlarmState,
): AlarmState {
  const present = breaches.filter((one) => one !== undefined).slice(-evaluationPeriods)
  const breaching = present.filter(Boolean).length
  const filled = evaluationPeriods - present.length
  const toState = (count: number) => (count >= datapointsToAlarm ? 'ALARM' : 'OK')
  if (filled === 0 || treatMissingData === 'notBreaching') return toState(breaching)
  if (treatMissingData === 'breaching') return toState(breaching + filled)
  if (breaching >= datapointsToAlarm) return 'ALARM'
  if (present.includes(false)) return 'OK'
  if (treatMissingData === 'ignore') return previous
  return isOldBreach(breaches, datapointsToAlarm) ? 'ALARM' : 'INSUFFICIENT_DATA'
}

/**
 * Whether a lone breach goes off although too little was reported: once it is as old as M datapoints, and
 * nothing but breaches came after it. A younger one may still be followed by a good datapoint.
 */
function isOldBreach(
  breaches: readonly (boolean | undefined)[],
  datapointsToAlarm: number,
): boolean {
  const oldest = breaches.indexOf(true)
  return oldest >= 0 && breaches.length - oldest >= datapointsToAlarm
}
