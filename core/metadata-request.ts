import { fail, type Result } from './causes/catalogue.ts'
import {
  type DiscoveryRequest,
  documentPaths,
  isDocumentPath,
  judgeDiscovery,
} from './discovery-request.ts'
import { parseForm } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { Client } from './settings/settings.ts'

/** What a front end may ask for besides tokens: where things are, or to be sent to the user pool domain. */
export type MetadataRequest =
  | DiscoveryRequest
  | { readonly kind: 'redirect'; readonly location: string }

/** A judged request, with the client's alias as far as it is known. */
export interface JudgedMetadataRequest {
  readonly client: string
  readonly result: Result<MetadataRequest>
}

type Clients = ReadonlyMap<string, Client>

/** The paths of a user pool domain that a browser may be sent on to. */
const redirectPaths = ['/oauth2/authorize', '/login', '/logout'] as const
/** Where people and monitors ask what this is and whether it is usable. */
const aboutPaths = ['/', '/health'] as const

/** Every path that is answered with metadata, as routes write it. */
export const metadataPaths = [...documentPaths, ...redirectPaths, ...aboutPaths] as const

/** What may stand in a `Location` header as it came. */
const visible = /^[\x21-\x7e]+$/

/** Whether a path asks what this is, and whether its settings are usable. */
export function isAboutPath(path: string): boolean {
  return aboutPaths.some((known) => known === path)
}

/** Whether there is metadata at a path, for those who ask by another method; at `/` it is tokens they want. */
export function isMetadataPath(path: string): boolean {
  return path === '/health' || redirectPaths.some((known) => known === path) || isDocumentPath(path)
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
  return judgeDiscovery(event, [...clients.values()], publicUrl)
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
