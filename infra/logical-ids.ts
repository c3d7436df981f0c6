import type { FunctionName } from './functions.ts'

/** The HTTP API in the template, as osls names it. */
export const httpApiId = 'HttpApi'

/** The log group of the HTTP API's access log, as osls names it. */
export const accessLogGroupId = 'HttpApiLogGroup'

/** The name in the template under which osls makes a function. */
export function toFunctionId(name: FunctionName): string {
  return `${toLogicalName(name)}LambdaFunction`
}

/** The name in the template under which osls makes a function's log group. */
export function toLogGroupId(name: FunctionName): string {
  return `${toLogicalName(name)}LogGroup`
}

/** How osls begins the names of a function's resources in the template. */
export function toLogicalName(name: FunctionName): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
