import type { CandidateOf, Failure } from './causes.ts'
import { find, type OpenFailure, toCertainty, toPresent } from './open-failure.ts'

/** Names why a code was refused, by what was done with it before. */
export function diagnoseCode(open: OpenFailure): Failure {
  const { earlier, pool } = open
  if (earlier === 'spent') {
    return find(open, 'code_already_used', { evidence: ['code_spent_here'] })
  }
  if (earlier === 'sent') {
    return find(open, 'code_already_used', { certainty: 'likely', evidence: ['code_seen_before'] })
  }
  const client = toPresent(pool.client)
  if (client?.isOAuthEnabled === false) {
    return find(open, 'oauth_flows_disabled', { certainty: 'likely', evidence: ['oauth_flag_off'] })
  }
  // What was described earlier names no cause, and may not rule one out either.
  const isKnown = client !== undefined && pool.client?.isFresh === true
  const all = open.failure.candidates as readonly CandidateOf<'code_rejected'>[]
  return find(open, 'code_rejected', {
    evidence: [
      ...(earlier === 'none' ? (['no_use_on_record'] as const) : []),
      ...(isKnown ? (['oauth_enabled'] as const) : []),
    ],
    candidates: isKnown ? all.filter((one) => one !== 'oauth_flows_disabled') : all,
  })
}

/** Names why a refresh token was refused, likewise, and rules out what the client's settings exclude. */
export function diagnoseRefreshToken(open: OpenFailure): Failure {
  const { earlier, pool } = open
  if (earlier === 'rotated_out') {
    // Within a grace period a replaced token still works, so that something else may have ended it.
    const client = toPresent(pool.client)
    const isWithoutGrace = client?.isRotating === true && client.retryGracePeriodSeconds === 0
    const certainty = isWithoutGrace ? toCertainty(pool.client) : 'likely'
    return find(open, 'refresh_token_rotated_out', {
      certainty,
      evidence: ['token_rotated_here'],
    })
  }
  if (earlier === 'revoked') {
    // Cognito says yes to the revocation of a token that was never good, too.
    return find(open, 'refresh_token_revoked', {
      certainty: 'likely',
      evidence: ['token_revoked_here'],
    })
  }
  const isRotating = toPresent(pool.client)?.isRotating
  if (earlier === 'sent' && isRotating === true) {
    const evidence = ['token_seen_before', 'rotation_on'] as const
    return find(open, 'refresh_token_rotated_out', { certainty: 'likely', evidence })
  }
  const isFixed = isRotating === false && pool.client?.isFresh === true
  const isUntracked =
    toPresent(pool.pool)?.hasDeviceTracking === false && pool.pool?.isFresh === true
  const all = open.failure.candidates as readonly CandidateOf<'refresh_token_rejected'>[]
  return find(open, 'refresh_token_rejected', {
    evidence: [
      ...(isFixed ? (['rotation_off'] as const) : []),
      ...(isUntracked ? (['device_tracking_off'] as const) : []),
    ],
    candidates: all.filter(
      (one) =>
        !(isFixed && one === 'refresh_token_rotated_out') &&
        !(isUntracked && one === 'device_tracking'),
    ),
  })
}
