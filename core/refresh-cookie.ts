import { type CauseName, type Failure, fail, type Result, toCause } from './causes/catalogue.ts'
import type { Form } from './form.ts'
import type { GatewayEvent } from './gateway-event.ts'
import type { OAuthRequest, SealedRequest } from './oauth-request.ts'
import { Secret } from './secret.ts'
import type { Client } from './settings/settings.ts'
import type { TokenResult, TokenSet } from './token-response.ts'

/** What a library that cannot leave its token out may send in its place. */
const cookieWord = 'cookie'
/** What every browser keeps of one cookie: name, value and attributes together. */
const longestCookieBytes = 4096
/** More would not come back: the HTTP API takes 10,240 bytes of headers altogether. */
const mostPieces = 2
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'

/**
 * Judges a request whose refresh token is to come from the client's cookie. A token beside it is refused:
 * no script should have one.
 *
 * @param grantType undefined for a revocation
 * @see the browser-based apps BCP, section 6.2
 */
export function judgeCookie(
  event: GatewayEvent,
  form: Form,
  client: Client,
  grantType: SealedRequest['grantType'],
): Result<SealedRequest> {
  const name = grantType ?? 'token'
  const sent = form.get(name) ?? cookieWord
  if (sent !== cookieWord) return fail('parameter_malformed', { detail: name })
  const names = toPieceNames(client)
  if (names.some((piece) => event.cookies.has(piece) && event.cookies.get(piece) === undefined)) {
    return fail('refresh_cookie_unreadable', { evidence: ['sent_twice'] })
  }
  const [first, ...rest] = names.map((piece) => event.cookies.get(piece) ?? '')
  if (first === undefined || first === '') return fail('refresh_cookie_missing')
  return { ok: true, value: { grantType, client, sealed: [first, ...rest].join('') } }
}

/**
 * Whether a failed refresh shows that its cookie is of no more use: nobody can open it, or its token is
 * dead. That somebody did not answer shows nothing; nor is a token dead that a newer one may have replaced,
 * since another tab may just have brought that one, or that another Region may know.
 */
export function isCookieDead(failure: Failure, client: Client): boolean {
  if (failure.cause === 'refresh_cookie_unreadable') return true
  if (toCause(failure.cause).error !== 'invalid_grant') return false
  const { cause, candidates } = failure
  const isMaybeReplaced =
    candidates.includes('refresh_token_rotated_out') && client.refreshTokenRotation !== 'off'
  const isMaybeElsewhere = candidates.includes('not_replicated_yet')
  return cause !== 'refresh_token_rotated_out' && !isMaybeReplaced && !isMaybeElsewhere
}

/** What Cognito says no to at a sign-out because of the token, or of the app client's revocation. */
const refusedSignOuts: readonly CauseName[] = ['revocation_disabled', 'token_type_not_revocable']

/**
 * Whether a second sign-out would be refused like the first, so that only the cookie is left to take away.
 * A client that was refused may be let in at the next.
 */
function isSignOutRefused({ cause, candidates }: Failure): boolean {
  const isRefused = refusedSignOuts.includes(cause) || candidates.includes('revocation_disabled')
  return isRefused || toCause(cause).error === 'invalid_grant'
}

/** What happens to a client's cookie: it stays, is cleared, or gets this token. */
export type CookieChange = 'keep' | 'clear' | Secret

/**
 * Chooses what happens to the cookie after Cognito was asked.
 *
 * @param isAged whether the cookie was sealed with another key than the current one
 */
export function chooseCookieChange(
  request: OAuthRequest,
  result: TokenResult,
  isAged: boolean,
): CookieChange {
  const isRefresh = request.grantType === 'refresh_token'
  if (!result.ok) return isOver(request, result) ? 'clear' : 'keep'
  const token = result.value?.refresh_token
  if (token !== undefined) return new Secret(token)
  // A sign-in without a refresh token, and a sign-out, leave nothing of the session before.
  if (!isRefresh) return 'clear'
  return isAged ? request.refreshToken : 'keep'
}

/** A refused code says nothing of the session before. */
function isOver({ grantType, client }: OAuthRequest, failure: Failure): boolean {
  if (grantType === undefined) return isSignOutRefused(failure)
  return grantType === 'refresh_token' && isCookieDead(failure, client)
}

/**
 * Writes a sealed token as the lines of its cookies, and clears the pieces that it does not fill. Undefined
 * where it is too long for them.
 *
 * @param maxAgeSeconds how long the browser keeps it
 * @see RFC 6265bis sections 4.1.3.2 and 5.6
 */
export function toCookieLines(
  client: Client,
  sealed: string,
  maxAgeSeconds: number,
): readonly string[] | undefined {
  const end = `; Max-Age=${maxAgeSeconds}; ${attributes}`
  const lines: string[] = []
  let rest = sealed
  for (const name of toPieceNames(client)) {
    const room = longestCookieBytes - `${name}=${end}`.length
    lines.push(rest === '' ? toClearedLine(name) : `${name}=${rest.slice(0, room)}${end}`)
    rest = rest.slice(room)
  }
  return rest === '' ? lines : undefined
}

/** Writes the lines that take the cookie from the browser. */
export function toClearedLines(client: Client): readonly string[] {
  return toPieceNames(client).map(toClearedLine)
}

/** The tokens that a script may see. */
export function withoutRefreshToken(tokens: TokenSet): TokenSet {
  const { refresh_token: _, ...rest } = tokens
  return rest
}

/** `__Host-` binds a cookie to this very host, so that no other host of the site can put one in its place. */
function toPieceNames(client: Client): readonly string[] {
  const name = `__Host-refresh-${client.name}`
  return Array.from({ length: mostPieces }, (_, index) => (index === 0 ? name : `${name}.${index}`))
}

function toClearedLine(name: string): string {
  return `${name}=; Max-Age=0; ${attributes}`
}
