import { fail, type Result } from './causes/catalogue.ts'
import { type GrantType, grantTypes } from './causes/cause.ts'
import { findRefusedExtras, judgeCaller, judgeForm, readCredential } from './endpoint-request.ts'
import type { Form } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { BoundRequest, JudgedRequest, SealedRequest, TokenRequest } from './oauth-request.ts'
import { chooseNearestDifference } from './redirect-uri.ts'
import { judgeCookie } from './refresh-cookie.ts'
import { Secret } from './secret.ts'
import type { Client } from './settings/settings.ts'
import { findOpenSignIns } from './sign-in-cookie.ts'

const verifierForm = /^[A-Za-z0-9\-._~]{43,128}$/

/**
 * Judges a gateway event as a token request, completely and before anything is fetched or sent. Fails
 * with the first mistake found, of those whose status says that the caller must act.
 *
 * @param clients the configured clients by client id
 * @see RFC 6749 sections 3.2, 4.1.3 and 6; RFC 7636 section 4.5
 */
export function judgeTokenRequest(
  event: GatewayEvent,
  clients: ReadonlyMap<string, Client>,
): JudgedRequest {
  return judgeForm(event, clients, (form, client) => {
    const grantType = grantTypes.find((known) => known === form.get('grant_type'))
    return { grantType, result: judgeGrant(event, form, client, grantType) }
  })
}

function judgeGrant(
  event: GatewayEvent,
  form: Form,
  client: Client | undefined,
  grantType: GrantType | undefined,
): Result<TokenRequest | SealedRequest | BoundRequest> {
  const refused = findRefusedExtras(event, form)
  if (refused !== undefined) return refused
  if (!form.has('grant_type')) return fail('parameter_missing', { detail: 'grant_type' })
  if (grantType === undefined) return fail('grant_type_unsupported')
  const caller = judgeCaller(event, form, client)
  if (!caller.ok) return caller
  const known = caller.value
  if (!known.grants.includes(grantType)) return fail('grant_type_unsupported')
  if (grantType === 'authorization_code') return judgeCode(event, form, known)
  return known.refreshToken === 'cookie'
    ? judgeCookie(event, form, known, 'refresh_token')
    : judgeRefresh(form, known)
}

function judgeCode(
  event: GatewayEvent,
  form: Form,
  client: Client,
): Result<TokenRequest | BoundRequest> {
  const code = readCredential(form, 'code')
  if (!code.ok) return code
  const redirectUri = form.get('redirect_uri')
  if (redirectUri === undefined) return fail('parameter_missing', { detail: 'redirect_uri' })
  if (!client.redirectUris.includes(redirectUri)) {
    const detail = chooseNearestDifference(redirectUri, client.redirectUris)
    return fail('redirect_uri_not_allowed', { detail })
  }
  const verifier = form.get('code_verifier')
  if (verifier === undefined) return fail('pkce_verifier_missing')
  if (!verifierForm.test(verifier)) return fail('pkce_verifier_malformed')
  const value = {
    grantType: 'authorization_code' as const,
    client,
    code: code.value,
    redirectUri,
    codeVerifier: new Secret(verifier),
    ...(form.has('resource') ? { namesResource: true as const } : {}),
  }
  return client.refreshToken === 'cookie'
    ? { ok: true, value: { ...value, signIns: findOpenSignIns(event, client) } }
    : { ok: true, value }
}

function judgeRefresh(form: Form, client: Client): Result<TokenRequest> {
  const token = readCredential(form, 'refresh_token')
  if (!token.ok) return token
  return { ok: true, value: { grantType: 'refresh_token', client, refreshToken: token.value } }
}
