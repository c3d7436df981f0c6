import { toMetricReference } from '../metric-reference.ts'
import { type AlarmPlan, generalRunbookPage } from './alarm.ts'
import { toSuccesses } from './sums.ts'
import { toFormula, toJudged, toTerm } from './terms.ts'

const periodSeconds = 300
/** For a quarter of an hour nobody got tokens, although so many requests came in each window. */
const stopped = { windows: 3, leastFailures: 7 }
/** Before that, users got so many tokens in most windows of two hours. */
const served = { windows: 24, most: 15, leastSuccesses: 7 }

/**
 * Plans the two alarms of the page `stopped`. A missing origin, redirect URI or key looks like a caller's
 * mistake in each single request, and anybody can send such requests. What nobody can make up is that users
 * were served: if they were until a moment ago, and none is any more, the mistake is the operator's.
 */
export function planStoppedAlarms(service: string): readonly AlarmPlan[] {
  const { expression, terms } = toSuccesses(service)
  const successes = [
    toFormula('successes', expression, false),
    ...terms.map(([id, metric]) => toTerm(id, metric, 'Sum', periodSeconds)),
  ]
  return [
    {
      name: 'no-exchange-succeeds',
      meaning: `For ${(stopped.windows * periodSeconds) / 60} minutes, requests failed and no exchange succeeded.`,
      fix: 'Check on the dashboard which cause rises.',
      runbookPage: generalRunbookPage,
      page: 'stopped',
      isSignal: true,
      condition: {
        Metrics: [
          toFormula('got', `IF(FILL(failed, 0) >= ${stopped.leastFailures}, successes)`, false),
          toJudged('got', 100),
          ...successes,
          toTerm('failed', toMetricReference(service, 'Failures', {}), 'Sum', periodSeconds),
        ],
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        EvaluationPeriods: stopped.windows,
        DatapointsToAlarm: stopped.windows,
        TreatMissingData: 'notBreaching',
      },
    },
    {
      name: 'users-were-served',
      meaning: `Users got tokens in most of the last ${(served.windows * periodSeconds) / 3600} hours. This is a healthy state: it only tells the page stopped that silence would be unusual.`,
      fix: 'No action is needed.',
      runbookPage: generalRunbookPage,
      page: 'stopped',
      isSignal: true,
      condition: {
        Metrics: [toJudged('successes', 0), ...successes],
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: served.leastSuccesses,
        EvaluationPeriods: served.windows,
        DatapointsToAlarm: served.most,
        TreatMissingData: 'notBreaching',
      },
    },
  ]
}
