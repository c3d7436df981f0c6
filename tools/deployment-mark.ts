import {
  CloudWatchClient,
  PutMetricDataCommand,
  type PutMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch'
import { toMetricReference, toUnit } from '../infra/metric-reference.ts'

/** Longer than an answer takes, and short enough to wait for before a deployment. */
const longestWaitMs = 5000

/** The metric by which alarms know of a deployment. */
export function toDeploymentMark(service: string): PutMetricDataCommandInput {
  const { Namespace, MetricName, Dimensions } = toMetricReference(service, 'Deployments', {})
  const mark = { MetricName, Dimensions: [...Dimensions], Unit: toUnit(MetricName), Value: 1 }
  return { Namespace, MetricData: [mark] }
}

/**
 * Marks the begin of a deployment in CloudWatch, so that what it breaks for a moment pages nobody. A mark
 * that cannot be put is told and never stops a deployment: the worst of it is a page too many.
 */
export async function markDeployment(
  { region, service }: { readonly region: string; readonly service: string },
  warn: (sentence: string) => void,
): Promise<void> {
  const client = new CloudWatchClient({ region, maxAttempts: 2 })
  try {
    const abortSignal = AbortSignal.timeout(longestWaitMs)
    await client.send(new PutMetricDataCommand(toDeploymentMark(service)), { abortSignal })
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.name : 'no reason given'
    warn(
      `the deployment could not be marked in CloudWatch (${why}): its alarms may page while it runs`,
    )
  } finally {
    client.destroy()
  }
}
