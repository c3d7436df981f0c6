import { type MetricReference, toMetricReference } from './metric-reference.ts'

/** What the share is computed from; the names are the ids in its expression. */
export type ShareTerm = 'requests' | 'callers' | 'successes'

/** The window of the share; each of its terms is a sum over it. */
export const sharePeriodSeconds = 300

/** Fewer exchanges than this in a window say nothing: the share then has no value at all. */
export const leastExchanges = 20

/**
 * The share of exchanges that succeed, in percent. What a caller did wrong is taken out of the whole,
 * and not only out of the failures: a front end that errs a lot neither lowers the share nor props it up.
 * What is missing counts as none, since a failure that has not occurred has no data.
 */
export const shareExpression = `IF(requests - FILL(callers, 0) >= ${leastExchanges}, 100 * FILL(successes, 0) / (requests - FILL(callers, 0)))`

/** The metrics behind the terms, for the graph and the alarm alike. */
export function toShareTerms(service: string): Readonly<Record<ShareTerm, MetricReference>> {
  return {
    requests: toMetricReference(service, 'Requests', {}),
    callers: toMetricReference(service, 'Failures', { fault: 'caller' }),
    successes: toMetricReference(service, 'Successes', {}),
  }
}
