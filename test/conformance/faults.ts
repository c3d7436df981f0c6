import type { CauseName } from '../../core/causes.ts'
import type { SecretStore } from '../../local/aws/secret-store.ts'
import type { Behaviour } from './scripted-upstream.ts'

/** One way in which Cognito's token endpoint fails, and the cause that it stands for. */
export interface UpstreamFault {
  readonly says: string
  readonly behaviour: Behaviour
  readonly cause: CauseName
  /** What the answer says where it may say something; 5 unless given. */
  readonly retryAfterSeconds?: number
  /** Both unless given. */
  readonly grants?: readonly ('code' | 'refresh')[]
}

const oauthError = (error: string, error_description?: string): Behaviour => ({
  status: 400,
  body: { error, error_description },
})

/** Every cause that Cognito's answer, or the lack of one, can stand for. */
export const upstreamFaults: readonly UpstreamFault[] = [
  { says: 'invalid_client', behaviour: oauthError('invalid_client'), cause: 'client_rejected' },
  {
    says: 'unauthorized_client',
    behaviour: oauthError('unauthorized_client'),
    cause: 'client_unauthorized',
  },
  {
    says: 'invalid_grant',
    behaviour: oauthError('invalid_grant'),
    cause: 'code_rejected',
    grants: ['code'],
  },
  {
    says: 'invalid_grant',
    behaviour: oauthError('invalid_grant'),
    cause: 'refresh_token_rejected',
    grants: ['refresh'],
  },
  {
    says: 'the text of a failed trigger',
    behaviour: oauthError('invalid_grant', 'PreTokenGeneration failed with error boom.'),
    cause: 'lambda_trigger_failed',
  },
  ...['invalid_request', 'invalid_scope', 'unsupported_grant_type', 'tea_pot'].map((error) => ({
    says: error,
    behaviour: oauthError(error),
    cause: 'cognito_request_rejected' as const,
  })),
  {
    says: 'an HTML 400',
    behaviour: { status: 400, body: '<html>invalid_grant</html>' },
    cause: 'cognito_request_rejected',
  },
  { says: 'a 405', behaviour: { status: 405 }, cause: 'cognito_request_rejected' },
  { says: 'a 429', behaviour: { status: 429 }, cause: 'cognito_throttled' },
  ...(
    [
      ['7', 7],
      ['0', 1],
      ['86400', 60],
      ['soon', 5],
      ['Thu, 01 Jan 1970 00:00:00 GMT', 1],
      ['Fri, 31 Dec 9999 23:59:59 GMT', 60],
    ] as const
  ).map(([value, retryAfterSeconds]) => ({
    says: `a 429 with Retry-After: ${value}`,
    behaviour: { status: 429, headers: { 'retry-after': value } },
    cause: 'cognito_throttled' as const,
    retryAfterSeconds,
  })),
  {
    says: 'TooManyRequestsException',
    behaviour: { status: 400, body: { __type: 'TooManyRequestsException', message: 'x' } },
    cause: 'cognito_throttled',
  },
  { says: 'a 403', behaviour: { status: 403, body: '<html>' }, cause: 'waf_blocked' },
  {
    says: 'a 403 in JSON that is no OAuth error',
    behaviour: { status: 403, body: { message: 'Forbidden' } },
    cause: 'waf_blocked',
  },
  { says: 'a 404', behaviour: { status: 404 }, cause: 'domain_not_found' },
  ...[301, 302, 303, 307, 308].map((status) => ({
    says: `a ${status}`,
    behaviour: { status, headers: { location: 'http://127.0.0.1:1/' } },
    cause: 'cognito_redirected' as const,
  })),
  ...[500, 502, 503, 504].map((status) => ({
    says: `a ${status} that talks of invalid_grant`,
    behaviour: { status, body: { error: 'invalid_grant' } },
    cause: 'cognito_error' as const,
  })),
  {
    says: 'a 503 with Retry-After: 30',
    behaviour: { status: 503, headers: { 'retry-after': '30' } },
    cause: 'cognito_error',
    retryAfterSeconds: 30,
  },
  { says: 'silence', behaviour: 'silence', cause: 'cognito_timeout' },
  { says: 'a reset', behaviour: 'reset', cause: 'cognito_connection_lost' },
  {
    says: 'an answer cut short',
    behaviour: { cut: '{"access_token":"a","token_type":"Bearer"}' },
    cause: 'cognito_connection_lost',
  },
  {
    says: 'an answer that drips',
    behaviour: { drip: '{"access_token":"a","token_type":"Bearer"}', everyMs: 500 },
    cause: 'cognito_timeout',
  },
  {
    says: 'bytes that are no HTTP',
    behaviour: { raw: 'SSH-2.0\r\n' },
    cause: 'cognito_answer_unusable',
  },
  {
    says: 'an HTML 200',
    behaviour: { status: 200, body: '<html>' },
    cause: 'cognito_answer_unusable',
  },
  {
    says: 'a 200 with an error',
    behaviour: { status: 200, body: { error: 'invalid_grant' } },
    cause: 'cognito_answer_unusable',
  },
  { says: 'a 204', behaviour: { status: 204 }, cause: 'cognito_answer_unusable' },
  {
    says: 'a 200 in gzip',
    behaviour: { status: 200, headers: { 'content-encoding': 'gzip' }, body: '{}' },
    cause: 'cognito_answer_unusable',
  },
  {
    says: 'a 200 of 65537 bytes',
    behaviour: { status: 200, body: ' '.repeat(65_537) },
    cause: 'cognito_answer_unusable',
  },
]

