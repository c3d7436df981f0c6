import type { Settings } from '../settings/settings.ts'
import { toDomainRegion, toPoolRegion } from '../user-pool.ts'
import type { Named } from './named.ts'

/** An app client that can be looked for, and how. */
export interface Target {
  readonly clientId: string
  readonly userPoolId: string | undefined
  /** The base URL of the domain. */
  readonly domain: string | undefined
  /** Whether a stage of ours has this domain; any other is only a name in a text, which nothing is sent to. */
  readonly isOwnDomain: boolean
  readonly redirectUri: string | undefined
  /** The Region of the user pool, as far as its names say it. */
  readonly region: string | undefined
}

/**
 * Finds which app client a text is about, with the help of the settings of a stage. Undefined where it names no client,
 * or nothing that leads to the user pool.
 */
export function findTarget(
  named: Named,
  settings: Pick<Settings, 'clients'> | undefined,
): Target | undefined {
  const clients = [...(settings?.clients.values() ?? [])]
  const known =
    clients.find(({ clientId }) => clientId === named.clientId) ??
    clients.find(({ name }) => named.clientId === undefined && name === named.alias)
  const { clientId = known?.clientId, userPoolId = known?.userPoolId, redirectUri } = named
  const domain = known?.domain ?? named.domain
  const region = toRegion(userPoolId, domain)
  if (clientId === undefined || (userPoolId ?? domain) === undefined) return undefined
  return {
    ...{ clientId, userPoolId, domain, redirectUri },
    isOwnDomain: known !== undefined,
    region,
  }
}

function toRegion(userPoolId: string | undefined, domain: string | undefined): string | undefined {
  if (userPoolId !== undefined) return toPoolRegion(userPoolId)
  return domain === undefined ? undefined : toDomainRegion(domain)
}
