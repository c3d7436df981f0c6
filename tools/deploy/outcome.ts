import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type DeployNames, toDashboardUrl, toDeployNames } from '../../infra/deploy/names.ts'
import { toFrontAddress } from '../../infra/domain/address.ts'
import { domainTargetOutput } from '../../infra/domain/domain.ts'
import type { Stage } from '../../infra/stage.ts'
import { askEdge } from './edge.ts'
import { look } from './look.ts'
import { askStack, toOutputs } from './stack.ts'

const smoke = join(import.meta.dirname, '..', 'smoke.ts')

/** Prints where the deployed stage is found, and checks it from outside. Gives the exit code. */
export async function reportOutcome(
  stageName: string,
  stage: Stage,
  say: (line: string) => void,
): Promise<number> {
  const names = toDeployNames(stageName, stage)
  const found = await look(() => askStack(stage.region, names.stack))
  const outputs = toOutputs(found.ok ? found.value : undefined)
  const url = toFrontAddress(stage) ?? outputs.get('HttpApiUrl')?.replace(/\/$/, '')
  if (url === undefined) {
    say('The stage is deployed. Its address could not be read, so it was not checked:')
    say(`npm run smoke -- --stage ${stageName} --url https://HOST`)
    return 1
  }
  say(`address:   ${url}`)
  for (const record of await listRecords(stage, names, outputs)) say(`DNS:       ${record}`)
  say(`dashboard: ${toDashboardUrl(names.stack, stage.region)}`)
  say(`front end: use ${url}/oauth2/token as its token endpoint, instead of that of Cognito`)
  const words = [smoke, '--url', url, '--stage', stageName]
  const child = spawn(process.execPath, words, { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code === 0) return 0
  say('The stage is deployed, and the check from outside found what is listed above.')
  say(`Fix it and deploy again, or go back: npm run deploy -- --stage ${stageName} --rollback`)
  return 1
}

/** The records that the operator makes, where the stacks make none. */
async function listRecords(
  stage: Stage,
  { edge }: DeployNames,
  outputs: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const toRecord = (name: string | undefined, target: string | undefined) =>
    target === undefined ? [] : [`${name} must lead to ${target} (CNAME or alias)`]
  const ofApi =
    stage.domainHostedZone === undefined
      ? toRecord(stage.domainName, outputs.get(domainTargetOutput))
      : []
  if (edge === undefined || stage.edgeHostedZone !== undefined) return ofApi
  const found = await look(() => askEdge(edge.stack))
  return [...ofApi, ...toRecord(edge.hostName, found.ok ? found.value?.target : undefined)]
}
