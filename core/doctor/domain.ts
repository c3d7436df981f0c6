import type { DescribedPool } from '../diagnosis/pool-evidence.ts'
import type { Client } from '../settings/settings.ts'
import { toDomainCommand } from './command.ts'
import type { Findings, Verdict } from './findings.ts'
import { pass, reject, rejectFailure, skip, warn } from './verdict.ts'

/** Signatures of AWS bear five minutes; one is already a clock that nobody sets. */
const longestSkewSeconds = 60

/** Judges whether the name of the domain is known. */
export function judgeDomainName({ domainAnswer, client }: Findings): Verdict {
  return domainAnswer.ok || domainAnswer.cause !== 'domain_not_found'
    ? pass(new URL(client.domain).hostname)
    : rejectFailure(domainAnswer, { command: toDomainCommand(client) })
}

/** Judges whether the domain answers, over TLS but on a loopback host. */
export function judgeDomainAnswer({ domainAnswer, client }: Findings): Verdict {
  if (!domainAnswer.ok) return rejectFailure(domainAnswer)
  return pass(client.domain.startsWith('https:') ? 'answers over TLS' : 'answers on this machine')
}

/** Judges whether the domain is that of the user pool in the settings. */
export function judgeDomainOwner({ domain, pool, client }: Findings): Verdict {
  // Every domain belongs to another pool than one that does not exist: that it does not is the fault.
  if (!pool.ok && pool.why === 'absent') return skip(pool.why)
  if (!domain.ok) return pool.ok ? judgeOwnDomain(pool.value, client) : skip(domain.why)
  const { userPoolId, status } = domain.value
  if (userPoolId === undefined)
    return warnOfAlias('no user pool of this account and Region has this domain')
  if (userPoolId !== client.userPoolId) {
    const found = `belongs to ${userPoolId}, not to ${client.userPoolId}`
    return reject('domain_of_another_pool', found, { command: toDomainCommand(client) })
  }
  return status === undefined || status === 'ACTIVE'
    ? pass(`belongs to ${userPoolId}`)
    : warn(`belongs to ${userPoolId}, but its status is ${status}`, 'Wait until it is ACTIVE.')
}

/** Without leave to ask whose a domain is, the pool itself says which ones are its own. */
function judgeOwnDomain({ hasDomain }: DescribedPool, client: Client): Verdict {
  return hasDomain
    ? pass(`belongs to ${client.userPoolId}`)
    : warnOfAlias(`${client.userPoolId} does not list it`)
}

/** Cognito does not know a name of one's own that leads to a domain; where it leads the live probe shows. */
function warnOfAlias(found: string): Verdict {
  return warn(
    `${found}; it may be an alias (a CNAME or a CloudFront distribution): see the live probe`,
    'Check that it points to this user pool.',
  )
}

/** Judges our clock by the domain's. */
export function judgeClock({ domainAnswer }: Findings): Verdict {
  if (!domainAnswer.ok) return skip('unanswered')
  const { aheadSeconds } = domainAnswer.value
  if (aheadSeconds === undefined)
    return { status: 'skipped', found: 'the response of the domain had no Date header' }
  const apart = `${Math.abs(Math.round(aheadSeconds))} s`
  if (Math.abs(aheadSeconds) <= longestSkewSeconds) return pass(`${apart} from Cognito's`)
  const way = aheadSeconds > 0 ? 'behind' : 'ahead of'
  return reject('clock_skewed', `this machine is ${apart} ${way} Cognito`)
}
