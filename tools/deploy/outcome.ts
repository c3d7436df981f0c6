import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { toDashboardUrl, toDeployNames } from '../../infra/deploy/names.ts'
import { toFrontAddress } from '../../infra/domain/address.ts'
import { domainTargetOutput } from '../../infra/domain/domain.ts'
import type { Stage } from '../../infra/stage.ts'
import { look, toClientSettings } from './account.ts'

const smoke = join(import.meta.dirname, '..', 'smoke.ts')

/** Prints where the deployed stage is found, and checks it from outside. Gives the exit code. */
export async function reportOutcome(
  stageName: string,
  stage: Stage,
  say: (line: string) => void,
): Promise<number> {
  const { stack } = toDeployNames(stageName, stage)
  const outputs = await askOutputs(stack, stage.region)
  const url = toFrontAddress(stage) ?? outputs.get('HttpApiUrl')?.replace(/\/$/, '')
  if (url === undefined) {
    say('The stage is deployed. Its address could not be read, so it was not checked:')
    say(`npm run smoke -- --stage ${stageName} --url https://HOST`)
    return 1
  }
  say(`address:   ${url}`)
  for (const record of listRecords(stage, outputs)) say(`DNS:       ${record}`)
  say(`dashboard: ${toDashboardUrl(stack, stage.region)}`)
  say(`front end: use ${url}/oauth2/token as its token endpoint, instead of that of Cognito`)
  const words = [smoke, '--url', url, '--stage', stageName]
  const child = spawn(process.execPath, words, { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code === 0) return 0
  say('The stage is deployed, and the check from outside found what is listed above.')
  say(`Fix it and deploy again, or go back: npx osls rollback --stage ${stageName}`)
  return 1
}

/** The records that the operator makes, where the stack makes none. */
function listRecords(stage: Stage, outputs: ReadonlyMap<string, string>): readonly string[] {
  const target = outputs.get(domainTargetOutput)
  if (stage.domainHostedZone !== undefined || target === undefined) return []
  return [`${stage.domainName} must lead to ${target} (CNAME or alias)`]
}

async function askOutputs(stack: string, region: string): Promise<ReadonlyMap<string, string>> {
  const cloudFormation = new CloudFormationClient(toClientSettings(region))
  const found = await look(() =>
    cloudFormation.send(new DescribeStacksCommand({ StackName: stack })),
  )
  const outputs = found.ok ? (found.value.Stacks?.[0]?.Outputs ?? []) : []
  return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]))
}
