import type { Certainty } from './cause.ts'
import {
  type CandidateOf,
  type CauseName,
  type EvidenceOf,
  type Failure,
  type Finding,
  fail,
} from './causes.ts'
import type { OAuthRequest } from './oauth-request.ts'
import type { Described, DescribedClient, PoolEvidence } from './pool-evidence.ts'
import type { Secret } from './secret.ts'
import type { EarlierUse } from './use-memory.ts'

/** A failure that Cognito's word alone left open, with everything that may close it. */
export interface OpenFailure {
  readonly failure: Failure
  readonly request: OAuthRequest
  readonly usedSecret: Secret
  readonly pool: PoolEvidence
  readonly earlier: EarlierUse
  /** The user pool that the settings name; undefined where they name none. */
  readonly userPoolId: string | undefined
}

type Diagnose = (open: OpenFailure) => Failure

const byCause: { readonly [N in CauseName]?: Diagnose } = {
  client_rejected: diagnoseClient,
  client_unauthorized: diagnoseUnauthorized,
  code_rejected: diagnoseCode,
  refresh_token_rejected: diagnoseRefreshToken,
  domain_not_found: diagnoseDomain,
  cognito_request_rejected: diagnoseRequest,
}

/**
 * Names the cause of a failure by the evidence, or gives the failure back as it was. Proved is only what
 * admits no other explanation; what evidence merely suggests is likely; the rest stays undetermined, with
 * the candidates that the evidence leaves.
 */
export function diagnose(open: OpenFailure): Failure {
  const found = byCause[open.failure.cause]?.(open) ?? open.failure
  return { ...found, facts: { ...open.failure.facts, ...found.facts } }
}

/** Keeps what a refusal has already gathered: its evidence comes before what the diagnosis adds. */
function find<N extends CauseName>(
  { failure }: OpenFailure,
  cause: N,
  finding: Finding<N> & { readonly evidence: readonly EvidenceOf<N>[] },
): Failure {
  const found = fail(cause, finding)
  return { ...found, evidence: [...failure.evidence, ...found.evidence] }
}

/** What was described before the refusal may have changed since, so it proves nothing. */
function toCertainty(...parts: readonly (Described<unknown> | undefined)[]): Certainty {
  return parts.every((part) => part?.isFresh === true) ? 'proved' : 'likely'
}

function toPresent<T>(part: Described<T> | undefined): T | undefined {
  return part === undefined || part.value === 'absent' ? undefined : part.value
}

/** Whose the domain is, by whichever call could tell; undefined where neither did. */
function findDomainOwner({ pool, userPoolId }: OpenFailure) {
  const owner = toPresent(pool.domain)
  if (owner?.userPoolId !== undefined && userPoolId !== undefined) {
    return { isElsewhere: owner.userPoolId !== userPoolId, part: pool.domain }
  }
  // That the pool does not list it is no proof that another one has it: it may have an alias.
  const isOwn = toPresent(pool.pool)?.hasDomain === true
  return isOwn ? { isElsewhere: false, part: pool.pool } : undefined
}

function diagnoseClient(open: OpenFailure): Failure {
  const { client, activeSecrets } = open.pool
  const owner = findDomainOwner(open)
  if (owner?.isElsewhere) {
    const certainty = toCertainty(owner.part)
    return find(open, 'domain_of_another_pool', { certainty, evidence: ['domain_elsewhere'] })
  }
  if (client === undefined) return open.failure
  if (client.value === 'absent') return diagnoseAbsentClient(open, client)
  const { secret } = client.value
  if (secret === undefined) {
    // Secrets that are counted and not shown contradict each other: one of the two is out of date.
    const isContradicted = typeof activeSecrets?.value === 'number' && activeSecrets.value > 0
    const certainty = isContradicted ? 'likely' : toCertainty(client, owner?.part)
    return find(open, 'client_has_no_secret', { certainty, evidence: ['no_active_secret'] })
  }
  if (secret.equals(open.usedSecret)) {
    if (!client.isFresh || owner === undefined) return open.failure
    return find(open, 'client_rejected', {
      evidence: ['client_present', 'secret_equal'],
      candidates: ['secret_change_spreading'],
    })
  }
  if (activeSecrets?.value === 1) {
    return find(open, 'client_secret_mismatch', {
      certainty: toCertainty(client, activeSecrets, owner?.part),
      evidence: ['secret_differs', 'one_active_secret'],
    })
  }
  // With two active secrets the one that was used may be the other, which no call can show.
  const second = activeSecrets?.value === 2 ? (['two_active_secrets'] as const) : []
  return find(open, 'client_secret_mismatch', {
    certainty: 'likely',
    evidence: ['secret_differs', ...second],
  })
}

