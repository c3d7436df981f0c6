import type { OpenFailure } from '../../core/open-failure.ts'

/** What was described a moment ago; nothing else can be part of a proof. */
function readFresh<T>(part: { value: T; isFresh: boolean } | undefined): T | undefined {
  return part?.isFresh === true ? part.value : undefined
}

/**
 * Whether the pool has the domain: the domain's word goes before the pool's, and counts only if fresh. That
 * the pool does not name the domain its own says nothing: it may be an alias.
 */
function readOwnership({ pool, userPoolId: named }: OpenFailure): boolean | undefined {
  const told = pool.domain?.value === 'absent' ? undefined : pool.domain?.value.userPoolId
  if (told !== undefined && named !== undefined) {
    return pool.domain?.isFresh === true ? told === named : undefined
  }
  const pooled = readFresh(pool.pool)
  return pooled !== 'absent' && pooled?.hasDomain === true ? true : undefined
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
  const domain = readFresh(pool.domain)
  const isOfNoPool = domain !== undefined && domain !== 'absent' && domain.userPoolId === undefined
  // Within a grace period a token that was replaced still works.
  const isWithoutGrace = described?.isRotating === true && described.retryGracePeriodSeconds === 0
  const isCallbackMissing =
    isCode && described !== undefined && !described.callbackUrls.includes(request.redirectUri)
  const isSecretless = described !== undefined && described.secret === undefined
  const isOther = described?.secret !== undefined && !described.secret.equals(usedSecret)
  const flags = described && [described.allowsCode, described.isOAuthEnabled, !isCallbackMissing]
  const isOnly = (place: number) => {
    const wrong = flags?.flatMap((isGood, index) => (isGood ? [] : [index])) ?? []
    return word === 'unauthorized_client' && isCode && wrong.length === 1 && wrong[0] === place
  }
  const proofs: Readonly<Record<string, boolean>> = {
    client_not_found:
      word === 'invalid_client' &&
      client === 'absent' &&
      pooled !== undefined &&
      pooled !== 'absent' &&
      isOwned === true,
    client_has_no_secret:
      word === 'invalid_client' &&
      isSecretless &&
      isOwned === true &&
      !(typeof counted === 'number' && counted > 0),
    client_secret_mismatch:
      word === 'invalid_client' && isOther && counted === 1 && isOwned === true,
    domain_of_another_pool: (word === 'invalid_client' || word === undefined) && isOwned === false,
    grant_not_allowed: isOnly(0),
    oauth_flows_disabled: isOnly(1),
    callback_not_registered: isOnly(2),
    code_already_used: word === 'invalid_grant' && isCode && earlier === 'spent',
    refresh_token_rotated_out:
      word === 'invalid_grant' && !isCode && earlier === 'rotated_out' && isWithoutGrace,
    revocation_disabled:
      word === 'invalid_request' &&
      request.grantType === undefined &&
      described?.isRevocationEnabled === false,
    token_type_not_revocable: word === 'unsupported_token_type' && request.grantType === undefined,
    // A name that is not there needs no more evidence; a 404 may be anybody's.
    domain_not_found:
      word === undefined && (isOfNoPool || failure.evidence.includes('name_unresolved')),
  }
  return proofs[cause] === true
}
