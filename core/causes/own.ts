import { type Cause, exchangeFacts, secretFacts } from '../cause.ts'

const later = 'The proxy cannot serve this right now, by no fault of the caller; try again later.'

/** The proxy's own: its secret, its settings, its time. */
export const own = {
  secret_not_found: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    evidence: ['marked_for_deletion'],
    fault: 'operator',
    facts: secretFacts,
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'Create the secret in Secrets Manager under the name in the settings, or mend the name.',
  },
  secret_access_denied: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    evidence: ['credentials_rejected', 'decryption_denied'],
    fault: 'operator',
    facts: secretFacts,
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: "Let the function's role call secretsmanager:GetSecretValue on the secret, and use its key where that is one of your own.",
  },
  secret_malformed: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    evidence: [
      'not_text',
      'not_json',
      'client_secret_missing',
      'client_secret_unusable',
      'client_id_differs',
      'placeholder',
    ],
    fault: 'operator',
    facts: secretFacts,
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'Store the secret as JSON with client_id and client_secret of this app client.',
  },
  secret_unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    evidence: ['no_answer', 'answered_error', 'backed_off'],
    fault: 'cognito',
    facts: secretFacts,
    alarm: { atLeast: 3, withinSeconds: 600 },
    fix: "See AWS's health dashboard for Secrets Manager, and the network of the function.",
  },
  config_invalid: {
    status: 503,
    error: 'server_error',
    description: later,
    fault: 'operator',
    facts: [],
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'Mend each problem that the log line "settings refused" names, and deploy again.',
  },
  deadline_exhausted: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    fault: 'operator',
    facts: exchangeFacts,
    // A Cognito that is slow uses up time and keeps requests under way.
    alarm: { atLeast: 5, withinSeconds: 600, follows: 'cognito' },
    fix: 'Look at secret_ms and remaining_ms of the record: find what took the time, or raise TOKEN_PROXY_DEADLINE_MS.',
  },
  proxy_overloaded: {
    status: 429,
    error: 'temporarily_unavailable',
    description: later,
    fault: 'operator',
    facts: [],
    // A Cognito that is slow uses up time and keeps requests under way.
    alarm: { atLeast: 5, withinSeconds: 600, follows: 'cognito' },
    fix: 'Raise the concurrency of the function, or find who sends so many requests.',
  },
  unforeseen: {
    status: 500,
    error: 'server_error',
    description: 'The proxy failed, by no fault of the caller.',
    fault: 'operator',
    facts: [],
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'Report the request id and the version of the proxy to its developers: this is a bug.',
  },
} as const satisfies Record<string, Cause>
