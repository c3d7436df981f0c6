import { digestsParameter } from '../../infra/edge/digests.ts'
import { digestsVariable } from './flags.ts'
import { askStack } from './stack.ts'

/** A parameter of a stack as CloudFormation takes it. */
export interface StackParameter {
  readonly ParameterKey: string
  readonly ParameterValue?: string
  readonly UsePreviousValue?: true
}

/**
 * Gives the parameters with which a template is deployed. Where nobody has planned another key, what the stack accepts
 * now stays accepted.
 */
export function toStackParameters(template: {
  readonly Parameters?: Readonly<Record<string, unknown>>
}): readonly StackParameter[] {
  if (template.Parameters?.[digestsParameter] === undefined) return []
  const digests = process.env[digestsVariable]
  return [
    digests === undefined
      ? { ParameterKey: digestsParameter, UsePreviousValue: true }
      : { ParameterKey: digestsParameter, ParameterValue: digests },
  ]
}

/** Gives the parameters with which a stored template is deployed again: those of the stack as it is now. */
export async function keepStackParameters(
  region: string,
  stack: string,
): Promise<readonly StackParameter[]> {
  const found = await askStack(region, stack)
  return (found?.Parameters ?? []).flatMap(({ ParameterKey }) =>
    ParameterKey === digestsParameter ? [{ ParameterKey, UsePreviousValue: true as const }] : [],
  )
}
