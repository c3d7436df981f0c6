import type { FunctionName } from './functions.ts'

/** The logical id that osls gives the HTTP API. */
export const httpApiId = 'HttpApi'

/** The logical id that osls gives the log group of the access log. */
export const accessLogGroupId = 'HttpApiLogGroup'

/** Makes the logical id that osls gives a function. */
export function toFunctionId(name: FunctionName): string {
  return `${toLogicalName(name)}LambdaFunction`
}

/** Makes the logical id that osls gives a function's log group. */
export function toLogGroupId(name: FunctionName): string {
  return `${toLogicalName(name)}LogGroup`
}

/** Makes the prefix of the logical ids of a function's resources, as osls does. */
export function toLogicalName(name: FunctionName): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
