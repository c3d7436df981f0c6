import type { EvidenceOf, Failure } from '../causes/catalogue.ts'
import type { Certainty } from '../causes/cause.ts'
import { conclude, toCertainty } from './certainty.ts'
import { isChangedAtCognito } from './changed-at-cognito.ts'
import { findDomainOwner } from './domain.ts'
import { type InputWith, toPresent } from './input.ts'
import { isOriginalActive } from './original-secret.ts'
import type { Described, DescribedClient } from './pool-evidence.ts'

type ClientInput = InputWith<'client' | 'activeSecrets' | 'pool' | 'domain'>

/** Names why Cognito did not know the client by its secret. */
export function diagnoseClient(input: ClientInput): Failure {
  const { client } = input.pool
  const owner = findDomainOwner(input)
  if (owner?.isElsewhere) return diagnoseElsewhere(input, owner.part)
  if (client === undefined) return input.failure
  if (client.value === 'absent') return diagnoseAbsentClient(input, client)
  const { secret } = client.value
  if (secret === undefined) return diagnoseSecretless(input, client)
  if (!secret.equals(input.usedSecret)) return diagnoseOtherSecret(input, client, client.value)
  if (!client.isFresh || owner === undefined) return input.failure
  return conclude(input, 'client_rejected', {
    evidence: ['client_present', 'secret_equal'],
    candidates: ['secret_change_spreading'],
  })
}

/**
 * Another pool does not know an app client of this one, whatever its secret. An app client that is not in
 * this pool either may be in that one: then it is the pool's id that is wrong in the settings, which no
 * request feels, and why the client was refused is open.
 */
function diagnoseElsewhere(input: ClientInput, domain: Described<unknown> | undefined): Failure {
  const { client, pool } = input.pool
  if (client?.value === 'absent') {
    const missing = pool?.value === 'absent' ? 'user_pool_absent' : 'client_absent'
    return conclude(input, 'client_rejected', { evidence: [missing, 'domain_elsewhere'] })
  }
  const certainty = toCertainty(client, domain)
  return conclude(input, 'domain_of_another_pool', { certainty, evidence: ['domain_elsewhere'] })
}

/** A client is proved to be gone only in a pool that is there, and that has the domain. */
function diagnoseAbsentClient(input: ClientInput, client: Described<unknown>): Failure {
  const { pool, activeSecrets } = input.pool
  if (pool?.value === 'absent') {
    return conclude(input, 'client_rejected', { evidence: ['user_pool_absent'] })
  }
  // Secrets that can be counted, were it none, are those of a client that is there.
  const isContradicted = activeSecrets?.isFresh === true && activeSecrets.value !== 'absent'
  const sure = toCertainty(client, pool, findDomainOwner(input)?.part)
  const certainty = isContradicted ? 'likely' : sure
  return conclude(input, 'client_not_found', { certainty, evidence: ['client_absent'] })
}

/**
 * A secret that is not described may still be there: Cognito describes the one that the app client was made
 * with, and none once that is deleted. So only the list of them can show that there is none, and where it
 * counts one, or cannot be read, which secret was refused is open.
 */
function diagnoseSecretless(input: ClientInput, client: Described<unknown>): Failure {
  const { activeSecrets } = input.pool
  const part = findDomainOwner(input)?.part
  if (toPresent(activeSecrets)?.count === 0) {
    const certainty = toCertainty(client, activeSecrets, part)
    return conclude(input, 'client_has_no_secret', { certainty, evidence: ['no_active_secret'] })
  }
  // What was described earlier rules nothing out.
  if (!client.isFresh) return input.failure
  const evidence = toListedEvidence(input)
  if (evidence.includes('changed_at_cognito')) {
    return conclude(input, 'client_secret_mismatch', { certainty: 'likely', evidence })
  }
  const isListed = activeSecrets?.isFresh === true && activeSecrets.value !== 'absent'
  const mayBePublic = isListed ? [] : (['client_has_no_secret'] as const)
  const mayBeElsewhere = part === undefined ? (['domain_of_another_pool'] as const) : []
  return conclude(input, 'client_rejected', {
    evidence: ['client_present', 'secret_undescribed'],
    candidates: [
      'client_secret_mismatch',
      ...mayBePublic,
      ...mayBeElsewhere,
      'secret_change_spreading',
    ],
  })
}

/**
 * With two active secrets the one that was used may be the other, which no call can show. So may a single
 * one that was added later: only of the original is it certain that it is the one that is described.
 */
