import { createHash, randomBytes } from 'node:crypto'
import { edgeKeyHeader } from '../core/edge-key.ts'
import { textSettings } from '../core/settings/table.ts'
import { readDistribution } from '../local/edge/distribution.ts'

/** What one run of the gateway makes up for a distribution, as a deployment would. */
export interface MadeUp {
  /** The headers of the distribution that its template leaves to the deployment. */
  readonly originHeaders: ReadonlyMap<string, string>
  /** What the functions have to know of them. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * Makes up the values that the template of a distribution leaves open: the key of this run, whose digest the
 * functions get. A key that the template has itself is left to whoever set its digest.
 *
 * @throws Error that names what the template lacks or what cannot be played
 */
export function makeUpHeaders(template: unknown): MadeUp {
  const open = readDistribution(template).originHeaders.filter(({ value }) => value === undefined)
  const originHeaders = new Map(open.map(({ name }) => [name, randomBytes(32).toString('hex')]))
  const key = originHeaders.get(edgeKeyHeader)
  if (key === undefined) return { originHeaders, env: {} }
  const digest = createHash('sha256').update(key).digest('hex')
  return { originHeaders, env: { [textSettings.edgeKeyDigests.variable]: digest } }
}