/** A client is proved to be gone only in a pool that is there, and that has the domain. */
function diagnoseAbsentClient(open: OpenFailure, client: Described<unknown>): Failure {
  const { pool } = open.pool
  if (pool?.value === 'absent') {
    return find(open, 'client_rejected', { evidence: ['user_pool_absent'] })
  }
  const certainty = toCertainty(client, pool, findDomainOwner(open)?.part)
  return find(open, 'client_not_found', { certainty, evidence: ['client_absent'] })
}

function diagnoseUnauthorized(open: OpenFailure): Failure {
  const { client } = open.pool
  if (client === undefined || client.value === 'absent') return open.failure
  const { allowsCode, isOAuthEnabled } = client.value
  const isCallbackMissing = lacksCallback(open, client.value)
  const wrong = [!allowsCode, !isOAuthEnabled, isCallbackMissing].filter(Boolean).length
  // Two faults at once explain a refusal twice over: each must be mended, neither is proved to be it.
  // That a client without the code flow may not refresh is not established.
  const isRefresh = open.request.grantType !== 'authorization_code'
  const certainty = wrong === 1 && !isRefresh ? toCertainty(client) : 'likely'
  const alsoCallback = isCallbackMissing ? (['callback_missing'] as const) : []
  if (!allowsCode) {
    const alsoFlag = isOAuthEnabled ? [] : (['oauth_flag_off'] as const)
    const evidence = ['code_flow_missing', ...alsoFlag, ...alsoCallback] as const
    return find(open, 'grant_not_allowed', { certainty, evidence })
  }
  if (!isOAuthEnabled) {
    const evidence = ['oauth_flag_off', ...alsoCallback] as const
    return find(open, 'oauth_flows_disabled', { certainty, evidence })
  }
  if (isCallbackMissing) {
    return find(open, 'callback_not_registered', { certainty, evidence: ['callback_missing'] })
  }
  if (open.request.grantType !== 'authorization_code') return open.failure
  return find(open, 'redirect_uri_mismatch', {
    certainty: 'likely',
    evidence: ['client_in_order', 'callback_registered'],
  })
}

/** A refresh names no redirect URI, so that none can be missing. */
function lacksCallback({ request }: OpenFailure, client: DescribedClient): boolean {
  return (
    request.grantType === 'authorization_code' && !client.callbackUrls.includes(request.redirectUri)
  )
}

function diagnoseCode(open: OpenFailure): Failure {
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
      ...(earlier === 'none' ? (['first_use_here'] as const) : []),
      ...(isKnown ? (['oauth_enabled'] as const) : []),
    ],
    candidates: isKnown ? all.filter((one) => one !== 'oauth_flows_disabled') : all,
  })
}

function diagnoseRefreshToken(open: OpenFailure): Failure {
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

/** Cognito calls a revocation that is switched off an invalid request. */
function diagnoseRequest(open: OpenFailure): Failure {
  const { client } = open.pool
  const isRevocation = open.request.grantType === undefined
  if (!isRevocation || client === undefined || client.value === 'absent') return open.failure
  if (open.failure.facts.upstreamError !== 'invalid_request' || client.value.isRevocationEnabled) {
    return open.failure
  }
  const certainty = toCertainty(client)
  return find(open, 'revocation_disabled', { certainty, evidence: ['revocation_flag_off'] })
}

function diagnoseDomain(open: OpenFailure): Failure {
  const owner = toPresent(open.pool.domain)
  if (owner === undefined) return open.failure
  if (owner.userPoolId === undefined) {
    const certainty = toCertainty(open.pool.domain)
    return find(open, 'domain_not_found', { certainty, evidence: ['domain_without_pool'] })
  }
  if (open.userPoolId === undefined || owner.userPoolId === open.userPoolId) return open.failure
  const certainty = toCertainty(open.pool.domain)
  return find(open, 'domain_of_another_pool', { certainty, evidence: ['domain_elsewhere'] })
}
