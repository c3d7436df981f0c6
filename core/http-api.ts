import { toAllowedHeaders } from './cors-headers.ts'
import { metadataPaths, revocationPath, tokenPath } from './paths.ts'

/** One route of the HTTP API: an exact method and a path, which may have a `{name}` or end in the greedy `{proxy+}`. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** The deployed function that answers it, as in `functions/NAME.ts`. */
  readonly function: 'oauth2' | 'metadata'
  /** Its own throttle; all routes without one have the throttle of the stage. */
  readonly throttle?: Throttle
}

/** How many requests the HTTP API lets through: so many a second, and so many at once after a quiet time. */
export interface Throttle {
  readonly ratePerSecond: number
  readonly burst: number
}

/** Stage-wide throttling, below Cognito's default quota of 120 requests a second for a category. */
export const throttle: Throttle = { ratePerSecond: 100, burst: 100 }
/** For each route of strays: nobody needs them, and whoever sends many must not fill a function. */
const strayThrottle: Throttle = { ratePerSecond: 10, burst: 20 }

/**
 * Every route of the HTTP API. The greedy ones let a wrong path or method be explained and counted like
 * any other mistake (they do not match the bare `/`), by the function that no exchange needs; `OPTIONS` is not
 * among them, so a preflight is answered by the HTTP API itself and costs no Lambda call. Exchanges and
 * sign-outs have throttles of their own, so that no flood elsewhere uses theirs up.
 */
export const routes: readonly Route[] = [
  { method: 'POST', path: tokenPath, function: 'oauth2', throttle },
  { method: 'POST', path: revocationPath, function: 'oauth2', throttle },
  ...metadataPaths.map((path): Route => ({ method: 'GET', path, function: 'metadata' })),
  toStrayRoute('POST', '/'),
  ...(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method) =>
    toStrayRoute(method, '/{proxy+}'),
  ),
]

function toStrayRoute(method: Route['method'], path: string): Route {
  return { method, path, function: 'metadata', throttle: strayThrottle }
}

/** The HTTP API's `CorsConfiguration`, in the API's own terms. */
export interface Cors {
  readonly allowOrigins: readonly string[]
  readonly allowMethods: readonly string[]
  readonly allowHeaders: readonly string[]
  readonly exposeHeaders: readonly string[]
  readonly maxAgeSeconds: number
  /** Whether browsers may send cookies along. */
  readonly allowCredentials: boolean
}

/**
 * The CORS rules for a deployment: every web origin that some client allows, never `*`. Which origin may use
 * which client is enforced by the function. `authorization` and `dpop` are let through the preflight so
 * that a front end that sends them reads why it is refused instead of a bare CORS error. Cookies are let
 * through only where some client keeps its refresh token in one.
 */
export function toCors(
  clients: readonly { readonly origins: readonly string[]; readonly refreshToken?: unknown }[],
  moreHeaders: readonly string[] = [],
): Cors {
  const origins = clients.flatMap((client) => client.origins)
  return {
    allowOrigins: [...new Set(origins.filter((origin) => /^https?:/.test(origin)))].sort(),
    allowMethods: ['GET', 'POST'],
    allowHeaders: toAllowedHeaders(moreHeaders),
    exposeHeaders: ['retry-after', 'x-request-id'],
    maxAgeSeconds: 7200,
    allowCredentials: clients.some((client) => client.refreshToken === 'cookie'),
  }
}

/** Lambda's own time limit for the function `oauth2`; the handler answers before it. */
export const functionTimeoutSeconds = 15
/** The HTTP API's integration limit is fixed by AWS. */
export const integrationTimeoutSeconds = 30
