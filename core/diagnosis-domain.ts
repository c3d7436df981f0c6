import type { Failure } from './causes.ts'
import { find, type OpenFailure, toCertainty, toPresent } from './open-failure.ts'

/** Whose the domain is, by whichever call could tell; undefined where neither did. */
export function findDomainOwner({ pool, userPoolId }: OpenFailure) {
  const owner = toPresent(pool.domain)
  if (owner?.userPoolId !== undefined && userPoolId !== undefined) {
    return { isElsewhere: owner.userPoolId !== userPoolId, part: pool.domain }
  }
  // That the pool does not list it is no proof that another one has it: it may have an alias.
  const isOwn = toPresent(pool.pool)?.hasDomain === true
  return isOwn ? { isElsewhere: false, part: pool.pool } : undefined
}

/** Names why nobody speaks at the domain, by its own description. */
export function diagnoseDomain(open: OpenFailure): Failure {
  const owner = toPresent(open.pool.domain)
  if (owner === undefined) return open.failure
  if (owner.userPoolId === undefined) {
    // What the network has proved needs no description; and a name of one's own may be an alias, of which
    // Cognito knows nothing.
    const isProved = open.failure.certainty === 'proved'
    const isAlias = !open.request.client.domain.endsWith('.amazoncognito.com')
    const described = isAlias ? 'likely' : toCertainty(open.pool.domain)
    const certainty = isProved ? 'proved' : described
    return find(open, 'domain_not_found', { certainty, evidence: ['domain_without_pool'] })
  }
  if (open.userPoolId === undefined || owner.userPoolId === open.userPoolId) return open.failure
  const certainty = toCertainty(open.pool.domain)
  return find(open, 'domain_of_another_pool', { certainty, evidence: ['domain_elsewhere'] })
}
