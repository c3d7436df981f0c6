import { changesAuthorize } from './authorize-query.ts'
import { fail, type Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import type { ProxyEndpoints } from './discovery.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { parseDocumentPath } from './metadata-path.ts'
import { isBaseUrl } from './settings/addresses.ts'
import type { Client } from './settings/settings.ts'

/** A judged request for a document: whose issuer is asked for it, and what the proxy's document says. */
export interface DiscoveryRequest extends ProxyEndpoints {
  readonly kind: 'discovery'
  /** The issuer that is asked: the user pool. */
  readonly poolIssuer: string
}

/**
 * Judges a request for a document. One document can speak for several clients only if they share one issuer.
 * Fails with `route_not_found`.
 *
 * The issuer that it names follows from how it was asked for: OpenID Connect clients check ID tokens against
 * it, and those are the user pool's; OAuth clients compare it with the address that they began with.
 *
 * @param publicUrl the deployment's own address; where it is empty, the name that the API was called by
 * @see RFC 8414 section 3.3
 */
export function judgeDiscovery(
  event: GatewayEvent,
  clients: readonly Client[],
  publicUrl: string,
): { readonly client: string; readonly result: Result<DiscoveryRequest> } {
  const asked = parseDocumentPath(event.path)
  const meant = clients.filter(({ name }) => asked?.name === undefined || asked.name === name)
  const [first] = asked === undefined ? [] : meant
  const client = meant.length === 1 && first !== undefined ? first.name : 'unknown'
  const poolIssuer = first?.issuer
  const isShared = meant.every((one) => one.issuer === poolIssuer)
  const baseUrl = toBaseUrl(event, publicUrl)
  if (poolIssuer === undefined || !isShared || !baseUrl) {
    return { client, result: fail('route_not_found', { detail: 'no_discovery' }) }
  }
  const ownIssuer = asked?.name === undefined ? baseUrl : `${baseUrl}/clients/${asked.name}`
  const issuer = asked?.isForOAuth === true ? ownIssuer : poolIssuer
  const value = {
    kind: 'discovery' as const,
    ...{ poolIssuer, issuer, baseUrl },
    grants: toGrants(meant),
    viaProxy: toEndpointsViaProxy(meant),
  }
  return { client, result: { ok: true, value } }
}

/** Whether sign-in has to begin here: something is taken out of it, or it is bound to the browser. */
function beginsHere(client: Client): boolean {
  return client.refreshToken === 'cookie' || changesAuthorize(client)
}

/** What clients must come here for, so that the proxy can change what it passes on. */
function toEndpointsViaProxy(clients: readonly Client[]): ProxyEndpoints['viaProxy'] {
  return [
    ...(clients.some(beginsHere) ? ['authorization_endpoint' as const] : []),
    ...(clients.some(({ logoutUris }) => logoutUris.length > 0)
      ? ['end_session_endpoint' as const]
      : []),
  ]
}

/** The address by which the API was called has its base path; any other address is one without. */
function toBaseUrl({ domainName, basePath }: GatewayEvent, publicUrl: string): string | undefined {
  const address = `https://${domainName ?? ''}`
  const called = isBaseUrl(address) ? address : undefined
  const baseUrl = publicUrl || called
  return baseUrl && baseUrl === called ? `${baseUrl}${basePath}` : baseUrl
}

function toGrants(clients: readonly Client[]): readonly GrantType[] {
  return [...new Set(clients.flatMap((one) => one.grants))]
}
