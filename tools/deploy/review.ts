import {
  type Change,
  type CloudFormationClient,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
} from '@aws-sdk/client-cloudformation'
import { type StackChange, summarizeChanges } from '../../infra/deploy/changes.ts'

/** A change set that is made and not yet executed, and how the operator wants it. */
export interface ReviewOrder {
  readonly changeSet: { readonly StackName: string; readonly ChangeSetName: string }
  readonly allowsReplacement: boolean
  /** Asks whether to go on, where nothing would be lost or that is allowed. */
  readonly confirm: () => Promise<boolean>
  readonly say: (line: string) => void
}

/** What a change set changes, or why it is not executed. */
export type Reviewed =
  | { readonly ok: true; readonly changes: readonly StackChange[] }
  | { readonly ok: false; readonly problem: string }

/**
 * Prints what a change set will do. Where something stateful would be lost and nobody allowed it, or nobody wants it, the
 * change set is deleted: the stack stays as it is.
 */
export async function reviewChanges(
  cloudFormation: CloudFormationClient,
  { changeSet, say, allowsReplacement, confirm }: ReviewOrder,
): Promise<Reviewed> {
  const changes = await readChanges(cloudFormation, changeSet)
  const { lines, losses } = summarizeChanges(changes)
  for (const line of ['what changes:', ...lines.map((line) => `- ${line}`)]) say(line)
  for (const loss of losses) say(`! ${loss}`)
  const isRefused = losses.length > 0 && !allowsReplacement
  if (!isRefused && (await confirm())) return { ok: true, changes }
  await cloudFormation.send(new DeleteChangeSetCommand(changeSet))
  const problem = isRefused
    ? 'Nothing of the stack was changed, because something would be lost. Change the stage back, or save what you need and add --allow-replacement.'
    : 'Nothing of the stack was changed.'
  return { ok: false, problem }
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
