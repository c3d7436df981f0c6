import type { KoaContextWithOIDC } from 'oidc-provider'
import type { FindClient } from './provider.ts'

type Next = () => Promise<unknown>

const authorizePath = '/oauth2/authorize'

/** Puts Cognito's own rules before the provider's at authorize, and its redirects into Cognito's form. */
export function authorizeAsCognito(findClient: FindClient) {
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    if (!ctx.path.startsWith(authorizePath)) return void (await next())
    const refusal = ctx.path === authorizePath ? refusalOf(ctx, findClient) : undefined
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
  }
}

function refusalOf(ctx: KoaContextWithOIDC, findClient: FindClient): string | undefined {
  const query = new URLSearchParams(ctx.querystring)
  const client = findClient(query.get('client_id') ?? undefined)
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!client?.callbackUrls.includes(redirectUri)) {
    return mismatchPage(query.get('client_id'))
  }
  if (!client.allowedOAuthFlowsUserPoolClient || !client.allowedOAuthFlows.includes('code')) {
    return withError(redirectUri, 'unauthorized_client', query.get('state'))
  }
  const scopes = query.get('scope')?.split(' ').filter(Boolean) ?? []
  if (scopes.some((scope) => !client.allowedOAuthScopes.includes(scope))) {
    return withError(redirectUri, 'invalid_scope', query.get('state'))
  }
  if (scopes.length === 0) {
    query.set('scope', client.allowedOAuthScopes.join(' '))
    ctx.querystring = query.toString()
  }
  return undefined
}

/** The page for a bad client or redirect URI, which is never sent on to that URI. */
export function mismatchPage(clientId: string | null): string {
  return `/error?${new URLSearchParams({ error: 'redirect_mismatch', client_id: clientId ?? '' })}`
}

function withError(redirectUri: string, error: string, state: string | null): string {
  const answer = new URLSearchParams({ error, ...(state === null ? {} : { state }) })
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${answer}`
}
