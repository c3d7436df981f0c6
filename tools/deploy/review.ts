import {
  type Change,
  CloudFormationClient,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
} from '@aws-sdk/client-cloudformation'
import { type StackChange, summarizeChanges } from '../../infra/deploy/changes.ts'
import { toClientSettings } from './look.ts'

/** A change set that is made and not yet executed, and how the operator wants it. */
export interface ReviewOrder {
  readonly region: string
  readonly changeSet: { readonly StackName: string; readonly ChangeSetName: string }
  readonly allowsReplacement: boolean
  readonly say: (line: string) => void
}

/**
 * Prints what a change set will do, and gives its changes. Where something stateful would be lost and nobody allowed
 * it, it deletes the change set and throws: the stack stays as it is.
 */
export async function reviewChanges(order: ReviewOrder): Promise<readonly StackChange[]> {
  const { changeSet, say } = order
  const cloudFormation = new CloudFormationClient(toClientSettings(order.region))
  try {
    const changes = await readChanges(cloudFormation, changeSet)
    const { lines, losses } = summarizeChanges(changes)
    for (const line of ['what changes:', ...lines.map((line) => `- ${line}`)]) say(line)
    for (const loss of losses) say(`! ${loss}`)
    if (losses.length === 0 || order.allowsReplacement) return changes
    await cloudFormation.send(new DeleteChangeSetCommand(changeSet))
    throw new Error(
      'Nothing of the stack was changed, because something would be lost. Change the stage back, or save what you need and add --allow-replacement.',
    )
  } finally {
    cloudFormation.destroy()
  }
}

async function readChanges(
  cloudFormation: CloudFormationClient,
  changeSet: ReviewOrder['changeSet'],
): Promise<readonly StackChange[]> {
  const changes: StackChange[] = []
  let next: string | undefined
  do {
    const page = await cloudFormation.send(
      new DescribeChangeSetCommand({ ...changeSet, NextToken: next }),
    )
    changes.push(...(page.Changes ?? []).flatMap(toStackChange))
    next = page.NextToken
  } while (next !== undefined)
  return changes
}

function toStackChange({ ResourceChange: change }: Change): readonly StackChange[] {
  if (change === undefined) return []
  return [
    {
      action: change.Action ?? '',
      type: change.ResourceType ?? '',
      logicalId: change.LogicalResourceId ?? '',
      replacement: change.Replacement,
      policyAction: change.PolicyAction,
    },
  ]
}
