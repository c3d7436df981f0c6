import type { OpenFailure } from '../../core/open-failure.ts'

/** What was described a moment ago; nothing else can be part of a proof. */
function readFresh<T>(part: { value: T; isFresh: boolean } | undefined): T | undefined {
  return part?.isFresh === true ? part.value : undefined
}

/**
 * Whether the pool has the domain: the domain's word goes before the pool's, and counts only if fresh and
 * not denied by the pool. That the pool does not name the domain its own says nothing: it may be an alias.
 */
function readOwnership({ pool, request }: OpenFailure): boolean | undefined {
  const named = request.client.userPoolId
  const told = pool.domain?.value === 'absent' ? undefined : pool.domain?.value.userPoolId
  const isClaimed =
    pool.pool !== undefined && pool.pool.value !== 'absent' && pool.pool.value.hasDomain
  if (told !== undefined && named !== undefined) {
    const isDenied = told !== named && isClaimed
    return pool.domain?.isFresh === true && !isDenied ? told === named : undefined
  }
  return isClaimed && pool.pool?.isFresh === true ? true : undefined
}

/**
 * Says, from the rules as they are written and not from the code, whether the evidence leaves no other
 * explanation than the cause.
 */
export function isProof(cause: string, open: OpenFailure): boolean {
  const { request, failure, pool, earlier, usedSecret } = open
  const word = failure.facts.upstreamError
  const isCode = request.grantType === 'authorization_code'
  const client = readFresh(pool.client)
  const described = client === 'absent' ? undefined : client
  const counted = readFresh(pool.activeSecrets)
  const pooled = readFresh(pool.pool)
  const isOwned = readOwnership(open)
  // Within a grace period a token that was replaced still works.
  const isWithoutGrace = described?.isRotating === true && described.retryGracePeriodSeconds === 0
  const isCallbackMissing =
    isCode && described !== undefined && !described.callbackUrls.includes(request.redirectUri)
  const isSecretless = described !== undefined && described.secret === undefined
  const isOther = described?.secret !== undefined && !described.secret.equals(usedSecret)
  const flags = described && [described.allowsCode, described.isOAuthEnabled, !isCallbackMissing]
  const isHinted = failure.evidence.includes('described_as_redirect')
  const isOnly = (place: number) => {
    const wrong = flags?.flatMap((isGood, index) => (isGood ? [] : [index])) ?? []
    const isOne = wrong.length === 1 && wrong[0] === place
    return word === 'unauthorized_client' && isCode && isOne && !isHinted
  }
  const proofs: Readonly<Record<string, boolean>> = {
    client_not_found:
      word === 'invalid_client' &&
      client === 'absent' &&
      pooled !== undefined &&
      pooled !== 'absent' &&
      typeof counted !== 'number' &&
      isOwned === true,
    client_has_no_secret:
      word === 'invalid_client' && isSecretless && counted === 0 && isOwned === true,
    client_secret_mismatch:
      word === 'invalid_client' &&
      isOther &&
      counted === 1 &&
      isOwned === true &&
      !failure.evidence.includes('secret_changed_untried'),
    // Another pool cannot know an app client of this one.
    domain_of_another_pool:
      word === 'invalid_client' && described !== undefined && isOwned === false,
    grant_not_allowed: isOnly(0),
    oauth_flows_disabled: isOnly(1),
    code_already_used: word === 'invalid_grant' && isCode && earlier === 'spent',
    refresh_token_rotated_out:
      word === 'invalid_grant' && !isCode && earlier === 'rotated_out' && isWithoutGrace,
    revocation_disabled:
      word === 'invalid_request' &&
      request.grantType === undefined &&
      described?.isRevocationEnabled === false,
    token_type_not_revocable: word === 'unsupported_token_type' && request.grantType === undefined,
    // A 404 may be anybody's, whatever is said of the domain.
    domain_not_found: word === undefined && failure.evidence.includes('name_unresolved'),
  }
  return proofs[cause] === true
}
