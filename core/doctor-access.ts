import { type CauseName, type Failure, fail } from './causes.ts'
import {
  toAllowCommand,
  toDomainCommand,
  toRestoreCommand,
  toStoreCommand,
} from './doctor-command.ts'
import type { Findings, Verdict } from './doctor-findings.ts'
import { pass, reject, rejectFailure, skip, warn } from './doctor-verdict.ts'
import type { DescribedPool } from './pool-evidence.ts'
import type { Client } from './settings.ts'

/** Signatures of AWS bear five minutes; one is already a clock that nobody sets. */
const longestSkewSeconds = 60

type Mend = (client: Client, failure: Failure) => string | undefined

const secretCommands: { readonly [N in CauseName]?: Mend } = {
  secret_not_found: (client, { evidence }) =>
    evidence.includes('marked_for_deletion')
      ? toRestoreCommand(client)
      : toStoreCommand(client, true),
  secret_access_denied: (client) => toAllowCommand(client),
  secret_malformed: (client) => toStoreCommand(client, false),
}

function rejectSecret(failure: Failure, client: Client): Verdict {
  return rejectFailure(failure, secretCommands[failure.cause]?.(client, failure))
}

/** Judges whether the stored secret could be read, whatever it holds. */
export function judgeSecretReadable({ secret, client }: Findings): Verdict {
  if (secret.ok || secret.cause === 'secret_malformed') return pass(`read ${client.secretId}`)
  return rejectSecret(secret, client)
}

/** Judges whether the stored secret has the form of one. */
export function judgeSecretForm({ secret, client }: Findings): Verdict {
  return secret.ok ? pass('holds a client secret') : rejectSecret(secret, client)
}

/** Judges whether the name of the domain is known. */
export function judgeDomainName({ greeting, client }: Findings): Verdict {
  return greeting.ok || greeting.cause !== 'domain_not_found'
    ? pass(new URL(client.domain).hostname)
    : rejectFailure(greeting, toDomainCommand(client))
}

/** Judges whether the domain answers, over TLS but on a loopback host. */
export function judgeDomainAnswer({ greeting, client }: Findings): Verdict {
  if (!greeting.ok) return rejectFailure(greeting)
  return pass(client.domain.startsWith('https:') ? 'answers over TLS' : 'answers on this machine')
}

/** Judges whether the domain is that of the user pool in the settings. */
export function judgeDomainOwner({ domain, pool, client }: Findings): Verdict {
  if (!domain.ok) return pool.ok ? judgeOwnDomain(pool.value, client) : skip(domain.why)
  const { userPoolId, status } = domain.value
  if (userPoolId === undefined) return warnOfAlias('no user pool of this account and Region has it')
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
    'Check that it leads to this user pool.',
  )
}

/** Judges our clock by the domain's. */
export function judgeClock({ greeting }: Findings): Verdict {
  if (!greeting.ok) return skip('unanswered')
  const { aheadSeconds } = greeting.value
  if (aheadSeconds === undefined) return { status: 'skipped', found: 'the domain told no time' }
  const apart = `${Math.abs(Math.round(aheadSeconds))} s`
  if (Math.abs(aheadSeconds) <= longestSkewSeconds) return pass(`${apart} from Cognito's`)
  const way = aheadSeconds > 0 ? 'behind' : 'ahead of'
  return reject('clock_skewed', `this machine is ${apart} ${way} Cognito`)
}

/** The refusal that a junk code or refresh token must meet: it proves everything that comes before it. */
const wanted: ReadonlySet<CauseName> = new Set(['code_rejected', 'refresh_token_rejected'])

/** Judges how Cognito took the junk code: that it refused the code, and nothing before the code. */
export function judgeProbe({ probe, client }: Findings): Verdict {
  if (probe === undefined) return skip('unanswered')
  if (probe.ok) {
    return rejectFailure(fail('cognito_answer_unusable', { evidence: ['not_tokens'] }))
  }
  if (wanted.has(probe.cause)) {
    return pass('a junk code was refused as one: secret, client and grant are in order')
  }
  return rejectFailure(probe, probeCommands[probe.cause]?.(client))
}

const probeCommands: { readonly [N in CauseName]?: (client: Client) => string | undefined } = {
  client_secret_mismatch: (client) => toStoreCommand(client, false),
  domain_not_found: toDomainCommand,
  domain_of_another_pool: toDomainCommand,
}
