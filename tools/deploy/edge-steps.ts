import type { DeployedEdge } from '../../infra/deploy/edge.ts'
import type { DeployNames } from '../../infra/deploy/names.ts'
import { chooseDigests } from '../../infra/edge/digests.ts'
import { toEdgeStackName } from '../../infra/physical-names.ts'
import type { Stage } from '../../infra/stage.ts'
import { askEdge, type EdgeKey, makeEdgeKey } from './edge.ts'
import { deployEdge, removeEdge } from './edge-stack.ts'
import { look } from './look.ts'

/** What a deployment has to do in front of the stage, planned from what is deployed there now. */
export interface EdgePlan {
  readonly stack: string
  readonly edgeKey: EdgeKey
  readonly deployed: DeployedEdge | undefined
  /** What the stage's own stack accepts until the next deployment; undefined where it accepts everybody. */
  readonly digests: string | undefined
}

/** A step that was not possible, in one line for the operator. */
export type Planned =
  | { readonly ok: true; readonly plan: EdgePlan | undefined }
  | { readonly ok: false; readonly problem: string }

/**
 * Plans the next key of the edge. The key that is sent now stays accepted until the next deployment, so that a run
 * which ends at any point leaves a system that serves.
 */
export async function planEdge({ edge }: DeployNames): Promise<Planned> {
  if (edge === undefined) return { ok: true, plan: undefined }
  const { stack } = edge
  const found = await look(() => askEdge(stack))
  if (!found.ok) {
    return { ok: false, problem: `the stack ${stack} could not be read (${found.error})` }
  }
  const edgeKey = makeEdgeKey()
  const deployed = found.value
  const digests =
    edge.mode === 'required' ? chooseDigests(deployed?.digest, edgeKey.digest) : undefined
  return { ok: true, plan: { stack, edgeKey, deployed, digests } }
}

/** What is done in front of a stage once the stage itself is deployed. */
export interface EdgeStep {
  readonly stage: Stage
  readonly plan: EdgePlan | undefined
  readonly allowsReplacement: boolean
  readonly say: (line: string) => void
}

/** Lets the edge send its next key, or ends an edge that the stage no longer wants. Gives whether all is well. */
export async function finishEdge(step: EdgeStep): Promise<boolean> {
  const { plan, say } = step
  if (plan === undefined) return endEdge(step)
  const { stack, edgeKey, deployed } = plan
  const { stage, allowsReplacement } = step
  const done = await attempt(() =>
    deployEdge({
      ...{ stage, stack, edgeKey, allowsReplacement, say },
      exists: deployed !== undefined,
    }),
  )
  const isDone = done === undefined && (await sends(stack, edgeKey))
  if (isDone) return true
  say(
    `The stage is deployed, and what stands in front of it is not: ${done ?? 'it sends another key'}`,
  )
  say(
    deployed === undefined
      ? 'Nothing is left of it. After the fix, run this command again.'
      : 'It still sends the key of before, which the stage accepts. After the fix, run this command again.',
  )
  return false
}

/** What the stack says of itself is the proof, and not that nothing went wrong. */
async function sends(stack: string, { digest }: EdgeKey): Promise<boolean> {
  const found = await look(() => askEdge(stack))
  return found.ok && found.value?.digest === digest
}

/** Front ends may still call it, so it is deleted only where the operator says so. */
async function endEdge({ stage, allowsReplacement, say }: EdgeStep): Promise<boolean> {
  const stack = toEdgeStackName(stage.name)
  const found = await look(() => askEdge(stack))
  if (!found.ok || found.value === undefined) return true
  if (!allowsReplacement) {
    say(`CloudFront is still in front of the stage (${stack}), and costs money.`)
    say('When no front end calls it any more, deploy with --allow-replacement, which deletes it.')
    return true
  }
  say(`deleting ${stack}, which takes some minutes …`)
  const done = await attempt(() => removeEdge(stack))
  if (done === undefined) return true
  say(`The stage is deployed, and ${stack} could not be deleted: ${done}`)
  return false
}

async function attempt(act: () => Promise<void>): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (thrown) {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'no reason given'
  }
}
