import { toAuthorizeQuery } from './authorize-query.ts'
import { fail, type Result } from './causes/catalogue.ts'
import { type DiscoveryRequest, judgeDiscovery } from './discovery-request.ts'
import { type Form, parseForm } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { isStandardLogout, judgeLogout } from './logout-request.ts'
import { redirectPaths } from './paths.ts'
import type { Client } from './settings/settings.ts'
import { judgeSignIn, type SignIn } from './sign-in-cookie.ts'

/** What a front end may ask for besides tokens: where things are, or to be sent to the user pool domain. */
export type MetadataRequest =
  | DiscoveryRequest
  | SignIn
  | { readonly kind: 'redirect'; readonly location: string }

/** A judged request, with the client's alias as far as it is known. */
export interface JudgedMetadataRequest {
  readonly client: string
  readonly result: Result<MetadataRequest>
}

type Clients = ReadonlyMap<string, Client>

/** What may stand in a `Location` header as it came. */
const visible = /^[\x21-\x7e]+$/

/**
 * Judges a gateway event as a request for metadata, before anything is fetched. Fails with
 * `route_not_found`, and for a redirect with `parameter_missing`, `parameter_repeated`,
 * `parameter_malformed`, `client_unknown`, `redirect_uri_not_allowed`.
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
  const query = readQuery(event)
  if (!query.ok) return { client: 'unknown', result: query }
  if (path === '/logout' && isStandardLogout(query.value)) {
    const { client, result } = judgeLogout(query.value, clients)
    return { client, result: result.ok ? toRedirect(result.value) : result }
  }
  const found = findClient(query.value, clients)
  if (!found.ok) return { client: 'unknown', result: found }
  const { name, domain, refreshToken } = found.value
  const isAuthorize = path === '/oauth2/authorize'
  const passedOn = isAuthorize ? toAuthorizeQuery(event.query, found.value) : event.query
  const destination = { address: `${domain}${path}`, query: passedOn }
  // Cognito's /logout goes on to sign-in where it is asked for a code.
  const isSignIn = path !== '/logout' || query.value.has('response_type')
  const result =
    refreshToken === 'cookie' && isSignIn
      ? judgeSignIn(event, query.value, found.value, destination)
      : toRedirect(`${destination.address}?${passedOn}`)
  return { client: name, result }
}

function toRedirect(location: string): Result<MetadataRequest> {
  return { ok: true, value: { kind: 'redirect', location } }
}

function readQuery(event: GatewayEvent): Result<Form> {
  if (event.query === '') return fail('parameter_missing', { detail: 'client_id' })
  const query = parseForm(event.query, false)
  if (!query.ok && query.cause === 'parameter_repeated') return query
  return query.ok && visible.test(event.query)
    ? query
    : fail('parameter_malformed', { detail: 'query' })
}

function findClient(query: Form, clients: Clients): Result<Client> {
  const clientId = query.get('client_id')
  if (clientId === undefined) return fail('parameter_missing', { detail: 'client_id' })
  const client = clients.get(clientId)
  return client === undefined ? fail('client_unknown') : { ok: true, value: client }
}
