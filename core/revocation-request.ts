import { fail, type Result } from './causes/catalogue.ts'
import { findRefusedExtras, judgeCaller, readForm } from './endpoint-request.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { JudgedRequest, OAuthRequest, SealedRequest } from './oauth-request.ts'
import { judgeCookie } from './refresh-cookie.ts'
import { Secret } from './secret.ts'
import type { Client } from './settings/settings.ts'

const visible = /^[\x21-\x7e]+$/

/**
 * Judges a gateway event as a revocation request, by the same rules for client, origin and body as a
 * token request. `token_type_hint` is dropped: Cognito knows one kind of revocable token.
 *
 * @see RFC 7009 section 2.1
 */
export function judgeRevocationRequest(
  event: GatewayEvent,
  clients: ReadonlyMap<string, Client>,
): JudgedRequest {
  const form = readForm(event)
  if (!form.ok) return { client: 'unknown', grantType: undefined, result: form }
  const client = clients.get(form.value.get('client_id') ?? '')
  const result = judgeToken(event, form.value, client)
  return { client: client?.name ?? 'unknown', grantType: undefined, result }
}

function judgeToken(
  event: GatewayEvent,
  form: ReadonlyMap<string, string>,
  client: Client | undefined,
): Result<OAuthRequest | SealedRequest> {
  const refused = findRefusedExtras(event, form)
  if (refused !== undefined) return refused
  const caller = judgeCaller(event, form, client)
  if (!caller.ok) return caller
  if (caller.value.refreshToken === 'cookie') {
    return judgeCookie(event, form, caller.value, undefined)
  }
  const token = form.get('token')
  if (token === undefined) return fail('parameter_missing', { detail: 'token' })
  if (!visible.test(token)) return fail('parameter_malformed', { detail: 'token' })
  return {
    ok: true,
    value: { grantType: undefined, client: caller.value, token: new Secret(token) },
  }
}
