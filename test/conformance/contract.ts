import assert from 'node:assert/strict'
import { type CauseName, toCause } from '../../core/causes.ts'
import type { Line, Reply } from './proxy.ts'

type Row = readonly [status: number, error: string, fault: 'caller' | 'operator' | 'cognito']

/** What each cause is answered with, written down once more so that the catalogue cannot drift unseen. */
export const contract = {
  route_not_found: [404, 'invalid_request', 'caller'],
  method_not_allowed: [405, 'invalid_request', 'caller'],
  content_type_unsupported: [415, 'invalid_request', 'caller'],
  body_too_large: [413, 'invalid_request', 'caller'],
  body_malformed: [400, 'invalid_request', 'caller'],
  query_not_allowed: [400, 'invalid_request', 'caller'],
  parameter_missing: [400, 'invalid_request', 'caller'],
  parameter_repeated: [400, 'invalid_request', 'caller'],
  parameter_malformed: [400, 'invalid_request', 'caller'],
  grant_type_unsupported: [400, 'unsupported_grant_type', 'caller'],
  client_unknown: [400, 'invalid_client', 'caller'],
  caller_sent_credentials: [400, 'invalid_request', 'caller'],
  dpop_unsupported: [400, 'invalid_request', 'caller'],
  origin_not_allowed: [403, 'unauthorized_client', 'caller'],
  redirect_uri_not_allowed: [400, 'invalid_request', 'caller'],
  pkce_verifier_missing: [400, 'invalid_request', 'caller'],
  pkce_verifier_malformed: [400, 'invalid_request', 'caller'],
  csrf_header_missing: [403, 'invalid_request', 'caller'],
  refresh_cookie_missing: [401, 'invalid_request', 'caller'],
  refresh_cookie_unreadable: [401, 'invalid_request', 'caller'],
  client_secret_mismatch: [502, 'server_error', 'operator'],
  client_not_found: [502, 'server_error', 'operator'],
  client_has_no_secret: [502, 'server_error', 'operator'],
  client_rejected: [502, 'server_error', 'operator'],
  grant_not_allowed: [502, 'server_error', 'operator'],
  oauth_flows_disabled: [502, 'server_error', 'operator'],
  callback_not_registered: [502, 'server_error', 'operator'],
  redirect_uri_mismatch: [400, 'invalid_grant', 'caller'],
  client_unauthorized: [502, 'server_error', 'operator'],
  code_already_used: [400, 'invalid_grant', 'caller'],
  code_rejected: [400, 'invalid_grant', 'caller'],
  refresh_token_rotated_out: [400, 'invalid_grant', 'caller'],
  refresh_token_revoked: [400, 'invalid_grant', 'caller'],
  refresh_token_rejected: [400, 'invalid_grant', 'caller'],
  lambda_trigger_failed: [502, 'server_error', 'operator'],
  revocation_disabled: [502, 'server_error', 'operator'],
  token_type_not_revocable: [400, 'unsupported_token_type', 'caller'],
  cognito_request_rejected: [502, 'server_error', 'operator'],
  cognito_throttled: [429, 'temporarily_unavailable', 'operator'],
  waf_blocked: [502, 'server_error', 'operator'],
  domain_not_found: [502, 'server_error', 'operator'],
  domain_of_another_pool: [502, 'server_error', 'operator'],
  cognito_unreachable: [503, 'temporarily_unavailable', 'cognito'],
  cognito_timeout: [504, 'temporarily_unavailable', 'cognito'],
  cognito_connection_lost: [504, 'temporarily_unavailable', 'cognito'],
  cognito_error: [503, 'temporarily_unavailable', 'cognito'],
  cognito_answer_unusable: [502, 'server_error', 'cognito'],
  cognito_redirected: [502, 'server_error', 'operator'],
  secret_not_found: [503, 'temporarily_unavailable', 'operator'],
  secret_access_denied: [503, 'temporarily_unavailable', 'operator'],
  secret_malformed: [503, 'temporarily_unavailable', 'operator'],
  secret_unavailable: [503, 'temporarily_unavailable', 'cognito'],
  config_invalid: [503, 'server_error', 'operator'],
  deadline_exhausted: [503, 'temporarily_unavailable', 'operator'],
  proxy_overloaded: [429, 'temporarily_unavailable', 'operator'],
  unforeseen: [500, 'server_error', 'operator'],
} as const satisfies Record<CauseName, Row>

/** What a failure is expected to be. */
export interface ExpectedFailure {
  readonly cause: CauseName
  /** The closed variant that adds a sentence for the caller. */
  readonly detail?: string
  /** A code was at stake. */
  readonly isCode?: boolean
  /** 5 where nobody said anything. */
  readonly retryAfterSeconds?: number
  /** HEAD is answered without a body. */
  readonly isBodiless?: boolean
}

const ownHeaders = ['cache-control', 'content-type', 'pragma', 'x-content-type-options']
/** They belong to the connection or to the HTTP API. */
const gatewayHeaders = [
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'apigw-requestid',
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'vary',
]

/** Holds the headers of an answer against the exact set of the contract, and gives the request id. */
export function assertHeaders(reply: Pick<Reply, 'headers'>, more: readonly string[] = []): string {
  const names = Object.keys(reply.headers).filter((name) => !gatewayHeaders.includes(name))
  assert.deepEqual(names.sort(), [...ownHeaders, 'x-request-id', ...more].sort())
  const values = ownHeaders.map((name) => reply.headers[name])
  assert.deepEqual(values, ['no-store', 'application/json', 'no-cache', 'nosniff'])
  return String(reply.headers['x-request-id'])
}

/** Holds an answer and its record against what the contract says of a cause; gives the record. */
export function assertFailure(
  reply: Pick<Reply, 'status' | 'headers' | 'body'>,
  record: Line | undefined,
  expected: ExpectedFailure,
): Line {
  const { cause, isCode = false } = expected
  const [rowStatus, error, fault] = contract[cause]
  // A code whose fate is unknown must not be sent again: no 503 invites to that.
  const status = cause === 'cognito_error' && isCode ? 504 : rowStatus
  assert.ok(record)
  assert.equal(record['cause'], cause)
  assert.equal(reply.status, status)
  const waits = status === 429 || status === 503 || (status === 504 && !isCode)
  const more = waits ? ['retry-after'] : status === 405 ? ['allow'] : []
  const requestId = assertHeaders(reply, more)
  if (waits) assert.equal(reply.headers['retry-after'], String(expected.retryAfterSeconds ?? 5))
  if (!expected.isBodiless) {
    const error_description = toDescription(expected, requestId)
    assert.deepEqual(reply.body, { error, error_description })
    assert.match(error_description, /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
  }
  const { outcome, request_id, oauth_error } = record
  const seen = {
    outcome,
    request_id,
    oauth_error,
    fault: record['fault'],
    status: record['status'],
  }
  assert.deepEqual(seen, {
    outcome: 'failed',
    request_id: requestId,
    oauth_error: error,
    fault,
    status,
  })
  return record
}

function toDescription({ cause, detail, isCode }: ExpectedFailure, requestId: string): string {
  const row = toCause(cause)
  const own = (isCode ? row.forCode?.description : undefined) ?? row.description
  const sentence = detail === undefined ? undefined : row.details?.[detail]
  assert.equal(sentence === undefined, detail === undefined, `${cause} knows no ${detail}`)
  const text = sentence === undefined ? own : `${own} ${sentence}`
  return row.fault === 'caller' ? text : `${text} Request id: ${requestId}`
}
