import type { CandidateOf, EvidenceOf, Failure } from '../causes/catalogue.ts'
import type { OAuthRequest } from '../oauth-request.ts'
import { isReplicated } from '../user-pool.ts'
import { conclude, toCertainty } from './certainty.ts'
import { type InputWith, toPresent } from './input.ts'
import type { Described } from './pool-evidence.ts'
import { readsItsScopes } from './scope-attributes.ts'

/** Names why a code was refused, by what was done with it before. */
export function diagnoseCode(input: InputWith<'client'>): Failure {
  const { earlier, pool } = input
  if (earlier === 'spent') {
    return conclude(input, 'code_already_used', { evidence: ['code_spent_before'] })
  }
  if (earlier === 'sent') {
    return conclude(input, 'code_already_used', {
      certainty: 'likely',
      evidence: ['code_seen_before'],
    })
  }
  const client = toPresent(pool.client)
  if (client?.isOAuthEnabled === false) {
    return conclude(input, 'oauth_flows_disabled', {
      certainty: 'likely',
      evidence: ['oauth_flag_off'],
    })
  }
  return narrowCode(input, client !== undefined && pool.client?.isFresh === true)
}

/**
 * Lists what is left for a code. What was described earlier names no cause, and may not rule one out either.
 * A resource that the caller names here was named at sign-in, too: Cognito looks for its server only now.
 *
 * @param isKnown whether the app client was described after the refusal, with OAuth on
 */
function narrowCode(input: InputWith<'client'>, isKnown: boolean): Failure {
  const { earlier, request } = input
  const namesResource = request.grantType === 'authorization_code' && request.namesResource === true
  const all = input.failure.candidates as readonly CandidateOf<'code_rejected'>[]
  const left = isKnown ? all.filter((one) => one !== 'oauth_flows_disabled') : all
  const first = left.filter((one) => namesResource && one === 'resource_server_missing')
  return conclude(input, 'code_rejected', {
    evidence: [
      ...(earlier === 'none' ? (['no_use_on_record'] as const) : []),
      ...(isKnown ? (['oauth_enabled'] as const) : []),
      ...(namesResource ? (['resource_sent'] as const) : []),
    ],
    candidates: [...new Set([...first, ...left]), ...toReplicaCandidates(request)],
  })
}

/** Names why a refresh token was refused, in the same way, and rules out what the client's settings exclude. */
export function diagnoseRefreshToken(input: InputWith<'client' | 'pool'>): Failure {
  const { earlier, pool } = input
  if (earlier === 'rotated_out') {
    // Within a grace period a replaced token still works, so that something else may have ended it.
    const client = toPresent(pool.client)
    const isWithoutGrace = client?.isRotating === true && client.retryGracePeriodSeconds === 0
    const certainty = isWithoutGrace ? toCertainty(pool.client) : 'likely'
    return conclude(input, 'refresh_token_rotated_out', {
      certainty,
      evidence: ['token_rotated_before'],
    })
  }
  if (earlier === 'revoked') {
    // Cognito also accepts the revocation of a token that was never valid.
    return conclude(input, 'refresh_token_revoked', {
      certainty: 'likely',
      evidence: ['token_revoked_before'],
    })
  }
  const isRotating = toPresent(pool.client)?.isRotating
  if (earlier === 'sent' && isRotating === true) {
    const evidence = ['token_seen_before', 'rotation_on'] as const
    return conclude(input, 'refresh_token_rotated_out', { certainty: 'likely', evidence })
  }
  return narrowToken(input)
}

type TokenCandidate = CandidateOf<'refresh_token_rejected'>

/** What rules a candidate out, as evidence. The end of a token's life cannot be told from its settings. */
const excluded = {
  rotation_off: 'refresh_token_rotated_out',
  device_tracking_off: 'device_tracking',
  attributes_readable: 'scope_attributes_unreadable',
} as const satisfies { readonly [E in EvidenceOf<'refresh_token_rejected'>]: TokenCandidate }
type Exclusion = keyof typeof excluded

/** Only what was read after the refusal rules anything out. */
function narrowToken(input: InputWith<'client' | 'pool'>): Failure {
  const client = toFreshlyPresent(input.pool.client)
  const isSeen: Readonly<Record<Exclusion, boolean>> = {
    rotation_off: client?.isRotating === false,
    device_tracking_off: toFreshlyPresent(input.pool.pool)?.hasDeviceTracking === false,
    attributes_readable: client !== undefined && readsItsScopes(client),
  }
  const evidence = (Object.keys(excluded) as Exclusion[]).filter((slug) => isSeen[slug])
  const ruledOut: readonly string[] = evidence.map((slug) => excluded[slug])
  const all = input.failure.candidates as readonly TokenCandidate[]
  const candidates = all.filter((one) => !ruledOut.includes(one))
  return conclude(input, 'refresh_token_rejected', {
    evidence,
    candidates: [...candidates, ...toReplicaCandidates(input.request)],
  })
}

/** After a failover, Cognito may refuse what the other Region has issued a moment before. */
function toReplicaCandidates({ client }: OAuthRequest): readonly 'not_replicated_yet'[] {
  return isReplicated(client) ? ['not_replicated_yet'] : []
}

function toFreshlyPresent<T>(part: Described<T> | undefined): T | undefined {
  return part?.isFresh === true ? toPresent(part) : undefined
}
