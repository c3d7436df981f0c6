import type { Failure } from '../causes/catalogue.ts'
import { conclude } from './certainty.ts'
import { type InputWith, toPresent } from './input.ts'

/**
 * Whose the domain is, by whichever call could tell; undefined where neither did, or where the pool calls
 * its own what is described as another one's.
 */
export function findDomainOwner({ pool, request }: InputWith<'pool' | 'domain'>) {
  const { userPoolId } = request.client
  const owner = toPresent(pool.domain)
  // That the pool does not list it is no proof that another one has it: it may have an alias.
  const isListed = toPresent(pool.pool)?.hasDomain === true
  if (owner?.userPoolId === undefined || userPoolId === undefined) {
    return isListed ? { isElsewhere: false, part: pool.pool } : undefined
  }
  const isElsewhere = owner.userPoolId !== userPoolId
  return isElsewhere && isListed ? undefined : { isElsewhere, part: pool.domain }
}

/**
 * Names why nobody speaks at the domain, by its own description. That makes nothing surer: another pool's
 * domain would answer, and one that this account and Region do not know may be of another account.
 */
export function diagnoseDomain(input: InputWith<'domain'>): Failure {
  const { certainty } = input.failure
  const owner = toPresent(input.pool.domain)
  if (owner === undefined) return input.failure
  if (owner.userPoolId === undefined) {
    return conclude(input, 'domain_not_found', { certainty, evidence: ['domain_without_pool'] })
  }
  const { userPoolId } = input.request.client
  if (userPoolId === undefined || owner.userPoolId === userPoolId) return input.failure
  // A name that is not there explains the failure by itself, whoever had it.
  const cause = certainty === 'proved' ? 'domain_not_found' : 'domain_of_another_pool'
  return conclude(input, cause, { certainty, evidence: ['domain_elsewhere'] })
}
