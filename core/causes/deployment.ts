import { exchangeFacts, secretFacts } from '../facts.ts'
import type { Cause } from './cause.ts'

const later =
  'The token service is temporarily unavailable. This is not an error in your request. Try again later.'

/** Failures of the proxy itself: its secret, its settings, its time. */
export const deployment = {
  secret_not_found: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    evidence: ['marked_for_deletion', 'cookie_key'],
    fault: 'operator',
    facts: secretFacts,
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'Create the secret in Secrets Manager under the name in the settings, or correct the name.',
  },
  secret_access_denied: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    evidence: ['credentials_rejected', 'decryption_denied', 'cookie_key'],
    fault: 'operator',
    facts: secretFacts,
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: "Allow the function's role to call secretsmanager:GetSecretValue on the secret and, if the secret uses your own KMS key, to decrypt with that key.",
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
      'cookie_key',
    ],
    fault: 'operator',
    facts: secretFacts,
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'Store the secret as JSON with the client_id and client_secret of this app client; store a cookie key as 32 random bytes in base64.',
  },
  secret_unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    evidence: ['no_answer', 'answered_error', 'backed_off', 'cooling_down', 'cookie_key'],
    fault: 'cognito',
    facts: secretFacts,
    alarm: { atLeast: 3, withinSeconds: 600 },
    fix: 'Check the AWS Health Dashboard for Secrets Manager, and the network of the function.',
  },
  config_invalid: {
    status: 503,
    error: 'server_error',
    description: later,
    fault: 'operator',
    facts: [],
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'Fix each problem that the log line "settings refused" lists, then deploy again.',
  },
  deadline_exhausted: {
    status: 503,
    error: 'temporarily_unavailable',
    description: later,
    fault: 'operator',
    facts: exchangeFacts,
    alarm: { atLeast: 5, withinSeconds: 600 },
    fix: 'Check secret_ms and remaining_ms in the record to find what took the time, or raise TOKEN_PROXY_DEADLINE_MS.',
  },
  proxy_overloaded: {
    status: 429,
    error: 'temporarily_unavailable',
    description: later,
    fault: 'operator',
    facts: [],
    alarm: { atLeast: 5, withinSeconds: 600 },
    fix: 'Raise the concurrency of the function, or find out who sends so many requests.',
  },
  unforeseen: {
    status: 500,
    error: 'server_error',
    description: 'The token service failed unexpectedly. This is not an error in your request.',
    fault: 'operator',
    facts: [],
    alarm: { atLeast: 1, withinSeconds: 600 },
    fix: 'This is a bug. Report the request id and the version of the proxy to its developers.',
  },
} as const satisfies Record<string, Cause>
