import { secretFacts } from '../facts.ts'
import type { Cause } from './cause.ts'

/** One text for both causes: a caller must not learn whether there was a cookie or what was wrong with it. */
const noSession =
  'This browser has no usable refresh token: the request has no valid cookie of this client. Sign in again.'

/** Refused because of the cookie that holds the refresh token, or of the header that must come with it. */
export const cookie = {
  csrf_header_missing: {
    status: 403,
    error: 'invalid_request',
    description:
      'This client keeps its refresh token in a cookie, so every request needs the header X-Requested-With: token-proxy.',
    details: {
      behind_cdn: 'It came through a CDN, which must forward this header.',
    },
    fault: 'caller',
    facts: [],
    fix: 'Send the header X-Requested-With: token-proxy with every token and revocation request.',
  },
  sign_in_cookie_missing: {
    status: 400,
    error: 'invalid_request',
    description:
      'This sign-in was not started in this browser at /oauth2/authorize of this proxy, or it was started with another code_verifier. Start it again there.',
    fault: 'caller',
    facts: [],
    fix: "Begin sign-in at the proxy's own /oauth2/authorize, and send the exchange from the same browser with credentials: include.",
  },
  refresh_cookie_missing: {
    status: 401,
    error: 'invalid_request',
    description: noSession,
    fault: 'caller',
    facts: [],
    fix: 'Sign the user in again; if no request ever has the cookie, send requests from the same site with credentials: include.',
  },
  refresh_cookie_unreadable: {
    status: 401,
    error: 'invalid_request',
    description: noSession,
    evidence: ['malformed', 'not_authentic', 'key_unknown', 'sent_twice'],
    fault: 'caller',
    facts: secretFacts,
    fix: 'Sign the user in again; if it happens to many users at once, check whether the cookie key was changed twice in a short time.',
  },
  /** The caller's, because a made-up cookie suffices for it: nobody may be woken by that. */
  refresh_cookie_undecided: {
    status: 429,
    error: 'temporarily_unavailable',
    description: 'It cannot be decided yet whether the cookie is valid. Try again later.',
    evidence: ['key_unknown', 'cooling_down'],
    fault: 'caller',
    facts: secretFacts,
    fix: 'Send the request again after the time in Retry-After; the cookie stays in the browser.',
  },
} as const satisfies Record<string, Cause>
