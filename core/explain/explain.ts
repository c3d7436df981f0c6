import { type CauseName, causes, toCause } from '../causes/catalogue.ts'
import type { Certainty } from '../causes/cause.ts'
import type { CheckCauseName } from '../causes/doctor.ts'
import { readRequest } from './pasted-request.ts'
import { findPastedSecrets, type SecretKindName } from './pasted-secrets.ts'
import { type ProxySaid, readProxyText } from './proxy-text.ts'
import { toReadable } from './readable-text.ts'
import { isReason, type Reason } from './reasons.ts'
import type { Pasted, Rule } from './rule.ts'
import { rules } from './rules.ts'
import { findWording, toWording, type WordingName } from './wordings.ts'

/** One thing that may be behind the failure, and what in the text says so. */
export interface Suspicion {
  readonly reason: Reason
  /** `undetermined` where the text only leaves it possible. */
  readonly certainty: Certainty
  /** What in the text speaks for it. */
  readonly because: readonly string[]
}

/** What a pasted text means. Nothing of the text itself is in it. */
export interface Explanation {
  /** Where the knowledge comes from; `nothing` where the text says nothing that is known. */
  readonly from: 'record' | 'answer' | 'text' | 'nothing'
  readonly wording: WordingName | undefined
  /** The most certain first, then the most frequent. */
  readonly suspicions: readonly Suspicion[]
  /** The credentials that are in the text. */
  readonly secrets: readonly SecretKindName[]
}

/** A whole log is not searched for credentials, which would take longer than anybody waits. */
const mostForSecrets = 1_048_576

/**
 * Says what a pasted text means: the answer of Cognito or of the proxy, a request, a record, a log line, the
 * text of a browser, a library or the AWS CLI. A reason is proved only where the text itself decides.
 *
 * @param requestId picks one of several records in the text
 */
export function explain(pasted: string, requestId?: string): Explanation {
  const text = toReadable(pasted)
  const request = readRequest(text)
  const secrets = findPastedSecrets(`${text}\n${pasted.slice(0, mostForSecrets)}`).filter(
    (kind) => kind !== 'basic_value' || request.basic !== 'empty_secret',
  )
  const said = readProxyText(pasted, requestId) ?? readProxyText(text, requestId)
  if (said !== undefined) {
    return { from: said.from, wording: undefined, suspicions: toSaidSuspicions(said), secrets }
  }
  const wording = findWording(text)
  const suspicions = toSuspicions({ text, wording, request })
  return { from: suspicions.length === 0 ? 'nothing' : 'text', wording, suspicions, secrets }
}

function toSaidSuspicions({ from, causes: named, certainty, candidates }: ProxySaid) {
  const because =
    from === 'record' ? 'The record of the proxy names it.' : 'It is an answer of the proxy.'
  const suspect = (grade: Certainty) => (reason: Reason) => ({
    reason,
    certainty: grade,
    because: [because],
  })
  const open = candidates.filter(isReason)
  if (open.length > 0) return open.map(suspect('undetermined'))
  const [only, ...others] = named
  if (only === undefined || others.length > 0) return named.map(suspect('undetermined'))
  const possible = isCause(only) ? (toCause(only).candidates ?? []).filter(isReason) : []
  if (possible.length > 0) return possible.map(suspect('undetermined'))
  return [suspect(certainty ?? (isDecidedByRequest(only) ? 'proved' : 'likely'))(only)]
}

/** An answer that was given before anything was asked needs no evidence but the request. */
function isDecidedByRequest(name: CheckCauseName): boolean {
  return isCause(name) && toCause(name).facts.length === 0
}

function isCause(name: CheckCauseName): name is CauseName {
  return Object.hasOwn(causes, name)
}

/** What the text speaks of comes before what is only known of its wording, and after it where the word excludes it. */
const ranks = { proved: 0, likely: 1, spoken: 2, listed: 3, elsewhere: 4 } as const

function toSuspicions(pasted: Pasted): readonly Suspicion[] {
  const met = rules.filter((rule) => rule.applies(pasted))
  const speaking = met.filter(({ verdict }) => verdict !== 'excluded')
  const excluded = met.filter(({ verdict }) => verdict === 'excluded').map(({ reason }) => reason)
  const isDecided = met.some(({ verdict }) => verdict === 'proved')
  const listed = isDecided && pasted.wording === 'no_word' ? [] : listReasons(pasted)
  const open = listed.filter((reason) => !excluded.includes(reason))
  const spoken = speaking
    .filter(({ verdict, reason }) => verdict !== 'possible' || !excluded.includes(reason))
    .filter(({ verdict }) => verdict !== 'possible' || !isDecided)
  const names = new Set([...open, ...spoken.map(({ reason }) => reason)])
  const suspicions = [...names].map((reason) => toSuspicion(reason, spoken))
  const [only, ...others] = suspicions
  if (only?.because.length === 0 && others.length === 0) {
    return [{ ...only, certainty: 'likely', because: ['No other reason for this text is known.'] }]
  }
  const hasWord = open.length > 0 && !isVague(pasted)
  const rank = ({ reason, certainty, because }: Suspicion) => {
    if (certainty !== 'undetermined') return ranks[certainty]
    if (hasWord && !open.includes(reason)) return ranks.elsewhere
    return because.length > 0 ? ranks.spoken : ranks.listed
  }
  return suspicions.sort((one, other) => rank(one) - rank(other))
}

/** Whether the wording is none of an answer, so that what a person says counts more. */
function isVague({ wording }: Pasted): boolean {
  return wording === 'no_word' || wording === 'bare_400'
}

/** What is possible at this step by the wording alone. */
function listReasons({ wording, request }: Pasted): readonly Reason[] {
  if (wording === undefined) return []
  const { reasons, onlyAt = {} } = toWording(wording)
  return reasons.filter((reason) => {
    const { step } = request
    return step === undefined || (onlyAt[reason]?.includes(step) ?? true)
  })
}

function toSuspicion(reason: Reason, met: readonly Rule[]): Suspicion {
  const own = met.filter((rule) => rule.reason === reason)
  const has = (verdict: Rule['verdict']) => own.some((rule) => rule.verdict === verdict)
  const certainty = has('proved') ? 'proved' : has('likely') ? 'likely' : 'undetermined'
  return { reason, certainty, because: [...new Set(own.map(({ because }) => because))] }
}
