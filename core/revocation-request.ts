import type { Result } from './causes/catalogue.ts'
import { findRefusedExtras, judgeCaller, judgeForm, readCredential } from './endpoint-request.ts'
import type { Form } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { JudgedRequest, OAuthRequest, SealedRequest } from './oauth-request.ts'
import { judgeCookie } from './refresh-cookie.ts'
import type { Client } from './settings/settings.ts'

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
  return judgeForm(event, clients, (form, client) => ({
    grantType: undefined,
    result: judgeToken(event, form, client),
  }))
}

function judgeToken(
  event: GatewayEvent,
  form: Form,
  client: Client | undefined,
): Result<OAuthRequest | SealedRequest> {
  const refused = findRefusedExtras(event, form)
  if (refused !== undefined) return refused
  const caller = judgeCaller(event, form, client)
  if (!caller.ok) return caller
  if (caller.value.refreshToken === 'cookie') {
    return judgeCookie(event, form, caller.value, undefined)
  }
  const token = readCredential(form, 'token')
  if (!token.ok) return token
  return { ok: true, value: { grantType: undefined, client: caller.value, token: token.value } }
}
