import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation'
import { edgeRegion } from '../../infra/edge/problems.ts'
import { toEdgeTemplate } from '../../infra/edge/template.ts'
import type { Stage } from '../../infra/stage.ts'
import type { EdgeKey } from './edge.ts'
import { look, toClientSettings } from './look.ts'
import { reviewChanges } from './review.ts'

/** An edge that is made, or given another key. */
export interface EdgeOrder {
  readonly stage: Stage
  readonly stack: string
  readonly exists: boolean
  readonly edgeKey: EdgeKey
  readonly allowsReplacement: boolean
  readonly say: (line: string) => void
}

/** CloudFront takes some minutes to reach all of its places. */
const longestDeploySeconds = 1800
const longestPlanSeconds = 120

/**
 * Deploys the stack in front of a stage with its next key, and waits until every place of CloudFront has it. Throws
 * where that does not come about: CloudFormation then keeps or restores the key of before.
 */
export async function deployEdge(order: EdgeOrder): Promise<void> {
  const { stack, exists, say } = order
  const client = new CloudFormationClient(toClientSettings(edgeRegion))
  const ChangeSetName = `edge-${order.edgeKey.digest.slice(0, 16)}`
  try {
    const { StackId = stack } = await client.send(
      new CreateChangeSetCommand(toChangeSet(order, ChangeSetName)),
    )
    const changeSet = { StackName: StackId, ChangeSetName }
    await waitUntilChangeSetCreateComplete({ client, maxWaitTime: longestPlanSeconds }, changeSet)
    const { allowsReplacement } = order
    const confirm = async () => true
    const reviewed = await reviewChanges(client, { changeSet, allowsReplacement, confirm, say })
    if (!reviewed.ok) throw new Error(reviewed.problem)
    await client.send(
      new ExecuteChangeSetCommand({ ...changeSet, ClientRequestToken: ChangeSetName }),
    )
    say('CloudFront takes over its configuration everywhere, which takes some minutes …')
    const wait = exists ? waitUntilStackUpdateComplete : waitUntilStackCreateComplete
    const done = await look(() =>
      wait({ client, maxWaitTime: longestDeploySeconds }, { StackName: StackId }),
    )
    if (!done.ok) throw new Error(await explainFailure(client, StackId, ChangeSetName))
  } finally {
    client.destroy()
  }
}

function toChangeSet({ stage, stack, exists, edgeKey }: EdgeOrder, ChangeSetName: string) {
  const tags = Object.entries(stage.tags).map(([Key, Value]) => ({ Key, Value }))
  return {
    ...{ StackName: stack, ChangeSetName },
    TemplateBody: JSON.stringify(toEdgeTemplate(stage)),
    Parameters: [
      { ParameterKey: 'OriginHost', ParameterValue: stage.domainName },
      { ParameterKey: 'EdgeKey', ParameterValue: edgeKey.key.reveal() },
      { ParameterKey: 'EdgeKeyDigest', ParameterValue: edgeKey.digest },
    ],
    Tags: tags,
    // What could not be made leaves nothing that would have to be removed first.
    ...(exists
      ? { ChangeSetType: 'UPDATE' as const }
      : { ChangeSetType: 'CREATE' as const, OnStackFailure: 'DELETE' as const }),
  }
}

/** The first thing that failed, in the words of CloudFormation; it masks the key itself. */
async function explainFailure(
  client: CloudFormationClient,
  StackName: string,
  token: string,
): Promise<string> {
  const found = await look(() => client.send(new DescribeStackEventsCommand({ StackName })))
  const events = found.ok ? (found.value.StackEvents ?? []) : []
  const first = events
    .filter((one) => one.ClientRequestToken === token && /_FAILED$/.test(one.ResourceStatus ?? ''))
    .at(-1)
  return first === undefined
    ? `the stack did not become complete: look at its events in ${edgeRegion}`
    : `${first.LogicalResourceId}: ${first.ResourceStatusReason ?? first.ResourceStatus}`
}

/** Deletes the stack in front of a stage, and waits until it is gone. */
export async function removeEdge(stack: string): Promise<void> {
  const client = new CloudFormationClient(toClientSettings(edgeRegion))
  try {
    await client.send(new DeleteStackCommand({ StackName: stack }))
    await waitUntilStackDeleteComplete(
      { client, maxWaitTime: longestDeploySeconds },
      { StackName: stack },
    )
  } finally {
    client.destroy()
  }
}
