import type { IncomingHttpHeaders } from 'node:http'
import type { AppClient, PoolConfig } from './pool-config.ts'

/** A request that Cognito would accept up to the point where it looks at the code or refresh token. */
interface Accepted {
  readonly ok: true
  readonly client: AppClient
}

interface Refused {
  readonly ok: false
  readonly status: number
  readonly error: string
}

/** What a judgement is based on. */
export interface JudgedRequest {
  readonly config: PoolConfig
  readonly headers: IncomingHttpHeaders
  readonly form: URLSearchParams
  /** According to the pool's clock. */
  readonly nowMs: number
}

export type Judgement = Accepted | Refused

const parametersOf = new Map([
  ['authorization_code', ['code', 'redirect_uri']],
  ['refresh_token', ['refresh_token']],
  ['client_credentials', []],
])

/** Tells whether the token endpoint accepts the method and headers at all; it answers others with 405. */
export function isFormRequest(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  const contentType = headers['content-type'] ?? ''
  return (
    method === 'POST' &&
    /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType) &&
    /json|\*\/\*/i.test(headers.accept ?? '*/*')
  )
}

/** Judges what can be judged without the code or token itself, with Cognito's terse error words. */
export function judgeTokenRequest(request: JudgedRequest): Judgement {
  const { form } = request
  const grantType = form.get('grant_type')
  if (!grantType) return refuse('invalid_request')
  const parameters = parametersOf.get(grantType)
  if (parameters === undefined) return refuse('unsupported_grant_type')
  const authenticated = authenticate(request)
  if (!authenticated.ok) return authenticated
  const { client } = authenticated
  if (!isGrantAllowed(client, grantType)) return refuse('unauthorized_client')
  if (parameters.some((name) => !form.get(name))) return refuse('invalid_request')
  // The pool has no resource server, and Cognito is reported to answer this word then.
  if (form.has('resource')) return refuse('invalid_grant')
  const redirectUri = form.get('redirect_uri')
  if (grantType === 'authorization_code' && !client.callbackUrls.includes(redirectUri ?? '')) {
    return refuse('unauthorized_client')
  }
  return authenticated
}

/** Judges a revocation the same way; only here does Cognito answer 401. */
export function judgeRevocation(request: JudgedRequest): Judgement {
  const authenticated = authenticate(request)
  if (!authenticated.ok) {
    return authenticated.error === 'invalid_client'
      ? { ...authenticated, status: 401 }
      : authenticated
  }
  const token = request.form.get('token')
  if (!token || !authenticated.client.enableTokenRevocation) return refuse('invalid_request')
  // Refresh tokens are opaque here; whatever looks like a JWT is an access or ID token.
  if (token.split('.').length === 3) return refuse('unsupported_token_type')
  return authenticated
}

function isGrantAllowed(client: AppClient, grantType: string): boolean {
  // This pool has no machine-to-machine client.
  if (grantType === 'client_credentials') return false
  return client.allowedOAuthFlowsUserPoolClient && client.allowedOAuthFlows.includes('code')
}

function authenticate({ config, headers, form, nowMs }: JudgedRequest): Judgement {
  const given = credentialsIn(headers, form)
  if (given === undefined) return refuse('invalid_client')
  if (!given.clientId) return refuse('invalid_request')
  const client = config.appClients.find(({ clientId }) => clientId === given.clientId)
  if (client === undefined) return refuse('invalid_client')
  const isRight =
    client.secrets.length === 0
      ? given.secret === undefined
      : client.secrets.some(
          ({ value, worksFromMs = 0 }) => value === given.secret && worksFromMs <= nowMs,
        )
  return isRight ? { ok: true, client } : refuse('invalid_client')
}

/**
 * Undefined for a header that is no Basic pair, or beside a secret in the body. The pair is taken raw:
 * Cognito does not percent-decode it.
 */
function credentialsIn(headers: IncomingHttpHeaders, form: URLSearchParams) {
  const inBody = form.get('client_id')
  if (headers.authorization === undefined) {
    return { clientId: inBody, secret: form.get('client_secret') ?? undefined }
  }
  // One way of authentication only (RFC 6749 section 2.3); what Cognito says to both is not documented.
  if (form.has('client_secret')) return undefined
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(headers.authorization)?.[1]
  const pair = Buffer.from(encoded ?? '', 'base64').toString()
  const colon = pair.indexOf(':')
  if (colon === -1) return undefined
  const clientId = pair.slice(0, colon)
  if (inBody !== null && inBody !== clientId) return undefined
  return { clientId, secret: pair.slice(colon + 1) }
}

function refuse(error: string): Refused {
  return { ok: false, status: 400, error }
}
