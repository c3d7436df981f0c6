import { type CauseName, type Failure, fail, toCause } from '../causes/catalogue.ts'
import type { GrantType } from '../causes/cause.ts'
import type { DescribedPool } from '../diagnosis/pool-evidence.ts'
import type { Client } from '../settings/settings.ts'
import { toAllowCommand, toDomainCommand, toRestoreCommand, toStoreCommand } from './command.ts'
import type { Findings, Verdict } from './findings.ts'
import { pass, reject, rejectFailure, skip, warn } from './verdict.ts'

/** Signatures of AWS bear five minutes; one is already a clock that nobody sets. */
const longestSkewSeconds = 60

type Mend = Pick<Verdict, 'command' | 'fix'>

const mixUp =
  "secretId may be the wrong one: the secret there says that it is another app client's. Set secretId right; only if nothing else uses that secret, store this app client's in it."
const lostArn = 'Set secretId to the ARN of a secret that exists; a new secret gets another ARN.'

/** Says how the app client's secret is stored, and that it replaces what may be something else's. */
export function toStoreMend(client: Client, cause: CauseName): Mend {
  return {
    fix: `${toCause(cause).fix} First make sure that secretId is right: the call replaces what is stored there.`,
    command: toStoreCommand(client, false),
  }
}

type MendSecret = (findings: Findings, failure: Failure) => Mend

const secretMends: { readonly [N in CauseName]?: MendSecret } = {
  secret_not_found: ({ client, appClient }, { evidence }) => {
    if (evidence.includes('marked_for_deletion')) {
      return { command: toRestoreCommand(client.secretId) }
    }
    const command = toStoreCommand(client, true)
    if (command === undefined) return { fix: lostArn }
    return isWithoutSecret(appClient) ? {} : { command }
  },
  // Where there is more to say of a denial, it is not the role's policy that lacks anything.
  secret_access_denied: ({ client }, { evidence }) =>
    evidence.length === 0
      ? { command: toAllowCommand(client.secretId, `read-secret-of-${client.name}`) }
      : {},
  secret_malformed: ({ client, appClient }, { cause, evidence }) => {
    if (evidence.includes('client_id_differs')) return { fix: mixUp }
    return isWithoutSecret(appClient) ? {} : toStoreMend(client, cause)
  },
}

/** Of an app client that is public, or not there, no secret can be stored. */
function isWithoutSecret(appClient: Findings['appClient']): boolean {
  return appClient.ok ? appClient.value.secret === undefined : appClient.why === 'absent'
}

function rejectSecret(failure: Failure, findings: Findings): Verdict {
  return rejectFailure(failure, secretMends[failure.cause]?.(findings, failure))
}

/** Judges whether the stored secret could be read, whatever it holds. */
export function judgeSecretReadable(findings: Findings): Verdict {
  const { secret, client } = findings
  if (secret.ok || secret.cause === 'secret_malformed') return pass(`read ${client.secretId}`)
  return rejectSecret(secret, findings)
}

/** Judges whether the stored secret has the form of one. */
export function judgeSecretForm(findings: Findings): Verdict {
  const { secret } = findings
  return secret.ok ? pass('holds a client secret') : rejectSecret(secret, findings)
}

/** Judges whether the name of the domain is known. */
export function judgeDomainName({ greeting, client }: Findings): Verdict {
  return greeting.ok || greeting.cause !== 'domain_not_found'
    ? pass(new URL(client.domain).hostname)
    : rejectFailure(greeting, { command: toDomainCommand(client) })
}

/** Judges whether the domain answers, over TLS but on a loopback host. */
export function judgeDomainAnswer({ greeting, client }: Findings): Verdict {
  if (!greeting.ok) return rejectFailure(greeting)
  return pass(client.domain.startsWith('https:') ? 'answers over TLS' : 'answers on this machine')
}

/** Judges whether the domain is that of the user pool in the settings. */
export function judgeDomainOwner({ domain, pool, client }: Findings): Verdict {
  // Every domain belongs to another pool than one that does not exist: that it does not is the fault.
  if (!pool.ok && pool.why === 'absent') return skip(pool.why)
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

/** Chooses what the live probe asks for: a code proves most, where the client has codes to exchange. */
export function chooseProbeGrant({ grants }: Client): GrantType {
  return grants.includes('authorization_code') ? 'authorization_code' : 'refresh_token'
}

const junk: Readonly<Record<GrantType, string>> = {
  authorization_code: 'a junk code',
  refresh_token: 'a junk refresh token',
}

/** Judges how Cognito took the junk: that it refused the code or token itself, and nothing before it. */
export function judgeProbe({ probe, client }: Findings): Verdict {
  if (probe === undefined) return skip('unanswered')
  const sent = junk[chooseProbeGrant(client)]
  if (!probe.ok && wanted.has(probe.cause)) {
    return pass(`${sent} was refused as one: secret, client and grant are in order`)
  }
  const verdict = probe.ok
    ? rejectFailure(fail('cognito_answer_unusable', { evidence: ['not_tokens'] }))
    : rejectFailure(probe, probeMends[probe.cause]?.(client))
  return { ...verdict, found: `${sent} was sent: ${verdict.found}` }
}

const probeMends: { readonly [N in CauseName]?: (client: Client) => Mend } = {
  client_secret_mismatch: (client) => toStoreMend(client, 'client_secret_mismatch'),
  domain_not_found: (client) => ({ command: toDomainCommand(client) }),
  domain_of_another_pool: (client) => ({ command: toDomainCommand(client) }),
}