/** One way in which Secrets Manager fails, at a client whose secret was never read. */
export interface SecretFault {
  readonly says: string
  readonly client: string
  readonly cause: CauseName
  readonly evidence: readonly string[]
  readonly breakStore: (store: SecretStore, secretId: string) => void
}

const stored = (text: string) => (store: SecretStore, secretId: string) => {
  store.put(secretId, text)
}

/** Every cause that reading a secret can end in. */
export const secretFaults: readonly SecretFault[] = [
  {
    says: 'a secret that is not there',
    client: 'gone',
    cause: 'secret_not_found',
    evidence: [],
    breakStore: (store) => store.breakWith('secret_gone'),
  },
  {
    says: 'a secret marked for deletion',
    client: 'marked',
    cause: 'secret_not_found',
    evidence: ['marked_for_deletion'],
    breakStore: (store, secretId) => store.markDeleted(secretId),
  },
  {
    says: 'a role without permission',
    client: 'denied',
    cause: 'secret_access_denied',
    evidence: [],
    breakStore: (store) => store.breakWith('secret_denied'),
  },
  {
    says: 'Secrets Manager failing',
    client: 'down',
    cause: 'secret_unavailable',
    evidence: ['answered_error'],
    breakStore: (store) => store.breakWith('secrets_down'),
  },
  {
    says: 'Secrets Manager silent',
    client: 'silent',
    cause: 'secret_unavailable',
    evidence: ['no_answer'],
    breakStore: (store) => store.stall(10),
  },
  {
    says: 'a secret that is broken JSON',
    client: 'broken',
    cause: 'secret_malformed',
    evidence: ['not_json'],
    breakStore: stored('{"client_id": "'),
  },
  {
    says: 'a stored secret without the secret',
    client: 'empty',
    cause: 'secret_malformed',
    evidence: ['client_secret_missing'],
    breakStore: stored('{"client_id":"empty"}'),
  },
  {
    says: 'the secret of another client',
    client: 'other',
    cause: 'secret_malformed',
    evidence: ['client_id_differs'],
    breakStore: stored('{"client_id":"another","client_secret":"x"}'),
  },
  {
    says: 'a placeholder as secret',
    client: 'place',
    cause: 'secret_malformed',
    evidence: ['placeholder'],
    breakStore: stored('{"client_secret":"change-me"}'),
  },
  {
    says: 'a secret with a line break',
    client: 'lines',
    cause: 'secret_malformed',
    evidence: ['client_secret_unusable'],
    breakStore: stored('{"client_secret":"a\\nb"}'),
  },
]
