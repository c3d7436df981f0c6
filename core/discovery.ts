import { fail, type Result } from './causes/catalogue.ts'
import type { GrantType } from './causes/cause.ts'
import { parseJsonObject } from './json.ts'
import type { UpstreamAnswer } from './token-response.ts'

/** A user pool's discovery document, rebuilt from fields of checked types; the names are the wire's. */
export type DiscoveryDocument = Readonly<Record<string, string | boolean | readonly string[]>>

/** What the proxy's document says differently from the pool's. */
export interface ProxyEndpoints {
  /** The issuer that the document names. */
  readonly issuer: string
  /** The address under which front ends reach the proxy, without a slash at its end. */
  readonly baseUrl: string
  readonly grants: readonly GrantType[]
  /** The endpoints of the user pool that front ends have to reach through the proxy. */
  readonly viaProxy: readonly (keyof typeof proxyPaths)[]
}

/** Where the proxy redirects to an endpoint of the user pool. */
const proxyPaths = {
  authorization_endpoint: '/oauth2/authorize',
  end_session_endpoint: '/logout',
} as const

const mostFields = 64
const fieldName = /^[a-z][a-z0-9_]{0,63}$/
/**
 * The endpoints of a user pool that a front end can use itself. Any other needs the secret, or is not for
 * configured clients: the one where clients register themselves makes clients that the proxy does not know.
 */
const openEndpoints: ReadonlySet<string> = new Set([
  'authorization_endpoint',
  'end_session_endpoint',
  'userinfo_endpoint',
])
/** An endpoint, and what a document says of it. */
const endpointField = /^([a-z_]+_endpoint)(?:_|$)/
/**
 * What a user pool may say of itself and its clients, and what does not hold for clients of this proxy: that
 * any client may come, or binds its tokens to a key. A signed copy would outweigh the fields beside it
 * (RFC 8414 section 2.1).
 */
const poolOnly: ReadonlySet<string> = new Set([
  'client_id_metadata_document_supported',
  'dpop_signing_alg_values_supported',
  'require_pushed_authorization_requests',
  'signed_metadata',
  'tls_client_certificate_bound_access_tokens',
])
/** With an issuer of its own, the document must not promise that sign-in names it (RFC 9207 section 3). */
const namesIssuer = 'authorization_response_iss_parameter_supported'
/** What no front end can begin without. */
const requiredUrls = ['authorization_endpoint', 'jwks_uri'] as const

/**
 * Judges what an issuer answered when it was asked for its discovery document. Fails with
 * `waf_blocked`, `cognito_throttled`, `cognito_error`, `cognito_redirected`, `cognito_answer_unusable`.
 *
 * @param issuer the one that was asked; a document that names another one is not taken
 * @see OpenID Connect Discovery 1.0 section 4.3
 */
export function judgeDiscoveryAnswer(
  answer: UpstreamAnswer,
  issuer: string,
): Result<DiscoveryDocument> {
  const { status, retryAfterSeconds, wafAction } = answer
  if (wafAction !== undefined) return fail('waf_blocked', { evidence: [`waf_${wafAction}`] })
  if (status === 429) return fail('cognito_throttled', { retryAfterSeconds })
  if (status >= 500) return fail('cognito_error', { retryAfterSeconds })
  if (status >= 300 && status < 400) return fail('cognito_redirected')
  // Whatever the issuer refuses, it is the settings' address that is wrong, and no caller's.
  if (status !== 200) return fail('cognito_answer_unusable', { evidence: ['status_unexpected'] })
  const fields = parseJsonObject(answer.body)
  if (fields === undefined) return fail('cognito_answer_unusable', { evidence: ['not_json'] })
  const document = toDocument(fields)
  const isWhole = requiredUrls.every((name) => isUrl(document[name]))
  if (document['issuer'] !== issuer || !isWhole) {
    return fail('cognito_answer_unusable', { evidence: ['not_discovery'] })
  }
  return { ok: true, value: document }
}

/**
 * Writes the document that front ends get: the pool's own, but tokens are had and revoked here, without a
 * secret and with PKCE. No endpoint is passed on that a front end cannot use.
 *
 * @see RFC 8414 section 2
 */
export function toProxyDocument(
  document: DiscoveryDocument,
  { issuer, baseUrl, grants, viaProxy }: ProxyEndpoints,
): DiscoveryDocument {
  const isPoolIssuer = issuer === document['issuer']
  const passedOn = Object.entries(document).filter(([name]) => {
    if (poolOnly.has(name) || (name === namesIssuer && !isPoolIssuer)) return false
    const endpoint = endpointField.exec(name)?.[1]
    return endpoint === undefined || openEndpoints.has(endpoint)
  })
  return {
    ...Object.fromEntries(passedOn),
    ...Object.fromEntries(viaProxy.map((name) => [name, `${baseUrl}${proxyPaths[name]}`])),
    issuer,
    token_endpoint: `${baseUrl}/oauth2/token`,
    revocation_endpoint: `${baseUrl}/oauth2/revoke`,
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: grants,
  }
}

function toDocument(fields: Readonly<Record<string, unknown>>): DiscoveryDocument {
  const known = Object.entries(fields).filter(
    (field): field is [string, string | boolean | readonly string[]] =>
      fieldName.test(field[0]) && isFieldValue(field[1]),
  )
  return Object.fromEntries(known.slice(0, mostFields))
}

function isFieldValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string')
  return typeof value === 'string' || typeof value === 'boolean'
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value)
}
