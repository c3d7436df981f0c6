import type { Cause } from './cause.ts'

/** Refused because the request does not prove that it came through the CDN in front. */
export const edge = {
  edge_key_missing: {
    status: 403,
    error: 'invalid_request',
    description:
      'This request did not come through the public address of the token service. Send it there.',
    fault: 'caller',
    facts: [],
    suspect: true,
    fix: 'Call the proxy at the address of the distribution in front of it.',
  },
  /** Anybody can send a made-up key, so it only gives notice: pages go by the doctor, and by the users who are missed. */
  edge_key_mismatch: {
    status: 503,
    error: 'temporarily_unavailable',
    description:
      'The token service is temporarily unavailable. This is not an error in your request. Try again later.',
    evidence: ['other_key', 'absent_behind_cdn'],
    fault: 'operator',
    facts: [],
    alarm: { atLeast: 3, withinSeconds: 600, area: 'deployment', provokable: true },
    fix: 'Let the distribution send a key whose digest is in TOKEN_PROXY_EDGE_KEY_DIGESTS.',
  },
} as const satisfies Record<string, Cause>
