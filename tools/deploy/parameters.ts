import { digestsParameter } from '../../infra/edge/digests.ts'
import { shiftParameter } from '../../infra/gradual/code-deploy.ts'
import { readWishes } from './flags.ts'
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
  const has = (name: string) => template.Parameters?.[name] !== undefined
  const { digests } = readWishes(process.env)
  const accepted: StackParameter =
    digests === undefined
      ? { ParameterKey: digestsParameter, UsePreviousValue: true }
      : { ParameterKey: digestsParameter, ParameterValue: digests }
  return [...(has(digestsParameter) ? [accepted] : []), ...(has(shiftParameter) ? toShift() : [])]
}

/** How versions take over, where the operator's command has said it. */
function toShift(): readonly StackParameter[] {
  const { shift } = readWishes(process.env)
  return shift === undefined ? [] : [{ ParameterKey: shiftParameter, ParameterValue: shift }]
}

/** Gives the parameters with which a stored template is deployed again: those of the stack as it is now. */
export async function keepStackParameters(
  region: string,
  stack: string,
): Promise<readonly StackParameter[]> {
  const found = await askStack(region, stack)
  const kept = (found?.Parameters ?? []).flatMap(({ ParameterKey }) =>
    ParameterKey === digestsParameter ? [{ ParameterKey, UsePreviousValue: true as const }] : [],
  )
  return [...kept, ...toShift()]
}
