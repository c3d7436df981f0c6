import { toFunctionId } from '../logical-ids.ts'
import { toMetricReference } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { type AlarmPlan, standing, sustained } from './alarm.ts'
import { type AnyMetric, toFormula, toJudged, toLambdaMetric, toTerm } from './terms.ts'

const periodSeconds = 300
/** Of fewer requests the slowest hundredth is a single one. */
const leastRequests = 20
/** Far above what the proxy itself needs, a cold start and a diagnosis included. */
const mostProxyMs = 1000

/**
 * Plans the alarms for slowness: of the whole, as Lambda measures it, and of the proxy's own part. A whole
 * beyond half of the deadline is soon to fail by it.
 */
export function planLatencyAlarms({ settings }: Stage): readonly AlarmPlan[] {
  const { service, deadlineMs } = settings
  const functionId = toFunctionId('oauth2')
  return [
    {
      ...planSlowness(
        toLambdaMetric(functionId, 'Duration'),
        toLambdaMetric(functionId, 'Invocations'),
        deadlineMs / 2,
      ),
      name: 'latency',
      meaning: `One request in a hundred takes longer than ${deadlineMs / 2} ms, half of the deadline.`,
      fix: 'See on the dashboard which part of it rises: Cognito, the secret or the proxy itself.',
    },
    {
      ...planSlowness(
        toMetricReference(service, 'ProxyLatency', {}),
        toMetricReference(service, 'Requests', {}),
        mostProxyMs,
      ),
      name: 'proxy-latency',
      meaning: `In one request in a hundred the proxy itself, without Cognito and the secret, takes longer than ${mostProxyMs} ms.`,
      fix: 'See on the dashboard whether cold starts rise with it, then raise memoryMb of the stage, which is its share of a processor, too.',
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
    },
  }
}
