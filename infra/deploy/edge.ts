import { edgeRegion } from '../edge/problems.ts'
import { toEdgeStackName } from '../physical-names.ts'
import type { Stage } from '../stage.ts'
import { type Judged, type Looked, stop } from './judged.ts'
import { judgeStack } from './stack-state.ts'

/** The stack in front of a stage, as it is deployed. */
export interface DeployedEdge {
  readonly status: string
  /** The digest of the key that the distribution sends now. */
  readonly digest: string | undefined
  /** The Region of the API behind it. */
  readonly region: string | undefined
  /** Where the record of its name must lead. */
  readonly target: string | undefined
}

/** The edge that a stage wants. */
export interface WantedEdge {
  readonly stack: string
  readonly mode: Exclude<Stage['edge'], 'off'>
  readonly hostName: string
  /** The Region of the API behind it. */
  readonly region: string
}

/** What stands in front of a stage, and what the stage's own stack asks of a request. */
export interface FoundEdge {
  /** Undefined where there is none. */
  readonly edge: Looked<DeployedEdge | undefined>
  /** Whether the stage's own stack is there and serves whoever comes directly. */
  readonly servesDirectly: boolean
}

/** Gives the edge that a stage wants; undefined where it wants none. */
export function toWantedEdge(stage: Stage): WantedEdge | undefined {
  const { name, edge: mode, edgeDomainName: hostName = '', region } = stage
  return mode === 'off' ? undefined : { stack: toEdgeStackName(name), mode, hostName, region }
}

/**
 * Judges whether the edge of a stage can be deployed. Its state must be known: the key that it sends now has to be
 * accepted until it sends the next one.
 */
export function judgeEdge(wanted: WantedEdge, found: FoundEdge): readonly Judged[] {
  const { stack } = wanted
  const { edge, servesDirectly } = found
  if (!edge.ok) {
    return [
      stop(
        `the stack ${stack} in ${edgeRegion} could not be read (${edge.error}), so that its key is not known`,
        `Use credentials that may call cloudformation:DescribeStacks in ${edgeRegion}.`,
      ),
    ]
  }
  const { value } = edge
  const place = { stack, region: edgeRegion }
  const removal = `aws cloudformation delete-stack --region ${edgeRegion} --stack-name ${stack}`
  const isHasty = value === undefined && wanted.mode === 'required' && servesDirectly
  const isElsewhere = value?.region !== undefined && value.region !== wanted.region
  return [
    judgeStack({ ...place, status: { ok: true, value: value?.status }, removal }),
    ...(isHasty ? [judgeHaste(wanted)] : []),
    ...(isElsewhere ? [judgeMove(wanted, value.region)] : []),
  ]
}

/** Front ends that come directly would be refused before they can come another way. */
function judgeHaste({ hostName }: WantedEdge): Judged {
  return stop(
    'front ends reach the API directly, and with edge "required" it would refuse them',
    `Deploy with edge: "optional" first. Let the front ends call https://${hostName}, then set "required".`,
  )
}

/** The API in the other Region would not accept the next key, and users are still sent there. */
function judgeMove({ stack, region }: WantedEdge, deployed: string): Judged {
  return stop(
    `the stack ${stack} leads to the API in ${deployed}, and this stage is in ${region}`,
    'Copy the stage file to a new name with domain names of its own, and move the front ends: docs/operations.md.',
  )
}
