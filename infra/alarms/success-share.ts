import { type Fault, grantTypes } from '../../core/causes/cause.ts'
import { type MetricReference, toMetricReference } from '../metric-reference.ts'

/** Whose failures lower the share: not a caller's, who neither lowers it by many mistakes nor props it up. */
const faults = ['operator', 'cognito'] as const satisfies readonly Fault[]

/** What the share is computed from; the names are the ids in its expression. */
export type ShareTerm = (typeof grantTypes)[number] | (typeof faults)[number]

/** The window of the share; each of its terms is a sum over it. */
export const sharePeriodSeconds = 300

/** Fewer exchanges than this in a window say nothing: the share then has no value at all. */
export const leastExchanges = 20

/** What has not occurred has no data, and counts as none: without a single success the share is 0. */
const toSum = (ids: readonly ShareTerm[]): string => ids.map((id) => `FILL(${id}, 0)`).join(' + ')
/** The exchanges that went well; discovery and revocations are none. */
export const successesExpression = toSum(grantTypes)
/** What failed by no caller's mistake. */
export const faultsExpression = toSum(faults)
const whole = `(${successesExpression} + ${faultsExpression})`

/**
 * The share of exchanges that succeed, in percent. A success is one of a grant: discovery and redirects go
 * well while no exchange does, and would hide that.
 */
export const shareExpression = `IF(${whole} >= ${leastExchanges}, 100 * (${successesExpression}) / ${whole})`

/** The metrics behind the terms, for the graph and the alarm alike. */
export function toShareTerms(service: string): readonly (readonly [ShareTerm, MetricReference])[] {
  return [
    ...grantTypes.map(
      (grant) => [grant, toMetricReference(service, 'Successes', { grant_type: grant })] as const,
    ),
    ...faults.map((fault) => [fault, toMetricReference(service, 'Failures', { fault })] as const),
  ]
}
