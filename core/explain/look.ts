import type { Certainty } from '../causes/cause.ts'
import type { Check, CheckName } from '../doctor/findings.ts'
import type { Explanation, Suspicion } from './explain.ts'
import type { PastedRequest } from './pasted-request.ts'
import type { Reason } from './reasons.ts'

/** What was looked at, or one sentence: why it could not be. */
export type Look<T> =
  | ({ readonly ok: true } & T)
  | {
      readonly ok: false
      readonly why: string
      /** It was looked for and is not there, or not yet. */
      readonly isAbsent?: true
    }

/** A reason that is not so now, and what shows it. */
export interface RuledOut {
  readonly reason: Reason
  readonly because: string
}

/** Everything that was looked at in AWS; what nobody needed is undefined. */
export interface Looked {
  readonly record: Look<{ readonly logGroup: string; readonly at: string }> | undefined
  readonly appClient:
    | Look<{
        readonly userPoolId: string
        readonly clientId: string
        readonly checks: readonly Check[]
      }>
    | undefined
  /** What the event history says of the redirect URIs of sign-ins and exchanges. */
  readonly trail: Look<{ readonly refused: number; readonly mismatches: number }> | undefined
  readonly ruledOut: readonly RuledOut[]
}

/** What the decision is made of, beside the explanation of the text. */
export interface LookedFacts {
  readonly request: PastedRequest
  readonly checks: readonly Check[]
  /** Whether the redirect URI of the text was compared. */
  readonly isRedirectCompared: boolean
  /** How many refused exchanges had a redirect URI that no sign-in had; undefined where nobody looked. */
  readonly mismatches: number | undefined
}

/** The check of the doctor that shows whether a reason is so now. */
const deciding: { readonly [R in Reason]?: CheckName } = {
  user_pool_not_found: 'client_exists',
  client_not_found: 'client_exists',
  domain_not_found: 'domain_resolves',
  domain_of_another_pool: 'domain_owner',
  grant_not_allowed: 'code_flow',
  oauth_flows_disabled: 'oauth_enabled',
  callback_not_registered: 'redirect_uris',
  revocation_disabled: 'revocation',
  scopes_missing: 'scopes',
  identity_providers_missing: 'identity_providers',
}

type Sight = { readonly is: 'so' | 'not so'; readonly because: string } | undefined

/**
 * Lets what AWS shows decide between the reasons that a text leaves. What is so now was perhaps not so at the
 * failure, so that nothing becomes proved by it; what the text itself proves stays.
 */
export function decide(
  explanation: Explanation,
  facts: LookedFacts,
): { readonly explanation: Explanation; readonly ruledOut: readonly RuledOut[] } {
  const seen = explanation.suspicions.map((suspicion) => ({
    suspicion,
    sight: suspicion.certainty === 'proved' ? undefined : look(suspicion.reason, facts),
  }))
  const ruledOut = seen.flatMap(({ suspicion: { reason }, sight }) =>
    sight?.is === 'not so' ? [{ reason, because: sight.because }] : [],
  )
  const left = seen.filter(({ sight }) => sight?.is !== 'not so')
  // A text of another client, or something that was fixed since: then what is listed helps more than nothing.
  if (left.length === 0) return { explanation, ruledOut }
  const graded = left.map(({ suspicion, sight }) => toGraded(suspicion, sight))
  const suspicions = ruledOut.length > 0 ? toOnlyLeft(graded) : graded
  const rank = ({ certainty }: Suspicion) => ranks[certainty]
  return {
    explanation: {
      ...explanation,
      suspicions: suspicions.toSorted((one, other) => rank(one) - rank(other)),
    },
    ruledOut,
  }
}

const ranks = { proved: 0, likely: 1, undetermined: 2 } as const satisfies Record<Certainty, number>

function toGraded(suspicion: Suspicion, sight: Sight): Suspicion {
  if (sight === undefined) return suspicion
  return { ...suspicion, certainty: 'likely', because: [...suspicion.because, sight.because] }
}

function toOnlyLeft(suspicions: readonly Suspicion[]): readonly Suspicion[] {
  const [only, ...others] = suspicions
  if (only?.certainty !== 'undetermined' || others.length > 0) return suspicions
  const because = [
    ...only.because,
    'Nothing else that is known is left: the app client rules it out.',
  ]
  return [{ ...only, certainty: 'likely', because }]
}

function look(reason: Reason, facts: LookedFacts): Sight {
  if (reason === 'client_has_no_secret' || reason === 'client_secret_missing') {
    return lookAtSecret(reason, facts)
  }
  if (reason === 'redirect_uri_mismatch') return lookAtTrail(facts)
  const name = deciding[reason]
  const check = facts.checks.find((one) => one.name === name)
  if (check === undefined) return undefined
  if (check.status === 'failed' && check.cause === reason) {
    return { is: 'so', because: `Looked: ${check.found}.` }
  }
  const isAsked = reason !== 'callback_not_registered' || facts.isRedirectCompared
  return check.status === 'ok' && isAsked ? { is: 'not so', because: check.found } : undefined
}

/** Without a secret to compare, the doctor warns of an app client that has one, and passes one that shows none. */
function lookAtSecret(reason: Reason, { checks, request }: LookedFacts): Sight {
  const check = checks.find(({ name }) => name === 'client_has_secret')
  const hasSecret = check?.status === 'warning'
  if (reason === 'client_has_no_secret') {
    if (hasSecret) return { is: 'not so', because: 'the app client has a secret' }
    const isShownNone = check?.status === 'ok' || check?.cause === reason
    return isShownNone
      ? { is: 'so', because: 'Looked: Cognito shows no secret of this app client.' }
      : undefined
  }
  const sendsNone = request.isShown && request.basic === 'absent'
  const isBare = sendsNone && request.valuesOf('client_secret').length === 0
  return hasSecret && isBare
    ? { is: 'so', because: 'Looked: the app client has a secret, and the request shows none.' }
    : undefined
}

function lookAtTrail({ mismatches }: LookedFacts): Sight {
  return mismatches === undefined || mismatches === 0
    ? undefined
    : {
        is: 'so',
        because: `Looked: ${mismatches} refused exchanges of the last 24 hours had a redirect URI that no sign-in had.`,
      }
}
