import { toFormBody } from './form.ts'
import type { Client } from './settings/settings.ts'

/** Whether a client's settings take something out of its requests to authorize. */
export function changesAuthorize({ droppedScopes, dropResource }: Client): boolean {
  return dropResource || droppedScopes.length > 0
}

/**
 * Takes out of a request to authorize what the client's settings say and Cognito would refuse; the rest stays
 * byte for byte. Where no scope would be left, all stay: without any, Cognito would grant every scope of the
 * app client.
 *
 * @param query one that can be read as a form
 */
export function toAuthorizeQuery(query: string, client: Client): string {
  if (!changesAuthorize(client)) return query
  return query
    .split('&')
    .flatMap((pair) => toKeptPair(pair, client))
    .join('&')
}

function toKeptPair(pair: string, { droppedScopes, dropResource }: Client): readonly string[] {
  for (const [name, value] of new URLSearchParams(pair)) {
    if (name === 'resource' && dropResource) return []
    if (name !== 'scope') continue
    const scopes = value.split(' ').filter((scope) => scope !== '')
    const kept = scopes.filter((scope) => !droppedScopes.includes(scope))
    const isChanged = kept.length > 0 && kept.length < scopes.length
    if (isChanged) return [toFormBody({ scope: kept.join(' ') })]
  }
  return [pair]
}
