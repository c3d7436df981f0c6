import type { BuiltName } from './functions.ts'

/** The logical id of the HTTP API. */
export const httpApiId = 'HttpApi'

/** The logical id of the one stage of the HTTP API. */
export const httpApiStageId = 'HttpApiStage'

/** The logical id of the log group of the access log. */
export const accessLogGroupId = 'HttpApiLogGroup'

/** Makes the logical id of a function. */
export function toFunctionId(name: BuiltName): string {
  return `${toLogicalName(name)}LambdaFunction`
}

/** Makes the logical id of the alias of a function, where it has one. */
export function toAliasId(name: BuiltName): string {
  return `${toLogicalName(name)}Alias`
}

/** Makes the logical id of a function's log group. */
export function toLogGroupId(name: BuiltName): string {
  return `${toLogicalName(name)}LogGroup`
}

/** Makes the prefix of the logical ids of a function's resources, as osls does. */
export function toLogicalName(name: BuiltName): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

/** Makes the logical id of the role of a function. */
export function toRoleId(name: BuiltName): string {
  return `${toLogicalName(name)}Role`
}
