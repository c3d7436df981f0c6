import type { GrantType } from './cause.ts'
import { type DetailOf, fail, type Result } from './causes.ts'
import { type Form, parseForm } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { chooseNearestDifference } from './redirect-uri.ts'
import { Secret } from './secret.ts'
import type { Client } from './settings.ts'

/** A token request that may be sent on, its credentials sealed. */
export type TokenRequest =
  | {
      readonly grantType: 'authorization_code'
      readonly client: Client
      readonly code: Secret
      readonly redirectUri: string
      readonly codeVerifier: Secret
    }
  | {
      readonly grantType: 'refresh_token'
      readonly client: Client
      readonly refreshToken: Secret
    }

/** A judged request: who asked for what, as far as it could be read, and whether it may go on. */
export interface JudgedRequest {
  /** The alias of a configured client, or `unknown`. */
  readonly client: string
  readonly grantType: GrantType | undefined
  readonly result: Result<TokenRequest>
}

const tokenPath = '/oauth2/token'
const grantTypes: readonly GrantType[] = ['authorization_code', 'refresh_token']
const formType = /^application\/x-www-form-urlencoded(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*;?$/i
/** RFC 6749 appendix A.11 and A.17 allow VSCHAR; the space in it is never part of a real value. */
const visible = /^[\x21-\x7e]+$/
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
  const form = readForm(event)
  if (!form.ok) return { client: 'unknown', grantType: undefined, result: form }
  const client = clients.get(form.value.get('client_id') ?? '')
  const grantType = grantTypes.find((known) => known === form.value.get('grant_type'))
  const result = judgeForm(event, form.value, client, grantType)
  return { client: client?.name ?? 'unknown', grantType, result }
}

function readForm(event: GatewayEvent): Result<Form> {
  if (event.path !== tokenPath) return fail('route_not_found')
  if (event.method !== 'POST') return fail('method_not_allowed')
  if (event.query !== '') return fail('query_not_allowed')
  const encoding = event.headers.get('content-encoding') ?? 'identity'
  const contentType = event.headers.get('content-type') ?? ''
  if (!formType.test(contentType.trim()) || encoding.trim().toLowerCase() !== 'identity') {
    return fail('content_type_unsupported')
  }
  return parseForm(event.body, event.isBase64Encoded)
}

function judgeForm(
  event: GatewayEvent,
  form: Form,
  client: Client | undefined,
  grantType: GrantType | undefined,
): Result<TokenRequest> {
  const credentials = findCredentials(event, form)
  if (credentials !== undefined) return fail('caller_sent_credentials', { detail: credentials })
  if (event.headers.has('dpop')) return fail('dpop_unsupported')
  if (!form.has('grant_type')) return fail('parameter_missing', { detail: 'grant_type' })
  if (grantType === undefined) return fail('grant_type_unsupported')
  if (!form.has('client_id')) return fail('parameter_missing', { detail: 'client_id' })
  if (client === undefined) return fail('client_unknown')
  const origin = event.headers.get('origin')
  if (origin === undefined && !client.allowNoOrigin) {
    return fail('origin_not_allowed', { detail: 'absent' })
  }
  if (origin !== undefined && !client.origins.includes(origin)) {
    return fail('origin_not_allowed', { detail: 'unlisted' })
  }
  if (!client.grants.includes(grantType)) return fail('grant_type_unsupported')
  return grantType === 'authorization_code' ? judgeCode(form, client) : judgeRefresh(form, client)
}

/** A secret in a front end is an incident: it is refused by kind, and its value is never touched. */
function findCredentials(
  event: GatewayEvent,
  form: Form,
): DetailOf<'caller_sent_credentials'> | undefined {
  if (event.headers.has('authorization')) return 'authorization_header'
  if (form.has('client_secret')) return 'client_secret'
  for (const name of form.keys()) if (name.startsWith('client_assertion')) return 'client_assertion'
  if (form.has('assertion')) return 'assertion'
  return form.has('username') || form.has('password') ? 'user_credentials' : undefined
}

function judgeCode(form: Form, client: Client): Result<TokenRequest> {
  const code = form.get('code')
  if (code === undefined) return fail('parameter_missing', { detail: 'code' })
  if (!visible.test(code)) return fail('parameter_malformed', { detail: 'code' })
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
    code: new Secret(code),
    redirectUri,
    codeVerifier: new Secret(verifier),
  }
  return { ok: true, value }
}

function judgeRefresh(form: Form, client: Client): Result<TokenRequest> {
  const token = form.get('refresh_token')
  if (token === undefined) return fail('parameter_missing', { detail: 'refresh_token' })
  if (!visible.test(token)) return fail('parameter_malformed', { detail: 'refresh_token' })
  return {
    ok: true,
    value: { grantType: 'refresh_token', client, refreshToken: new Secret(token) },
  }
}

/**
 * Rebuilds the parameters that Cognito gets, from named fields alone: nothing else of the caller's
 * travels on, `scope`, `resource` and `aws_client_metadata` included.
 *
 * @see RFC 6749 sections 4.1.3 and 6
 */
export function toUpstreamParameters(request: TokenRequest): Readonly<Record<string, string>> {
  const named = { grant_type: request.grantType, client_id: request.client.clientId }
  return request.grantType === 'authorization_code'
    ? {
        ...named,
        code: request.code.reveal(),
        redirect_uri: request.redirectUri,
        code_verifier: request.codeVerifier.reveal(),
      }
    : { ...named, refresh_token: request.refreshToken.reveal() }
}
