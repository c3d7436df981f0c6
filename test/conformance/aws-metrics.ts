import type { FunctionName } from '../../infra/functions.ts'
import { httpApiId, toFunctionId } from '../../infra/logical-ids.ts'
import type { Metric } from '../../local/cloudwatch/metric.ts'

const awsMetric = (Namespace: string, MetricName: string, Name: string, Value: string): Metric => ({
  Namespace,
  MetricName,
  Dimensions: [{ Name, Value }],
})
/** What the HTTP API counts. */
export const ofApi = (name: string) => awsMetric('AWS/ApiGateway', name, 'ApiId', httpApiId)

/** What Lambda counts of one function. */
export const ofFunction = (by: FunctionName, name: string) =>
  awsMetric('AWS/Lambda', name, 'FunctionName', toFunctionId(by))
