import type { CauseName } from '../../core/causes/catalogue.ts'
import { grantTypes } from '../../core/causes/cause.ts'
import { throttle } from '../../core/http-api.ts'
import { httpApiId } from '../logical-ids.ts'
import { toMetricReference } from '../metric-reference.ts'
import { type AlarmPlan, sustained, symptom } from './alarm.ts'
import { faultsExpression, successesExpression, toShareTerms } from './success-share.ts'
import { toAwsMetric, toFormula, toJudged, toTerm } from './terms.ts'

/** Plans the alarms for outages that no cause and no share of the operator's own shows. */
export function planOutageAlarms(service: string): readonly AlarmPlan[] {
  return [planMostFail(service), planLastingFailures(service), planUnserved(service)]
}

/** Twenty exchanges in a quarter of an hour; a burst of one browser lies in one window alone. */
const mostFail = { windows: 3, windowSeconds: 300, leastExchanges: 7, leastShare: 50 }

/** What asks for no exchange at all, as bots do. */
const strays = ['route_not_found', 'method_not_allowed'] as const satisfies readonly CauseName[]

/**
 * A lost origin, redirect URI or key looks like a caller's mistake, request by request; when it
 * meets most of them, it is the operator's.
 */
function planMostFail(service: string): AlarmPlan {
  const { windows, windowSeconds, leastExchanges, leastShare } = mostFail
  return {
    name: 'most-exchanges-fail',
    meaning: `Less than ${leastShare} % of all exchanges succeed, whoever is at fault for the others.`,
    fix: "See on the dashboard which cause rises. A caller's cause that meets most users is mostly a setting that the operator lost: origins, redirect URIs, the cookie key, a client. Undo that change, or the release of the front end.",
    ...symptom,
    condition: {
      Metrics: [
        toFormula(
          'share',
          `IF(successes + failures >= ${leastExchanges}, 100 * successes / (successes + failures))`,
          false,
        ),
        toJudged('share', 100),
        toFormula('successes', successesExpression, false),
        ...grantTypes.map((grant_type) =>
          toTerm(
            grant_type,
            toMetricReference(service, 'Successes', { grant_type }),
            'Sum',
            windowSeconds,
          ),
        ),
        toFormula(
          'failures',
          ['failed', ...strays].map((id) => `FILL(${id}, 0)`).join(' - '),
          false,
        ),
        toTerm('failed', toMetricReference(service, 'Failures', {}), 'Sum', windowSeconds),
        ...strays.map((cause) =>
          toTerm(cause, toMetricReference(service, 'Failures', { cause }), 'Sum', windowSeconds),
        ),
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
 * With few users each cause stays below its threshold for ever. Hour by hour, and not over all of them at
 * once: what is over is then forgotten within the hour, and no short outage comes back at night, when the
 * successes around it have left the window before its failures.
 */
function planLastingFailures(service: string): AlarmPlan {
  const hourSeconds = 3600
  return {
    name: 'lasting-failures',
    meaning: `For ${lastingHours} hours more requests failed than succeeded, in each hour, by no caller's mistake.`,
    fix: 'List the causes of these hours from the log, and go by the page of the most frequent one.',
    ...symptom,
    condition: {
      Metrics: [
        toFormula('excess', `${faultsExpression} - (${successesExpression})`, false),
        toJudged('excess', 0),
        ...toShareTerms(service).map(([id, metric]) => toTerm(id, metric, 'Sum', hourSeconds)),
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

/**
 * What the HTTP API throttles reaches no function and leaves no record: a 4xx that no function counted. It is
 * a lower bound, since the functions count their 5xx among the failures, too. Preflights are no 4xx.
 */
function planUnserved(service: string): AlarmPlan {
  const ofApi = (name: string) => toAwsMetric('AWS/ApiGateway', name, 'ApiId', httpApiId)
  return {
    name: 'api-throttles',
    meaning: `The HTTP API refuses more than ${mostUnservedShare} % of all requests before they reach a function: more come than ${throttle.ratePerSecond} a second.`,
    fix: 'Find in the access log of the HTTP API who sends them: block whoever floods it, mend a front end that loops. Users in that number need a higher throttle, and a higher quota of Cognito first.',
    ...symptom,
    condition: {
      Metrics: [
        toFormula(
          'share',
          `IF(refused - FILL(failed, 0) >= ${leastUnserved}, 100 * (refused - FILL(failed, 0)) / answers)`,
          false,
        ),
        toJudged('share', 0),
        toTerm('refused', ofApi('4xx'), 'Sum', 300),
        toTerm('answers', ofApi('Count'), 'Sum', 300),
        toTerm('failed', toMetricReference(service, 'Failures', {}), 'Sum', 300),
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: mostUnservedShare,
      ...sustained,
    },
  }
}
