import { askDomainOwner } from '../../adapters/doctor/domain-owner.ts'
import { checkNamedClient } from '../../adapters/doctor/named-client.ts'
import { askTrail } from '../../adapters/doctor/trail.ts'
import type { Check, UnreadReason } from '../../core/doctor/findings.ts'
import { isAppClientRead } from '../../core/doctor/report.ts'
import { judgeTrail } from '../../core/doctor/trail.ts'
import type { Explanation } from '../../core/explain/explain.ts'
import { decide, type Look, type Looked } from '../../core/explain/look.ts'
import type { Target } from '../../core/explain/look-target.ts'
import { readRequest } from '../../core/explain/pasted-request.ts'
import { toReadable } from '../../core/explain/readable-text.ts'
import { toDomainName, toPoolRegion } from '../../core/user-pool.ts'

/** What is explained, and the app client that it is about. */
export interface ClientLook {
  readonly explanation: Explanation
  readonly text: string
  readonly target: Target
  readonly signal: AbortSignal
}

const dayMs = 86_400_000

/** Makes the checks of the doctor of an app client, and lets what they show decide between the reasons. */
export async function lookAtClient(look: ClientLook): Promise<{
  readonly explanation: Explanation
  readonly looked: Omit<Looked, 'record'>
}> {
  const { explanation, target, text } = look
  const found = await askChecks(target)
  if (!found.ok) {
    const looked = { appClient: found, trail: undefined, ruledOut: [] }
    return { explanation, looked }
  }
  const trail = await askMismatches(look, found.userPoolId)
  const decided = decide(explanation, {
    request: readRequest(toReadable(text)),
    checks: found.checks,
    isRedirectCompared: target.redirectUri !== undefined,
    mismatches: trail?.ok ? trail.mismatches : undefined,
  })
  const appClient = { ...found, clientId: target.clientId }
  return {
    explanation: decided.explanation,
    looked: { appClient, trail, ruledOut: decided.ruledOut },
  }
}

type Checked = { readonly userPoolId: string; readonly checks: readonly Check[] }

async function askChecks(target: Target): Promise<Look<Checked>> {
  const { clientId, redirectUri } = target
  const place = await findPool(target)
  if (!place.ok) return place
  const { userPoolId, domain } = place
  const named = await checkNamedClient({
    ...{ userPoolId, clientId, domain, redirectUri },
    ...{ secretId: undefined, secretText: undefined },
  })
  if (!named.ok) return { ok: false, why: named.problems.join('; ') }
  const { checks } = named.report
  if (isAppClientRead(named.report)) return { ok: true, userPoolId, checks }
  const unread = checks.find(({ name }) => name === 'client_exists')
  return {
    ok: false,
    why: `the app client could not be read (${unread?.found}). ${unread?.fix ?? ''}`.trim(),
  }
}

/**
 * Finds the user pool. Nothing is ever sent to a domain that only a text names: it counts where Cognito says that it
 * is one of this pool.
 */
async function findPool(
  target: Target,
): Promise<Look<{ readonly userPoolId: string; readonly domain: string | undefined }>> {
  const { domain, userPoolId } = target
  if (userPoolId !== undefined && (domain === undefined || target.isOwnDomain)) {
    return { ok: true, userPoolId, domain }
  }
  const region = userPoolId === undefined ? toRegion(target) : toPoolRegion(userPoolId)
  const owner = await askDomainOwner(toDomainName(domain ?? '', region), region)
  if (owner.ok && (userPoolId ?? owner.value) === owner.value) {
    return { ok: true, userPoolId: owner.value, domain }
  }
  if (userPoolId !== undefined) return { ok: true, userPoolId, domain: undefined }
  return { ok: false, why: owner.ok ? '' : unfound[owner.why] }
}

/** A custom domain does not say where its pool is. */
function toRegion({ region = process.env['AWS_REGION'] ?? '' }: Target): string {
  return region
}

const unfound: Readonly<Record<UnreadReason, string>> = {
  absent:
    'no user pool of this account and Region has the domain that the text names: use credentials of the account that has it',
  denied:
    'these credentials may not cognito-idp:DescribeUserPoolDomain, which finds the user pool of a domain: allow it, or name the pool',
  unanswered: 'Cognito did not say which user pool has the domain: try again in a minute',
  unnamed: 'the text names no user pool',
}

/** The event history has both redirect URIs of a sign-in, and is read only where they are in question. */
async function askMismatches(
  { explanation, target: { clientId }, signal }: ClientLook,
  userPoolId: string,
): Promise<Looked['trail']> {
  const isInQuestion = explanation.suspicions.some(
    ({ reason, certainty }) => reason === 'redirect_uri_mismatch' && certainty !== 'proved',
  )
  if (!isInQuestion) return undefined
  const reading = await askTrail(toPoolRegion(userPoolId), clientId, Date.now() - dayMs, signal)
  if (!reading.ok) return { ok: false, why: reading.why }
  const { refused, mismatches } = judgeTrail(reading.events, reading.completeSinceMs)
  const count = mismatches.reduce((sum, one) => sum + one.count, 0)
  return { ok: true, refused, mismatches: count }
}
