import {
  DeleteFunctionCommand,
  type LambdaClient,
  paginateListAliases,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda'
import { choosePrunable } from '../../infra/gradual/versions.ts'
import { look } from './look.ts'

/**
 * Deletes old versions of a function, which CloudFormation leaves behind. It never stops a deployment: what could not be
 * deleted costs a little room, and the next deployment tries again.
 */
export async function pruneVersions(
  client: LambdaClient,
  FunctionName: string,
  say: (line: string) => void,
): Promise<void> {
  const pruned = await look(async () => {
    const versions: string[] = []
    const used: string[] = []
    for await (const page of paginateListVersionsByFunction({ client }, { FunctionName })) {
      versions.push(...(page.Versions ?? []).flatMap(({ Version }) => Version ?? []))
    }
    for await (const page of paginateListAliases({ client }, { FunctionName })) {
      for (const { FunctionVersion = '', RoutingConfig } of page.Aliases ?? []) {
        used.push(FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}))
      }
    }
    for (const Qualifier of choosePrunable(versions, used)) {
      await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier }))
    }
  })
  if (!pruned.ok) say(`old versions of ${FunctionName} could not be deleted (${pruned.error})`)
}
