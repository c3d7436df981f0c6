import { fail, type Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import { parseForm } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { Client } from './settings/settings.ts'

/** What a front end may ask for besides tokens: where things are, or to be sent to the user pool domain. */
export type MetadataRequest =
  | {
      readonly kind: 'discovery'
      readonly issuer: string
      readonly grants: readonly GrantType[]
      /** Of the proxy itself, without a slash at its end. */
      readonly baseUrl: string
    }
  | { readonly kind: 'redirect'; readonly location: string }

/** A judged request, with the client's alias as far as it is known. */
export interface JudgedMetadataRequest {
  readonly client: string
  readonly result: Result<MetadataRequest>
}

type Clients = ReadonlyMap<string, Client>

/** The paths of a user pool domain that a browser may be sent on to. */
export const redirectPaths = ['/oauth2/authorize', '/login', '/logout'] as const
/** The path of the discovery document; a client's own stands under `/clients/NAME`. */
export const discoveryPath = '/.well-known/openid-configuration'

const clientDiscoveryPath =
  /^\/clients\/([a-z][a-z0-9-]{0,31})\/\.well-known\/openid-configuration$/
/** What may stand in a `Location` header as it came. */
const visible = /^[\x21-\x7e]+$/

/** Whether there is metadata at a path, for those who ask by another method. */
export function isMetadataPath(path: string): boolean {
  const isRedirect = redirectPaths.some((known) => known === path)
  return isRedirect || path === discoveryPath || clientDiscoveryPath.test(path)
}

/**
 * Judges a gateway event as a request for metadata, before anything is fetched. Fails with
 * `route_not_found`, and for a redirect with `parameter_missing`, `parameter_repeated`,
 * `parameter_malformed`, `client_unknown`.
 *
 * @param publicUrl the deployment's own address; where it is empty, the name that the API was called by
 */
export function judgeMetadataRequest(
  event: GatewayEvent,
  clients: Clients,
  publicUrl: string,
): JudgedMetadataRequest {
  const path = redirectPaths.find((known) => known === event.path)
  if (path !== undefined) return judgeRedirect(event, path, clients)
  const all = [...clients.values()]
  if (event.path === discoveryPath) return judgeDiscovery(event, all, publicUrl)
  const name = clientDiscoveryPath.exec(event.path)?.[1]
  return judgeDiscovery(
    event,
    all.filter((client) => client.name === name),
    publicUrl,
  )
}

/** One document can speak for several clients only if they share one issuer. */
function judgeDiscovery(
  event: GatewayEvent,
  clients: readonly Client[],
  publicUrl: string,
): JudgedMetadataRequest {
  const [first] = clients
  const client = clients.length === 1 && first !== undefined ? first.name : 'unknown'
  const issuer = first?.issuer
  const isShared = clients.every((one) => one.issuer === issuer)
  const baseUrl = publicUrl || (event.domainName && `https://${event.domainName}`)
  if (issuer === undefined || !isShared || !baseUrl) {
    return { client, result: fail('route_not_found', { detail: 'no_discovery' }) }
  }
  const grants = [...new Set(clients.flatMap((one) => one.grants))]
  return { client, result: { ok: true, value: { kind: 'discovery', issuer, grants, baseUrl } } }
}

/**
 * The browser is sent to the domain of the client that the query names, and to nowhere else: of the
 * request only the query goes into the address, behind a fixed host and path.
 *
 * @see RFC 9700 section 4.11 (open redirectors)
 */
function judgeRedirect(
  event: GatewayEvent,
  path: (typeof redirectPaths)[number],
  clients: Clients,
): JudgedMetadataRequest {
  const result = judgeQuery(event, clients)
  if (!result.ok) return { client: 'unknown', result }
  const client = result.value
  const location = `${client.domain}${path}?${event.query}`
  return { client: client.name, result: { ok: true, value: { kind: 'redirect', location } } }
}

function judgeQuery(event: GatewayEvent, clients: Clients): Result<Client> {
  if (event.query === '') return fail('parameter_missing', { detail: 'client_id' })
  const query = parseForm(event.query, false)
  if (!query.ok && query.cause === 'parameter_repeated') return query
  if (!query.ok || !visible.test(event.query)) {
    return fail('parameter_malformed', { detail: 'query' })
  }
  const clientId = query.value.get('client_id')
  if (clientId === undefined) return fail('parameter_missing', { detail: 'client_id' })
  const client = clients.get(clientId)
  return client === undefined ? fail('client_unknown') : { ok: true, value: client }
}
