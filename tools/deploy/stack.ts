import {
  CloudFormationClient,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation'
import { orAbsent, toClientSettings } from './look.ts'

/**
 * Asks for a stack; undefined where there is none. CloudFormation reports an absent stack as a `ValidationError`, as
 * it does any wrong name.
 */
export async function askStack(region: string, name: string): Promise<Stack | undefined> {
  const cloudFormation = new CloudFormationClient(toClientSettings(region))
  const ask = async () => {
    const found = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }))
    return found.Stacks?.[0]
  }
  return orAbsent(ask, ['ValidationError'], undefined)
}

/** Gives the outputs of a stack by their names. */
export function toOutputs(stack: Stack | undefined): ReadonlyMap<string, string> {
  const outputs = stack?.Outputs ?? []
  return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]))
}
