import { toFunctionId } from '../logical-ids.ts'
import { toMetricReference } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, standing, sustained } from './alarm.ts'
import { type AnyMetric, toFormula, toJudged, toLambdaMetric, toTerm } from './terms.ts'

const periodSeconds = 300
/** With fewer requests, a percentile says nothing. */
const leastRequests = 20
/**
 * Below 100 requests, the slowest 1 % is a single request. Two periods in a row with a single time-out happen by
 * chance about once in fifty days, three do not.
 */
const slowPeriods = 3
/** Far more than the proxy itself needs, including a cold start and a diagnosis. */
const mostProxyMs = 1000

/**
 * Plans the alarms for slow requests: for the whole request, as Lambda measures it, and for the proxy's own
 * part, which has a metric only where many are counted. Requests that take more than half of the deadline will
 * soon exceed it.
 */
export function planLatencyAlarms({ settings }: Stage): readonly AlarmPlan[] {
  const { service, watch, deadlineMs } = settings
  const functionId = toFunctionId('oauth2')
  const whole: AlarmPlan = {
    ...planSlowness(
      toLambdaMetric(functionId, 'Duration'),
      toLambdaMetric(functionId, 'Invocations'),
      deadlineMs / 2,
    ),
    name: 'latency',
    meaning: `One request in a hundred takes longer than ${deadlineMs / 2} ms, which is half of the deadline.`,
    fix: 'Check on the dashboard which part takes longer: Cognito, the secret or the proxy itself.',
  }
  if (watch === 'small') return [whole]
  return [
    whole,
    {
      ...planSlowness(
        toMetricReference(service, 'ProxyLatency', {}),
        toMetricReference(service, 'Requests', {}),
        mostProxyMs,
      ),
      name: 'proxy-latency',
      meaning: `In one request in a hundred the proxy itself, without Cognito and the secret, takes longer than ${mostProxyMs} ms.`,
      fix: 'Check on the dashboard whether cold starts rise at the same time, then raise memoryMb of the stage, which also gives the function more CPU.',
    },
  ]
}

function planSlowness(
  duration: AnyMetric,
  calls: AnyMetric,
  mostMs: number,
): Omit<AlarmPlan, 'name' | 'meaning' | 'fix'> {
  return {
    ...standing,
    condition: {
      Metrics: [
        toFormula('slowest', `IF(calls >= ${leastRequests}, p99)`, false),
        toJudged('slowest', 0),
        toTerm('p99', duration, 'p99', periodSeconds),
        toTerm('calls', calls, 'Sum', periodSeconds),
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: mostMs,
      ...sustained,
      EvaluationPeriods: slowPeriods,
      DatapointsToAlarm: slowPeriods,
    },
  }
}
