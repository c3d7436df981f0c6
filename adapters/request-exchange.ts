import type { BoundRequest, OAuthRequest, SealedRequest } from '../core/oauth-request.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Meter } from './meter.ts'
import type { TokenExchange } from './token-exchange.ts'

/** The outcome of an exchange and of its cookies. */
export type Exchanged = Pick<Outcome, 'result' | 'cookies'>

type JudgedRequest = OAuthRequest | SealedRequest | BoundRequest

/** Exchanges judged requests; in cookie mode, takes the refresh token from the cookie and puts it back there. */
export type RequestExchange = (request: JudgedRequest, meter: Meter) => Promise<Exchanged>

/**
 * Opens the exchange of every request: as it is for a client that handles its refresh token itself, with
 * cookies around it for the others.
 *
 * @param loadCookieExchange loads what cookies need, once it is needed
 */
export function openRequestExchange(
  exchange: TokenExchange,
  loadCookieExchange: () => Promise<RequestExchange>,
): RequestExchange {
  return async (request, meter) => {
    if (isInBody(request)) return { result: await exchange(request, meter) }
    const exchangeInCookie = await loadCookieExchange()
    return exchangeInCookie(request, meter)
  }
}

function isInBody(request: JudgedRequest): request is OAuthRequest {
  if ('signIns' in request || 'sealed' in request) return false
  return request.client.refreshToken === 'body'
}
