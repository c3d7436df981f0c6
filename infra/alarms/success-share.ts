import { type Fault, grantTypes } from '../../core/causes/cause.ts'
import { type MetricReference, toMetricReference } from '../metric-reference.ts'

/** Whose failures lower the share; callers' mistakes neither lower nor raise it. */
const faults = ['operator', 'cognito'] as const satisfies readonly Fault[]

/** What the share is computed from; the names are the ids in its expression. */
export type ShareTerm = (typeof grantTypes)[number] | (typeof faults)[number]

/** The window of the share; each of its terms is a sum over it. */
export const sharePeriodSeconds = 300

/** With fewer exchanges than this in a window, the share has no value. */
export const leastExchanges = 20

/** What has not occurred has no data and counts as zero: without any success the share is 0. */
const toSum = (ids: readonly ShareTerm[]): string => ids.map((id) => `FILL(${id}, 0)`).join(' + ')
/** The exchanges that succeeded; discovery and revocations are not exchanges. */
export const successesExpression = toSum(grantTypes)
/** The failures that are not callers' mistakes. */
export const faultsExpression = toSum(faults)
const whole = `(${successesExpression} + ${faultsExpression})`

/**
 * The share of exchanges that succeed, in percent. Only grants count: discovery and redirects may succeed
 * while every exchange fails, and would hide that.
 */
export const shareExpression = `IF(${whole} >= ${leastExchanges}, 100 * (${successesExpression}) / ${whole})`

/** The metrics behind the terms, for the graph and the alarm. */
export function toShareTerms(service: string): readonly (readonly [ShareTerm, MetricReference])[] {
  return [
    ...grantTypes.map(
      (grant) => [grant, toMetricReference(service, 'Successes', { grant_type: grant })] as const,
    ),
    ...faults.map((fault) => [fault, toMetricReference(service, 'Failures', { fault })] as const),
  ]
}
