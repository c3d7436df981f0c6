import type { Failure } from './causes.ts'
import { findDomainOwner } from './diagnosis-domain.ts'
import { find, type OpenFailure, toCertainty } from './open-failure.ts'
import type { Described, DescribedClient } from './pool-evidence.ts'

/** Names why Cognito did not know the client by its secret. */
export function diagnoseClient(open: OpenFailure): Failure {
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

/** Names what the app client lacks for this grant. */
export function diagnoseUnauthorized(open: OpenFailure): Failure {
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

/** Names a revocation that is switched off, which Cognito calls an invalid request. */
export function diagnoseRequest(open: OpenFailure): Failure {
  const { client } = open.pool
  const isRevocation = open.request.grantType === undefined
  if (!isRevocation || client === undefined || client.value === 'absent') return open.failure
  if (open.failure.facts.upstreamError !== 'invalid_request' || client.value.isRevocationEnabled) {
    return open.failure
  }
  const certainty = toCertainty(client)
  return find(open, 'revocation_disabled', { certainty, evidence: ['revocation_flag_off'] })
}
