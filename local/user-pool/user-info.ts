import type { KoaContextWithOIDC } from 'oidc-provider'
import { tokenIdOf } from './access-token.ts'
import { cognitoHeaders } from './answers.ts'
import type { SigningKey } from './signing-key.ts'

type Next = () => Promise<unknown>

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html */
const refusals = {
  400: 'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
  401: 'error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has globally signed out."',
} as const

/** Answers userInfo as Cognito does: for a signed access token in the header, with Cognito's own error words. */
export async function answerUserInfo(
  ctx: KoaContextWithOIDC,
  issuer: string,
  key: SigningKey,
  next: Next,
): Promise<void> {
  const { headers, method } = ctx.req
  if (method !== 'GET') return void (await next())
  const hasToken = /^Bearer \S/i.test(headers.authorization ?? '')
  // The provider knows its own opaque token only, which the JWT carries as its id.
  const tokenId = await tokenIdOf(headers.authorization, issuer, key)
  headers.authorization = `Bearer ${tokenId ?? 'unknown'}`
  ctx.querystring = ''
  await next()
  const status = ctx.status === 200 ? 200 : hasToken ? 401 : 400
  const body = status === 200 ? JSON.stringify(ctx.body) : ''
  ctx.respond = false
  ctx.res.writeHead(status, {
    ...cognitoHeaders(),
    ...(status === 200
      ? { 'content-type': 'application/json;charset=UTF-8' }
      : { 'www-authenticate': refusals[status] }),
    'content-length': Buffer.byteLength(body),
  })
  ctx.res.end(body)
}
