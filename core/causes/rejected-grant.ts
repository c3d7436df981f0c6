import { exchangeFacts } from '../facts.ts'
import type { Cause } from './cause.ts'

/** Cognito refused a code, a token or a revocation. */
export const rejectedGrant = {
  redirect_uri_mismatch: {
    status: 400,
    error: 'invalid_grant',
    description:
      'Cognito refused the redirect_uri. It must be byte for byte the one that sign-in started with. Sign in again.',
    evidence: ['client_in_order', 'callback_registered', 'described_as_redirect'],
    fault: 'caller',
    facts: exchangeFacts,
    fix: 'Use the same redirect URI to start sign-in and to exchange the code, including any trailing slash.',
  },
  code_already_used: {
    status: 400,
    error: 'invalid_grant',
    description:
      'This authorization code was exchanged before. A code works only once. Sign in again.',
    evidence: ['code_spent_before', 'code_seen_before'],
    fault: 'caller',
    facts: exchangeFacts,
    fix: 'Exchange each code only once: remove it from the address bar immediately, and handle the callback in one place.',
  },
  code_rejected: {
    status: 400,
    error: 'invalid_grant',
    description:
      'Cognito refused the authorization code. It was already used, has expired, or belongs to another sign-in. Sign in again.',
    fault: 'caller',
    evidence: ['no_use_on_record', 'oauth_enabled', 'resource_sent'],
    candidates: [
      'code_already_used',
      'code_expired',
      'verifier_mismatch',
      'code_of_another_client',
      'oauth_flows_disabled',
      'scope_attributes_unreadable',
      'resource_server_missing',
      'identity_provider_attributes',
    ],
    rareCandidates: ['not_replicated_yet'],
    facts: exchangeFacts,
    fix: 'Exchange each code once, immediately, and with the verifier of the same sign-in.',
  },
  refresh_token_rejected: {
    status: 400,
    error: 'invalid_grant',
    description:
      'Cognito refused the refresh token. It has expired, was revoked, or was replaced by a newer one. Sign in again.',
    fault: 'caller',
    candidates: [
      'refresh_token_expired',
      'refresh_token_revoked',
      'refresh_token_rotated_out',
      'refresh_token_of_another_client',
      'user_disabled_or_deleted',
      'session_limit_reached',
      'device_tracking',
      'scope_attributes_unreadable',
      'resource_server_missing',
    ],
    rareCandidates: ['not_replicated_yet'],
    evidence: ['rotation_off', 'device_tracking_off', 'attributes_readable'],
    facts: exchangeFacts,
    fix: 'Sign the user in again; if rotation is on, always keep the newest refresh token.',
  },
  refresh_token_rotated_out: {
    status: 400,
    error: 'invalid_grant',
    description: 'This refresh token was replaced by a newer one. Sign in again.',
    evidence: ['token_rotated_before', 'token_seen_before', 'rotation_on'],
    fault: 'caller',
    facts: exchangeFacts,
    fix: 'Keep the newest refresh token, and refresh in one tab at a time.',
  },
  refresh_token_revoked: {
    status: 400,
    error: 'invalid_grant',
    description: 'This refresh token was revoked. Sign in again.',
    evidence: ['token_revoked_before'],
    fault: 'caller',
    facts: exchangeFacts,
    fix: 'Delete the tokens of a user who has signed out.',
  },
  token_type_not_revocable: {
    status: 400,
    error: 'unsupported_token_type',
    description: 'Only a refresh token can be revoked here.',
    fault: 'caller',
    facts: exchangeFacts,
    fix: 'Send the refresh token; access and ID tokens expire by themselves.',
  },
} as const satisfies Record<string, Cause>
