import type { BuiltName } from './functions.ts'

/** The name of the service in `serverless.yml`, with which the names of the stack and its functions begin. */
export const serviceName = 'token-proxy'

/** Names the stack of a stage; functions, log groups and alarms begin with it. */
export function toStackName(stageName: string): string {
  return `${serviceName}-${stageName}`
}

/** Names the stack in front of a stage. */
export function toEdgeStackName(stageName: string): string {
  return `${toStackName(stageName)}-edge`
}

/** Names a function of a stage. */
export function toFunctionName(stageName: string, name: BuiltName): string {
  return `${toStackName(stageName)}-${name}`
}

/** Names the log group that Lambda writes the output of a function to. */
export function toLogGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`
}

/** Names the log group of the access log. */
export function toAccessLogGroupName(stageName: string): string {
  return `/aws/http-api/${toStackName(stageName)}`
}
