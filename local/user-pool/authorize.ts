import type { KoaContextWithOIDC } from 'oidc-provider'
import type { MemoryStore } from './memory-store.ts'
import type { AppClient } from './pool-config.ts'
import type { FindClient } from './provider.ts'

type Next = () => Promise<unknown>

const authorizePath = '/oauth2/authorize'

/**
 * What Cognito documents for authorize. The provider knows more, such as `response_mode` and `claims`: a
 * front end that relies on one of those would work here and nowhere else.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
const documentedParameters = new Set([
  ...['response_type', 'client_id', 'redirect_uri', 'state', 'scope', 'nonce'],
  ...['code_challenge', 'code_challenge_method', 'prompt', 'login_hint', 'lang', 'resource'],
])
/** Scopes that Cognito gives only together with `openid`. */
const scopesOfOpenId = new Set(['email', 'phone', 'profile'])

/** Applies Cognito's rules before the provider's at authorize, and gives its redirects Cognito's form. */
export function authorizeAsCognito(findClient: FindClient, store: MemoryStore) {
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    if (!ctx.path.startsWith(authorizePath)) return void (await next())
    const refusal = ctx.path === authorizePath ? refuseOrAdapt(ctx, findClient) : undefined
    if (refusal === undefined) {
      await next()
    } else {
      ctx.redirect(refusal)
    }
    const location = ctx.response.get('location')
    if (ctx.status !== 303 || location === '') return
    ctx.status = 302
    // Cognito does not name the issuer in its answer; the provider puts it last.
    ctx.set('location', location.replace(/[?&]iss=[^&#]*$/, ''))
    if (ctx.oidc?.params?.['resource'] !== undefined) spoilCode(store, location)
  }
}

/** The pool has no resource server to bind a token to: Cognito is reported to refuse only the exchange then. */
function spoilCode(store: MemoryStore, location: string): void {
  const code = new URLSearchParams(location.split('?')[1]).get('code')
  const entry = store.entry('AuthorizationCode', code ?? '')
  if (entry !== undefined) entry.payload.exp = 1
}

/** Gives the address that a refused request is sent to; adapts the query of any other to the provider. */
function refuseOrAdapt(ctx: KoaContextWithOIDC, findClient: FindClient): string | undefined {
  const query = new URLSearchParams(ctx.querystring)
  const clientId = query.get('client_id')
  const client = findClient(clientId ?? undefined)
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!client?.callbackUrls.includes(redirectUri)) return mismatchPage(clientId)
  const provider = query.get('identity_provider') ?? 'COGNITO'
  if (provider !== 'COGNITO' || query.has('idp_identifier')) {
    return errorAddress('Login option is not available. Please try another one', clientId)
  }
  const error = judgeAuthorize(client, query)
  if (error !== undefined) return withError(redirectUri, error, query.get('state'))
  if (toScopes(query).length === 0) query.set('scope', client.allowedOAuthScopes.join(' '))
  const kept = [...query].filter(([name, value]) => documentedParameters.has(name) && value !== '')
  ctx.querystring = new URLSearchParams(kept).toString()
  return undefined
}

/** The error that Cognito documents for a request; undefined if sign-in goes on. */
function judgeAuthorize(client: AppClient, query: URLSearchParams): string | undefined {
  const responseType = query.get('response_type')
  if (responseType !== 'code' && responseType !== 'token') return 'invalid_request'
  const isAllowed = client.allowedOAuthFlowsUserPoolClient && responseType === 'code'
  if (!isAllowed || !client.allowedOAuthFlows.includes('code')) return 'unauthorized_client'
  const challenge = query.get('code_challenge')
  const method = query.get('code_challenge_method')
  if ((challenge || method) && !(challenge && method === 'S256')) return 'invalid_request'
  const scopes = toScopes(query)
  const isForbidden = scopes.some((scope) => !client.allowedOAuthScopes.includes(scope))
  const lacksOpenId = !scopes.includes('openid') && scopes.some((one) => scopesOfOpenId.has(one))
  return isForbidden || lacksOpenId ? 'invalid_scope' : undefined
}

function toScopes(query: URLSearchParams): readonly string[] {
  return query.get('scope')?.split(' ').filter(Boolean) ?? []
}

/** The page for a bad client or redirect URI, which is never sent on to that URI. */
export function mismatchPage(clientId: string | null): string {
  return errorAddress('redirect_mismatch', clientId)
}

/** The error page of the domain, for requests without a trusted redirect URI. */
export function errorAddress(error: string, clientId: string | null): string {
  return `/error?${new URLSearchParams({ error, client_id: clientId ?? '' })}`
}

function withError(redirectUri: string, error: string, state: string | null): string {
  const answer = new URLSearchParams({ error, ...(state === null ? {} : { state }) })
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${answer}`
}
