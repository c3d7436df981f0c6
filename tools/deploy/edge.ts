import { createHash, randomBytes } from 'node:crypto'
import { Secret } from '../../core/secret.ts'
import type { DeployedEdge } from '../../infra/deploy/edge.ts'
import { edgeRegion } from '../../infra/edge/problems.ts'
import { edgeOutputs } from '../../infra/edge/template.ts'
import { askStack, toOutputs } from './stack.ts'

/** The key by which the functions know the distribution. It is kept in the memory of this process alone. */
export interface EdgeKey {
  readonly key: Secret
  /** Its SHA-256 digest in lower-case hex, which is no secret. */
  readonly digest: string
}

const keyBytes = 32

/** Makes a key of 256 random bits. */
export function makeEdgeKey(): EdgeKey {
  const key = randomBytes(keyBytes).toString('base64url')
  return { key: new Secret(key), digest: createHash('sha256').update(key).digest('hex') }
}

/** Asks what stands in front of a stage; undefined where there is nothing, or only the plan of something. */
export async function askEdge(stack: string): Promise<DeployedEdge | undefined> {
  const found = await askStack(edgeRegion, stack)
  if (found === undefined || found.StackStatus === 'REVIEW_IN_PROGRESS') return undefined
  const outputs = toOutputs(found)
  return {
    status: found.StackStatus ?? '',
    digest: outputs.get(edgeOutputs.digest),
    region: outputs.get(edgeOutputs.region),
    target: outputs.get(edgeOutputs.target),
  }
}
