/** A metric of AWS's own: its unit and every set of dimensions that AWS publishes it under. */
interface AwsMetric {
  readonly unit: string
  readonly sets: readonly (readonly string[])[]
}

const count = (...sets: readonly (readonly string[])[]): AwsMetric => ({ unit: 'Count', sets })
const time = (...sets: readonly (readonly string[])[]): AwsMetric => ({
  unit: 'Milliseconds',
  sets,
})

const ofFunction = ['FunctionName']
const ofApi = [['ApiId'], ['ApiId', 'Stage']]
const ofAppClient = ['UserPool', 'UserPoolClient']
const ofQuota = ['Class', 'Resource', 'Service', 'Type']
const ofTableCall = ['Operation', 'TableName']

/**
 * What AWS itself publishes about the parts of the stack and about Cognito, by namespace and name; dimensions
 * in the order of the alphabet. Taken from these pages of docs.aws.amazon.com:
 *
 * - lambda/latest/dg/monitoring-metrics-types.html
 * - apigateway/latest/developerguide/http-api-metrics.html
 * - cognito/latest/developerguide/metrics-for-cognito-user-pools.html
 * - amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export const awsMetrics: Readonly<Record<string, AwsMetric>> = {
  'AWS/Lambda Invocations': count(ofFunction),
  'AWS/Lambda Errors': count(ofFunction),
  'AWS/Lambda Throttles': count(ofFunction),
  'AWS/Lambda ConcurrentExecutions': count(ofFunction, []),
  'AWS/Lambda Duration': time(ofFunction),
  'AWS/Lambda AsyncEventAge': time(ofFunction),
  'AWS/Lambda AsyncEventsDropped': count(ofFunction),
  'AWS/ApiGateway Count': count(...ofApi),
  'AWS/ApiGateway 4xx': count(...ofApi),
  'AWS/ApiGateway 5xx': count(...ofApi),
  'AWS/ApiGateway Latency': time(...ofApi),
  'AWS/ApiGateway IntegrationLatency': time(...ofApi),
  'AWS/Cognito SignInThrottles': count(ofAppClient),
  'AWS/Cognito TokenRefreshThrottles': count(ofAppClient),
  'AWS/Usage CallCount': count(ofQuota),
  'AWS/Usage ThrottleCount': count(ofQuota),
  'AWS/DynamoDB ThrottledRequests': count(ofTableCall),
  'AWS/DynamoDB SystemErrors': count(ofTableCall),
  'AWS/DynamoDB SuccessfulRequestLatency': time(ofTableCall),
  'AWS/DynamoDB ReadThrottleEvents': count(['TableName']),
  'AWS/DynamoDB WriteThrottleEvents': count(['TableName']),
}

/** What dimensions of one value only have to say, as the page on Cognito gives it. */
export const fixedDimensions: Readonly<Record<string, string>> = {
  Service: 'Cognito user pool',
  Type: 'API',
  Class: 'None',
}

/** The type of the resource that a dimension must name. */
export const dimensionTypes: Readonly<Record<string, string>> = {
  FunctionName: 'AWS::Lambda::Function',
  ApiId: 'AWS::ApiGatewayV2::Api',
  TableName: 'AWS::DynamoDB::Table',
}
