import { throttle } from '../../core/http-api.ts'
import { httpApiId, toFunctionId } from '../logical-ids.ts'
import { type MetricReference, toMetricReference } from '../metric-reference.ts'
import { type AlarmPlan, notice, sustained, symptom } from './alarm.ts'
import { toSuccesses, toUnprovokedFaults, type Watched } from './sums.ts'
import { toAwsMetric, toFormula, toJudged, toLambdaMetric, toTerm } from './terms.ts'

/** Plans the alarms for outages that neither a single cause nor the success share shows. */
export function planOutageAlarms(watched: Watched): readonly AlarmPlan[] {
  const { service } = watched
  return [planMostFail(service), planLastingFailures(watched), planUnserved(service)]
}

/** Twenty exchanges in a quarter of an hour; a burst of one browser stays within one window. */
const mostFail = { windows: 3, windowSeconds: 300, leastExchanges: 7, leastShare: 50 }

/**
 * A missing origin, redirect URI or key looks like a caller's mistake in each single request. If most
 * requests have it, it may be the operator's. Anybody can send such requests, so it only gives notice; the
 * page `stopped` goes by the users who are missed. What names no configured client is nobody's exchange.
 */
function planMostFail(service: string): AlarmPlan {
  const { windows, windowSeconds, leastExchanges, leastShare } = mostFail
  const toWindowTerm = (id: string, metric: MetricReference) =>
    toTerm(id, metric, 'Sum', windowSeconds)
  const successes = toSuccesses(service)
  return {
    name: 'most-exchanges-fail',
    meaning: `Less than ${leastShare} % of all exchanges succeed, including those that fail because of the caller.`,
    fix: "Check on the dashboard which cause rises. If a caller's cause affects most users, usually a setting was lost or changed: origins, redirect URIs, the cookie key or a client. Undo that change, or the release of the front end.",
    ...notice,
    condition: {
      Metrics: [
        toFormula(
          'share',
          `IF(successes + failures >= ${leastExchanges}, 100 * successes / (successes + failures))`,
          false,
        ),
        toJudged('share', 100),
        toFormula('successes', successes.expression, false),
        toFormula('failures', 'FILL(failed, 0) - FILL(stray, 0)', false),
        ...successes.terms.map(([id, metric]) => toWindowTerm(id, metric)),
        toWindowTerm('failed', toMetricReference(service, 'Failures', {})),
        toWindowTerm('stray', toMetricReference(service, 'StrayFailures', {})),
      ],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: leastShare,
      EvaluationPeriods: windows,
      DatapointsToAlarm: windows,
      TreatMissingData: 'notBreaching',
    },
  }
}

const lastingHours = 3

/**
 * With few users, each cause stays below its threshold for ever. The alarm judges hour by hour and not one
 * long window: an outage that is over drops out within the hour, and no short outage shows up again at
 * night, when the successes around it have left the window before its failures.
 */
function planLastingFailures(watched: Watched): AlarmPlan {
  const hourSeconds = 3600
  const failures = toUnprovokedFaults(watched)
  const successes = toSuccesses(watched.service)
  return {
    name: 'lasting-failures',
    meaning: `In each of the last ${lastingHours} hours, more requests failed than succeeded, not counting callers' mistakes.`,
    fix: 'List the causes of these hours from the log, and follow the page of the most frequent one.',
    ...symptom,
    condition: {
      Metrics: [
        toFormula('excess', `${failures.expression} - (${successes.expression})`, false),
        toJudged('excess', 0),
        ...[...failures.terms, ...successes.terms].map(([id, metric]) =>
          toTerm(id, metric, 'Sum', hourSeconds),
        ),
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      EvaluationPeriods: lastingHours,
      DatapointsToAlarm: lastingHours,
      TreatMissingData: 'notBreaching',
    },
  }
}

const leastUnserved = 100
const mostUnservedShare = 5
const unservedSeconds = 300

/** The HTTP API calls its throttles targets, and may let fewer through. */
const nearThrottle = 0.9 * throttle.ratePerSecond

/**
 * Only where exchanges reach their throttle: the HTTP API answers some malformed requests with a 4xx of its own,
 * and throttles strays much sooner, and anybody can send those without keeping anyone out. A request that the
 * HTTP API throttles reaches no function and leaves no record: it is a 4xx that no function counted. This is a
 * lower bound, because the functions also count their 5xx as failures. Preflights are not counted as 4xx.
 */
function planUnserved(service: string): AlarmPlan {
  const refused = toAwsMetric('AWS/ApiGateway', '4xx', 'ApiId', httpApiId)
  const exchanges = toLambdaMetric(toFunctionId('oauth2'), 'Invocations')
  const unserved = 'refused - FILL(failed, 0)'
  return {
    name: 'api-throttles',
    meaning: `The HTTP API rejects more than ${mostUnservedShare} % of all requests before they reach a function: more than ${throttle.ratePerSecond} exchanges a second arrive.`,
    fix: 'Find the senders in the access log of the HTTP API, or behind CloudFront with its web ACL. Only that web ACL can block a flood: a stage without it needs edge. Fix a front end that loops. If the traffic is real, first raise the Cognito quota, then the throttle.',
    ...symptom,
    condition: {
      Metrics: [
        toFormula(
          'share',
          `IF(${unserved} >= ${leastUnserved}, IF(exchanges >= ${nearThrottle * unservedSeconds}, 100 * (${unserved}) / (exchanges + ${unserved}), 0))`,
          false,
        ),
        toJudged('share', 0),
        toTerm('refused', refused, 'Sum', unservedSeconds),
        toTerm('exchanges', exchanges, 'Sum', unservedSeconds),
        toTerm('failed', toMetricReference(service, 'Failures', {}), 'Sum', unservedSeconds),
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: mostUnservedShare,
      ...sustained,
    },
  }
}
