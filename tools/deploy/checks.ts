import type { Remark } from '../../infra/deploy/judged.ts'
import { toDeployNames } from '../../infra/deploy/names.ts'
import { judgeReadiness } from '../../infra/deploy/readiness.ts'
import type { Stage } from '../../infra/stage.ts'
import { askFindings, askIdentity } from './account.ts'

/** Where the checks write, and whether active alarms do not matter. */
export interface ChecksOrder {
  readonly say: (line: string) => void
  readonly ignoresAlarms: boolean
}

/** Looks for what will stop the deployment, and prints it as one list. Gives whether nothing does. */
export async function checkAccount(
  stageName: string,
  stage: Stage,
  { say, ignoresAlarms }: ChecksOrder,
): Promise<boolean> {
  const { region } = stage
  const identity = await askIdentity(region)
  if (!identity.ok) {
    say('nothing was deployed:')
    say(`- no usable AWS credentials for ${region} (${identity.error})`)
    say('  → Sign in, such as with aws sso login, or set AWS_PROFILE.')
    say(`    If they work elsewhere, ${region} may be misspelled or not enabled in the account.`)
    return false
  }
  const all = toDeployNames(stageName, stage)
  const names = ignoresAlarms ? { ...all, stoppingAlarms: [] } : all
  say(`deploying ${names.stack} to account ${identity.value.account}, ${region}`)
  const findings = await askFindings(names, stage, identity.value)
  const { problems, unchecked } = judgeReadiness(findings, names, stageName)
  for (const line of unchecked.flatMap(toLines)) say(line)
  if (problems.length === 0) return true
  say('nothing was deployed, because this would stop it:')
  for (const line of problems.flatMap(toLines)) say(line)
  return false
}

function toLines({ says, fix }: Remark): readonly string[] {
  return [`- ${says}`, `  → ${fix}`]
}
