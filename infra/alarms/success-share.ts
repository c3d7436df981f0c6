import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import { grantTypes } from '../../core/causes/cause.ts'
import { type MetricReference, toMetricReference } from '../metric-reference.ts'

const causeNames = Object.keys(causes) as readonly CauseName[]

/**
 * The operator's causes that an outage has many of. Those with an area are not in it: they page by themselves,
 * and would page a second time through a share.
 */
const ofOutages = causeNames.filter((name) => {
  const { fault, alarm } = toCause(name)
  return fault === 'operator' && alarm?.area === undefined
})

/** What the share is computed from; the names are the ids in its expression. */
export type ShareTerm = string

/** The window of the share; each of its terms is a sum over it. */
export const sharePeriodSeconds = 300

/** With fewer exchanges than this in a window, the share has no value. */
export const leastExchanges = 20

/** What has not occurred has no data and counts as zero: without any success the share is 0. */
const toSum = (ids: readonly ShareTerm[]): string => ids.map((id) => `FILL(${id}, 0)`).join(' + ')
/** The exchanges that succeeded; discovery and revocations are not exchanges. */
export const successesExpression = toSum(grantTypes)
/** The failures of an outage: Cognito's own, and those of the operator's that come with it. */
const faultsExpression = toSum(['cognito', ...ofOutages])
const whole = `(${successesExpression} + ${faultsExpression})`

/**
 * The share of exchanges that succeed, in percent. Only grants count: discovery and redirects may succeed
 * while every exchange fails, and would hide that. No caller can add to either side without a valid code or
 * token.
 */
export const shareExpression = `IF(${whole} >= ${leastExchanges}, 100 * (${successesExpression}) / ${whole})`

/** The metrics behind the terms, for the graph and the alarm. */
export function toShareTerms(service: string): readonly (readonly [ShareTerm, MetricReference])[] {
  return [
    ...toSuccessTerms(service),
    ['cognito', toMetricReference(service, 'Failures', { fault: 'cognito' })],
    ...ofOutages.map(
      (cause) => [cause, toMetricReference(service, 'Failures', { cause })] as const,
    ),
  ]
}

/** The metrics behind the exchanges that succeeded. */
export function toSuccessTerms(
  service: string,
): readonly (readonly [ShareTerm, MetricReference])[] {
  return grantTypes.map(
    (grant) => [grant, toMetricReference(service, 'Successes', { grant_type: grant })] as const,
  )
}
