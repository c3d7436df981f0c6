import { type Sum, toFaults, toOutageFailures, toSuccesses, type Watched } from './sums.ts'

/** The window of the share; each of its terms is a sum over it. */
export const sharePeriodSeconds = 300

/** With fewer exchanges than this in a window, the share has no value. */
export const leastExchanges = 20

/**
 * The share by which the alarm goes: of the failures, only those of an outage count. The operator's other causes
 * have a page of their own, and would page a second time through the share.
 */
export function toJudgedShare(watched: Watched): Sum {
  return toShare(toSuccesses(watched.service), toOutageFailures(watched))
}

/** The share that the dashboard shows: every failure counts that is no caller's mistake, whatever it pages through. */
export function toShownShare(watched: Watched): Sum {
  return toShare(toSuccesses(watched.service), toFaults(watched))
}

/**
 * The share of exchanges that succeed, in percent, with the metrics behind it. Only grants count: discovery and
 * redirects may succeed while every exchange fails, and would hide that. Without any success the share is 0.
 */
function toShare(successes: Sum, failures: Sum): Sum {
  const whole = `(${successes.expression} + ${failures.expression})`
  return {
    expression: `IF(${whole} >= ${leastExchanges}, 100 * (${successes.expression}) / ${whole})`,
    terms: [...successes.terms, ...failures.terms],
  }
}
