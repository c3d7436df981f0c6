import { isBehindCdn } from './behind-cdn.ts'
import { type DetailOf, type Failure, fail, type Result } from './causes/catalogue.ts'
import { type Form, parseForm } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { JudgedRequest } from './oauth-request.ts'
import { toPublicClientId } from './public-client.ts'
import { Secret } from './secret.ts'
import type { Client } from './settings/settings.ts'

/** What every request of a client with `refreshToken: "cookie"` has to carry. */
export const csrfHeader = { name: 'x-requested-with', value: 'token-proxy' } as const

const formType = /^application\/x-www-form-urlencoded(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*;?$/i

/**
 * Reads the form of a request that came to the right place in the right dress. A client without a secret may
 * name itself by Basic credentials instead of `client_id`.
 */
export function readForm(event: GatewayEvent): Result<Form> {
  if (event.method !== 'POST') return fail('method_not_allowed')
  if (event.query !== '') return fail('query_not_allowed')
  const encoding = event.headers.get('content-encoding') ?? 'identity'
  const contentType = event.headers.get('content-type') ?? ''
  if (!formType.test(contentType.trim()) || encoding.trim().toLowerCase() !== 'identity') {
    return fail('content_type_unsupported')
  }
  const form = parseForm(event.body, event.isBase64Encoded)
  const clientId = toPublicClientId(event.headers.get('authorization'))
  if (!form.ok || clientId === undefined || form.value.has('client_id')) return form
  return { ok: true, value: new Map([...form.value, ['client_id', clientId]]) }
}

/**
 * Judges a request by its form: reads it, finds the client that it names, and leaves the rest to the
 * endpoint.
 *
 * @param judge is given the form and, where it names one, the configured client
 */
export function judgeForm(
  event: GatewayEvent,
  clients: ReadonlyMap<string, Client>,
  judge: (form: Form, client: Client | undefined) => Omit<JudgedRequest, 'client'>,
): JudgedRequest {
  const form = readForm(event)
  if (!form.ok) return { client: 'unknown', grantType: undefined, result: form }
  const client = clients.get(form.value.get('client_id') ?? '')
  return { client: client?.name ?? 'unknown', ...judge(form.value, client) }
}

/**
 * What Cognito's refresh tokens are made of, as its API model says (`[A-Za-z0-9-_=.]+`). Of codes only the look
 * is known, that of a UUID, which is well within the same characters. Nothing else can be one, and what a web
 * ACL would stop, such as `../..` or a body beyond its limit, is stopped here.
 */
const credentialForm = /^[A-Za-z0-9_=.-]+$/
/** In characters: many times the 36 of a UUID. */
const longestCode = 1024

/** Reads a code or token. Fails with `parameter_missing`, `parameter_malformed`. */
export function readCredential(
  form: Form,
  name: 'code' | 'refresh_token' | 'token',
): Result<Secret> {
  const value = form.get(name)
  if (value === undefined) return fail('parameter_missing', { detail: name })
  const isTooLong = name === 'code' && value.length > longestCode
  return credentialForm.test(value) && !isTooLong
    ? { ok: true, value: new Secret(value) }
    : fail('parameter_malformed', { detail: name })
}

/** Refuses what no public client may send, whatever else it asks for. */
export function findRefusedExtras(event: GatewayEvent, form: Form): Failure | undefined {
  const credentials = findCredentials(event, form)
  if (credentials !== undefined) return fail('caller_sent_credentials', { detail: credentials })
  return event.headers.has('dpop') ? fail('dpop_unsupported') : undefined
}

/**
 * Judges who asks: a configured client, from an origin that it lists, byte for byte.
 *
 * @see RFC 9700 section 4.17 and the Fetch standard's Origin header
 */
export function judgeCaller(
  event: GatewayEvent,
  form: Form,
  client: Client | undefined,
): Result<Client> {
  if (!form.has('client_id')) return fail('parameter_missing', { detail: 'client_id' })
  if (client === undefined) return fail('client_unknown')
  const origin = event.headers.get('origin')
  if (origin === undefined && !client.allowNoOrigin) {
    return fail('origin_not_allowed', {
      detail: isBehindCdn(event) ? 'absent_behind_cdn' : 'absent',
    })
  }
  if (origin !== undefined && !client.origins.includes(origin)) {
    return fail('origin_not_allowed', { detail: 'unlisted' })
  }
  return judgeCsrfHeader(event, client)
}

/**
 * Cookies go with whatever a browser is made to send, so a client of cookies has to send what no form can
 * and what no other origin may: a header of its own.
 *
 * @see the browser-based apps BCP, section 6.1.3.3.3
 */
function judgeCsrfHeader(event: GatewayEvent, client: Client): Result<Client> {
  const sent = event.headers.get(csrfHeader.name)
  if (client.refreshToken !== 'cookie' || sent === csrfHeader.value) {
    return { ok: true, value: client }
  }
  const isLost = sent === undefined && isBehindCdn(event)
  return fail('csrf_header_missing', isLost ? { detail: 'behind_cdn' } : {})
}

/** A secret in a front end is an incident: it is refused by kind, and its value is never touched. */
function findCredentials(
  event: GatewayEvent,
  form: Form,
): DetailOf<'caller_sent_credentials'> | undefined {
  const authorization = event.headers.get('authorization')
  // Two ids that differ are no public client's way to name itself.
  const clientId = toPublicClientId(authorization)
  const isPublic = clientId !== undefined && clientId === form.get('client_id')
  if (authorization !== undefined && !isPublic) return 'authorization_header'
  if (form.has('client_secret')) return 'client_secret'
  for (const name of form.keys()) if (name.startsWith('client_assertion')) return 'client_assertion'
  if (form.has('assertion')) return 'assertion'
  return form.has('username') || form.has('password') ? 'user_credentials' : undefined
}
