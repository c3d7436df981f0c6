import { type Sum, toOutageFailures, toSuccesses, type Watched } from './sums.ts'

/** The window of the share; each of its terms is a sum over it. */
export const sharePeriodSeconds = 300

/** With fewer exchanges than this in a window, the share has no value. */
export const leastExchanges = 20

/**
 * The share of exchanges that succeed, in percent, with the metrics behind it, for the graph and the alarm. Only
 * grants count: discovery and redirects may succeed while every exchange fails, and would hide that. No caller
 * can add to either side without a valid code or token. Without any success the share is 0.
 */
export function toShare(watched: Watched): Sum {
  const successes = toSuccesses(watched.service)
  const failures = toOutageFailures(watched)
  const whole = `(${successes.expression} + ${failures.expression})`
  return {
    expression: `IF(${whole} >= ${leastExchanges}, 100 * (${successes.expression}) / ${whole})`,
    terms: [...successes.terms, ...failures.terms],
  }
}