function diagnoseOtherSecret(
  input: ClientInput,
  client: Described<unknown>,
  described: DescribedClient,
): Failure {
  const { activeSecrets } = input.pool
  const listed = toPresent(activeSecrets)
  const evidence = ['secret_differs', ...toListedEvidence(input)] as const
  // The secret that is stored by now may well be the right one.
  const isUntried = input.failure.evidence.includes('secret_changed_untried')
  const sure = toCertainty(client, activeSecrets, findDomainOwner(input)?.part)
  const isOnly = listed?.count === 1 && isOriginalActive(described, listed)
  const certainty = isOnly && !isUntried ? sure : 'likely'
  return conclude(input, 'client_secret_mismatch', { certainty, evidence })
}

/**
 * What the list of active secrets says. Where the stored secret could not be read again, or has changed since,
 * its date is not that of the secret that was used.
 */
function toListedEvidence({
  pool,
  failure,
  storedAtMs,
}: ClientInput): readonly EvidenceOf<'client_secret_mismatch'>[] {
  const listed = toPresent(pool.activeSecrets)
  if (listed === undefined) return []
  const { evidence } = failure
  const isOld = evidence.includes('refetch_failed') || evidence.includes('secret_changed_untried')
  const isChanged = pool.activeSecrets?.isFresh === true && isChangedAtCognito(listed, storedAtMs)
  return [
    ...(listed.count === 1 ? (['one_active_secret'] as const) : []),
    ...(listed.count === 2 ? (['two_active_secrets'] as const) : []),
    ...(isChanged && !isOld ? (['changed_at_cognito'] as const) : []),
  ]
}

/** Names what the app client lacks for this grant. */
export function diagnoseUnauthorized(input: InputWith<'client'>): Failure {
  const { client } = input.pool
  if (client === undefined || client.value === 'absent') return input.failure
  const { allowsCode, isOAuthEnabled } = client.value
  const isCallbackMissing = lacksCallback(input, client.value)
  const wrong = [!allowsCode, !isOAuthEnabled, isCallbackMissing].filter(Boolean).length
  const certainty = wrong === 1 ? toFlagCertainty(input) : 'likely'
  const alsoCallback = isCallbackMissing ? (['callback_missing'] as const) : []
  if (!allowsCode) {
    const alsoFlag = isOAuthEnabled ? [] : (['oauth_flag_off'] as const)
    const evidence = ['code_flow_missing', ...alsoFlag, ...alsoCallback] as const
    return conclude(input, 'grant_not_allowed', { certainty, evidence })
  }
  if (!isOAuthEnabled) {
    const evidence = ['oauth_flag_off', ...alsoCallback] as const
    return conclude(input, 'oauth_flows_disabled', { certainty, evidence })
  }
  if (isCallbackMissing) {
    // Sign-in gives no code for such a URI: unless it was registered then, sign-in had another one.
    const evidence = ['callback_missing'] as const
    return conclude(input, 'callback_not_registered', { certainty: 'likely', evidence })
  }
  // An old description may be of before a fault of the operator, which is never told as the caller's.
  if (input.request.grantType !== 'authorization_code' || !client.isFresh) return input.failure
  return conclude(input, 'redirect_uri_mismatch', {
    certainty: 'likely',
    evidence: ['client_in_order', 'callback_registered'],
  })
}

/**
 * Judges how sure the one thing makes that is wrong. Two at once explain a refusal twice over: each must be
 * fixed, neither is proved to be the reason; the same holds for a finding next to Cognito's hint at the redirect URI. That a
 * client without the code flow may not refresh is not established.
 */
function toFlagCertainty({ request, failure, pool }: InputWith<'client'>): Certainty {
  const isHinted = failure.evidence.includes('described_as_redirect')
  const isCode = request.grantType === 'authorization_code'
  return isCode && !isHinted ? toCertainty(pool.client) : 'likely'
}

/** A refresh names no redirect URI, so that none can be missing. */
function lacksCallback({ request }: InputWith<'client'>, client: DescribedClient): boolean {
  return (
    request.grantType === 'authorization_code' && !client.callbackUrls.includes(request.redirectUri)
  )
}

/** Names a revocation that is switched off, which Cognito calls an invalid request. */
export function diagnoseRequest(input: InputWith<'client'>): Failure {
  const { client } = input.pool
  const isRevocation = input.request.grantType === undefined
  if (!isRevocation || client === undefined || client.value === 'absent') return input.failure
  if (input.failure.facts.upstreamError !== 'invalid_request' || client.value.isRevocationEnabled) {
    return input.failure
  }
  const certainty = toCertainty(client)
  return conclude(input, 'revocation_disabled', { certainty, evidence: ['revocation_flag_off'] })
}
