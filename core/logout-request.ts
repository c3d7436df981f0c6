import { fail, type Result } from './causes/catalogue.ts'
import { decodeBase64, type Form, toFormBody } from './form.ts'
import { parseJsonObject } from './json.ts'
import type { Client } from './settings/settings.ts'

type Clients = ReadonlyMap<string, Client>

/** A judged sign-out, with the client's alias as far as it is known: the address to send the browser to. */
export interface JudgedLogout {
  readonly client: string
  readonly result: Result<string>
}

/** Whether a sign-out is written as the standard has it, and not as Cognito has it. */
export function isStandardLogout(query: Form): boolean {
  if (query.has('logout_uri') || query.has('redirect_uri')) return false
  return query.has('post_logout_redirect_uri') || query.has('id_token_hint')
}

/**
 * Translates a sign-out of the standard into Cognito's: `post_logout_redirect_uri` becomes `logout_uri`, which
 * Cognito compares with its own list once more. The hint only says which client is meant: its signature is
 * not checked, so nothing else may follow from it, and it is not passed on. Fails with `parameter_missing`,
 * `parameter_malformed`, `client_unknown`, `redirect_uri_not_allowed`.
 *
 * @see OpenID Connect RP-Initiated Logout 1.0 sections 2 and 3; RFC 9700 section 4.11
 */
export function judgeLogout(query: Form, clients: Clients): JudgedLogout {
  const clientId = judgeClientId(query)
  if (!clientId.ok) return { client: 'unknown', result: clientId }
  const client = clients.get(clientId.value)
  if (client === undefined) return { client: 'unknown', result: fail('client_unknown') }
  return { client: client.name, result: judgeAddress(query, client) }
}

function judgeAddress(query: Form, { clientId, domain, logoutUris }: Client): Result<string> {
  const address = query.get('post_logout_redirect_uri')
  if (address === undefined) {
    return fail('parameter_missing', { detail: 'post_logout_redirect_uri' })
  }
  if (!logoutUris.includes(address)) {
    return fail('redirect_uri_not_allowed', { detail: 'post_logout_redirect_uri' })
  }
  const state = query.get('state')
  const known = { client_id: clientId, logout_uri: address, ...(state && { state }) }
  return { ok: true, value: `${domain}/logout?${toFormBody(known)}` }
}

/** Where both are there, they must agree. */
function judgeClientId(query: Form): Result<string> {
  const named = query.get('client_id')
  const hint = query.get('id_token_hint')
  const hinted = hint === undefined ? named : toAudience(hint)
  const clientId = named ?? hinted
  if (hint !== undefined && (hinted === undefined || hinted !== clientId)) {
    return fail('parameter_malformed', { detail: 'id_token_hint' })
  }
  return clientId === undefined
    ? fail('parameter_missing', { detail: 'client_id' })
    : { ok: true, value: clientId }
}

/** The client that an ID token of Cognito's was made for; undefined where the text is none. */
function toAudience(idToken: string): string | undefined {
  const [, payload = '', signature] = idToken.split('.')
  const text = decodeBase64(payload.replaceAll('-', '+').replaceAll('_', '/'))
  if (signature === undefined || !text.ok) return undefined
  const audience = parseJsonObject(text.value)?.['aud']
  return typeof audience === 'string' ? audience : undefined
}
