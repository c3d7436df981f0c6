import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { toProgress } from '../../infra/deploy/events.ts'
import { toDeployNames } from '../../infra/deploy/names.ts'
import { toAftermath } from '../../infra/deploy/stack-state.ts'
import type { Stage } from '../../infra/stage.ts'
import { readEventsAfter } from './follow.ts'
import { look, toClientSettings } from './look.ts'
import { askStack } from './stack.ts'

/** How the child process of osls ended before the deployment was complete. */
export type Stop = 'failed' | 'interrupted'

/** Says what a deployment that stopped has left behind, what failed first, and what to do next. */
export async function reportStop(
  stageName: string,
  stage: Stage,
  stop: Stop,
  say: (line: string) => void,
): Promise<void> {
  const { stack, region } = toDeployNames(stageName, stage)
  const cloudFormation = new CloudFormationClient(toClientSettings(region))
  say(stop === 'failed' ? 'The deployment stopped.' : 'The command was ended.')
  const status = await look(() => askStack(region, stack))
  if (!status.ok) {
    say(`- the state of the stack ${stack} could not be read (${status.error})`)
    say(
      `  → With credentials that work: aws cloudformation describe-stacks --region ${region} --stack-name ${stack}`,
    )
    return
  }
  const failure = await look(() => findFailure(cloudFormation, stack))
  if (
    /ROLLBACK|FAILED/.test(status.value?.StackStatus ?? '') &&
    failure.ok &&
    failure.value !== undefined
  ) {
    say(`- first failed: ${failure.value}`)
  }
  const { says, fix } = toAftermath(status.value?.StackStatus, { stack, region }, stageName)
  say(`- ${says}`)
  say(`  → ${fix}`)
}

/** Of the last change alone: before it, the stack itself said that another one was over. */
async function findFailure(cloudFormation: CloudFormationClient, stack: string) {
  const events = await readEventsAfter(cloudFormation, { stack, after: undefined })
  const begin = events.findLastIndex(
    ({ isStack, status }) => isStack && /^(?:CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(status),
  )
  return toProgress(events.slice(Math.max(0, begin))).failure
}
