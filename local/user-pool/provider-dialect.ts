import type { KoaContextWithOIDC } from 'oidc-provider'
import { signAccessToken } from './access-token.ts'
import type { Accounts } from './accounts.ts'
import { answerEmpty, answerHtml, answerJson } from './answers.ts'
import type { MemoryStore } from './memory-store.ts'
import type { Provider } from './provider.ts'
import type { SigningKey } from './signing-key.ts'
import { answerUserInfo } from './user-info.ts'

type Next = () => Promise<unknown>

interface DialectParts {
  readonly issuer: string
  /** The one that signs access tokens; Cognito has another for ID tokens. */
  readonly accessTokenKey: SigningKey
  readonly accounts: Accounts
  readonly store: MemoryStore
}

/** Translates the provider's answers at the token, revocation and userInfo endpoints into Cognito's words. */
export function speakDialect(provider: Provider, parts: DialectParts): void {
  // The body says only `invalid_grant`; Cognito has another word for this one cause.
  provider.on('grant.error', (ctx, error) => {
    ctx.state['isRedirectWrong'] = /redirect_uri mismatch/.test(error.error_detail ?? '')
  })
  provider.use((ctx: KoaContextWithOIDC, next: Next) => translate(parts, ctx, next))
}

async function translate(parts: DialectParts, ctx: KoaContextWithOIDC, next: Next) {
  const { path } = ctx
  if (path === '/oauth2/userInfo') {
    return answerUserInfo(ctx, parts.issuer, parts.accessTokenKey, next)
  }
  await next()
  if (path !== '/oauth2/token' && path !== '/oauth2/revoke') return
  if (ctx.status !== 200 && path === '/oauth2/token') await spendCode(ctx, parts.store)
  const tokens = ctx.status === 200 && path === '/oauth2/token' && (await tokensOf(ctx, parts))
  ctx.respond = false
  if (tokens) answerJson(ctx.res, 200, tokens)
  else if (ctx.status === 200) answerEmpty(ctx.res, 200)
  else if (ctx.status >= 500) answerHtml(ctx.res, 500, 'Internal Server Error')
  else answerJson(ctx.res, 400, { error: errorOf(ctx) })
}

/** Whether Cognito accepts a code again after a failed exchange is not documented; here it does not. */
async function spendCode({ oidc }: KoaContextWithOIDC, store: MemoryStore): Promise<void> {
  const code = oidc?.params?.['code']
  if (typeof code === 'string') await store.adapterFor('AuthorizationCode').consume(code)
}

function errorOf(ctx: KoaContextWithOIDC): string {
  if (ctx.state['isRedirectWrong']) return 'unauthorized_client'
  const { error, error_description: description } = ctx.body as Record<string, string | undefined>
  // Cognito treats a verifier that is too short like any other wrong verifier.
  if (/^code_verifier/.test(description ?? '')) return 'invalid_grant'
  return error ?? 'invalid_request'
}

async function tokensOf(
  ctx: KoaContextWithOIDC,
  { issuer, accessTokenKey, accounts }: DialectParts,
) {
  const { AccessToken, AuthorizationCode, RefreshToken, RotatedRefreshToken } = ctx.oidc.entities
  const body = ctx.body as Record<string, unknown>
  const source = AuthorizationCode ?? RefreshToken
  if (AccessToken === undefined || source === undefined) throw new Error('no tokens in a success')
  const sub = AccessToken.accountId
  const nowSeconds = Math.floor(Date.now() / 1000)
  const accessToken = await signAccessToken(
    {
      tokenId: AccessToken.jti,
      sub,
      username: accounts.usernameOf(sub) ?? sub,
      clientId: AccessToken.clientId ?? '',
      scope: AccessToken.scope ?? '',
      authTimeSeconds: source.authTime ?? nowSeconds,
      issuedAtSeconds: nowSeconds,
      expiresAtSeconds: nowSeconds + AccessToken.expiration,
    },
    issuer,
    accessTokenKey,
  )
  const isKept = AuthorizationCode === undefined && RotatedRefreshToken === undefined
  return {
    id_token: body['id_token'],
    access_token: accessToken,
    refresh_token: isKept ? undefined : body['refresh_token'],
    expires_in: body['expires_in'],
    token_type: 'Bearer',
  }
}
