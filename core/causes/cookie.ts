import { type Cause, secretFacts } from './cause.ts'

/** One text for both: whether there was a cookie, and what was wrong with it, is nobody else's business. */
const noSession =
  'This browser has no refresh token that can be used: no cookie that this client set came along. Sign in again.'

/** Refused because of the cookie that stands for the refresh token, or of what must come with it. */
export const cookie = {
  csrf_header_missing: {
    status: 403,
    error: 'invalid_request',
    description:
      'This client keeps its refresh token in a cookie: send the header X-Requested-With: token-proxy.',
    fault: 'caller',
    facts: [],
    fix: 'Let the front end send X-Requested-With: token-proxy with each token and revocation request.',
  },
  refresh_cookie_missing: {
    status: 401,
    error: 'invalid_request',
    description: noSession,
    fault: 'caller',
    facts: [],
    fix: 'Sign the user in again; if nobody ever has the cookie, send requests with credentials: include, from the same site.',
  },
  refresh_cookie_unreadable: {
    status: 401,
    error: 'invalid_request',
    description: noSession,
    evidence: ['malformed', 'not_authentic', 'key_unknown', 'sent_twice'],
    fault: 'caller',
    facts: secretFacts,
    fix: 'Sign the user in again; if it is many at once, see whether the key of the cookies was rolled twice in a short time.',
  },
} as const satisfies Record<string, Cause>
