import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { StackChange } from '../../infra/deploy/changes.ts'
import { siteBucketId } from '../../infra/site/bucket.ts'
import { markDeployment } from '../deployment-mark.ts'
import { openQuestions } from '../questions.ts'
import { readStage } from '../stage-file.ts'
import { readWishes, type Wishes } from './flags.ts'
import { followChange, readLastEvent } from './follow.ts'
import { look, toClientSettings } from './look.ts'
import { reviewChanges } from './review.ts'
import { openScreen, type Screen } from './screen.ts'
import { clearSite } from './site.ts'

interface ChangeSet {
  readonly Status?: string
}

/** The plugins of osls that change a stack, as far as they are steered here. */
export interface StackPlugin {
  waitForChangeSetCreation(changeSet: string, stack: string): Promise<ChangeSet>
  monitorStack(action: string, changeSet: ChangeSet): Promise<unknown>
}

/** What osls gives beside it. */
export interface OslsParts {
  readonly stageName: string
  readonly isInteractive: boolean
  /** Ends what osls shows on a terminal itself. */
  readonly clearProgress: () => void
  /** Makes an error whose message osls shows without a trace of the code. */
  readonly toError: (message: string) => Error
}

/** How a change is made: of what, and as the operator wants it. */
export interface SteerOrder {
  readonly region: string
  readonly service: string
  readonly wishes: Wishes
  readonly screen: Screen
  readonly confirm: () => Promise<boolean>
  /** What has to be done before these changes are executed. */
  readonly prepare: (changes: readonly StackChange[]) => Promise<void>
  /** Milliseconds between two looks at the stack. */
  readonly everyMs: number
}

/** Steers one of osls's plugins by the stage, and by what the command line says. */
export function steerByStage(plugin: StackPlugin, osls: OslsParts): void {
  const read = readStage(osls.stageName)
  if (!read.ok) throw osls.toError(read.problems.join('; '))
  const { region, settings } = read.stage
  const wishes = readWishes(process.env)
  steerStackPlugin(plugin, osls, {
    ...{ region, service: settings.service, wishes },
    screen: openScreen(osls.isInteractive),
    confirm: () => askToGoOn(wishes.asksFirst && osls.isInteractive),
    prepare: async (changes) => {
      if (!changes.some(isRemovalOfSite)) return
      const cleared = await look(() => clearSite({ name: osls.stageName, stage: read.stage }))
      if (!cleared.ok) throw osls.toError('The bucket of the site could not be emptied.')
    },
    // As osls does, which reads the same variable.
    everyMs: Number(process.env['SLS_AWS_MONITORING_FREQUENCY'] ?? 5000),
  })
}

/**
 * Takes over what osls has no hook for: between making its change set and executing it, this shows it, asks, and marks
 * the deployment; then it follows the change until its end. What is reviewed is exactly what is executed.
 */
export function steerStackPlugin(
  plugin: StackPlugin,
  { clearProgress, toError }: OslsParts,
  { region, service, wishes, screen, confirm, prepare, everyMs }: SteerOrder,
): void {
  const { allowsReplacement } = wishes
  const cloudFormation = new CloudFormationClient(toClientSettings(region))
  const begun = { stack: '', after: undefined as string | undefined, total: 0 }
  const waitForCreation = plugin.waitForChangeSetCreation.bind(plugin)
  plugin.waitForChangeSetCreation = async (ChangeSetName, StackName) => {
    const made = await waitForCreation(ChangeSetName, StackName)
    if (made.Status !== 'CREATE_COMPLETE') return made
    clearProgress()
    const changeSet = { StackName, ChangeSetName }
    const order = { changeSet, allowsReplacement, confirm, say: screen.say }
    const reviewed = await reviewChanges(cloudFormation, order)
    if (!reviewed.ok) throw toError(reviewed.problem)
    const after = await readLastEvent(cloudFormation, StackName)
    Object.assign(begun, { stack: StackName, after, total: reviewed.changes.length })
    await prepare(reviewed.changes)
    await markDeployment({ region, service }, console.warn)
    return made
  }
  plugin.monitorStack = async () => {
    const { ended, failure } = await followChange(cloudFormation, { ...begun, everyMs, screen })
    if (ended === 'CREATE_COMPLETE' || ended === 'UPDATE_COMPLETE') return ended
    throw toError(failure ?? `the stack ended as ${ended}`)
  }
}

/** CloudFormation deletes no bucket that holds something. */
function isRemovalOfSite({ action, logicalId }: StackChange): boolean {
  return action === 'Remove' && logicalId === siteBucketId
}

async function askToGoOn(isAsked: boolean): Promise<boolean> {
  const questions = openQuestions(!isAsked)
  const goesOn = await questions.confirm('Change this?')
  questions.close()
  return goesOn
}
