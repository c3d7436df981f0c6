import { type Failure, toCause } from './causes/catalogue.ts'
import { exchangeFacts, type FactField, type FactName, type Facts, factRows } from './facts.ts'
import { toRunbookLink, toStatus } from './http-answer.ts'
import type { Outcome } from './outcome.ts'

/**
 * The outcomes of a read of Secrets Manager; `pending` and `previous` gave the version with that label to try
 * in place of a current one that Cognito refuses.
 */
export const secretFetchResults = ['ok', 'failed', 'pending', 'previous'] as const
/** The outcome of one read of Secrets Manager. */
export type SecretFetch = (typeof secretFetchResults)[number]

/** What one request spent, whatever its outcome. */
export interface Spent {
  readonly totalMs: number
  /** What Lambda had left when the record was written; undefined outside Lambda. */
  readonly remainingMs: number | undefined
  /** The record takes only those that its cause allows. */
  readonly facts: Partial<Facts>
  /** The reads that this request began and waited for. */
  readonly secretFetches: readonly SecretFetch[]
}

/** What is known of every request besides its outcome. */
export interface Measures extends Spent {
  readonly requestId: string
  readonly isColdStart: boolean
}

/** The fields of a record: flat, and no other name is ever written. */
export type RequestRecord = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>

/** The name of every field that a request record may have; the schema describes each. */
export type RecordField =
  | ('request_id' | 'outcome' | 'client' | 'grant_type' | 'status' | 'oauth_error')
  | ('total_ms' | 'cold_start')
  | ('cause' | 'fault' | 'certainty' | 'evidence' | 'candidates' | 'fix' | 'runbook')
  | FactField
type Fields = { readonly [F in RecordField]?: RequestRecord[string] }

/** What goes without saying of a success: where a fact has this value, its field is left out. */
const usualFacts: { readonly [F in FactName]?: Facts[F] } = {
  ...{ attempts: 1, upstreamStatus: 200, secretMs: 0, secretSource: 'cache' },
}

/** What is only looked up for a failure. */
const factsOfFailures: readonly FactName[] = ['upstreamError', 'upstreamRequestId', 'remainingMs']

/** The facts that a success may carry; the age of a cached secret is bounded by the settings. */
export const successFacts = exchangeFacts.filter((name) => !factsOfFailures.includes(name))
const successFactsWithCache = successFacts.filter((name) => name !== 'secretAgeSeconds')

/**
 * Makes the one record of a request from an allow-list: for a failure, the facts that its cause may
 * carry. The pick is made again here because a type is no fence against a widened object. A success, which is
 * by far the most frequent line of a log, leaves out what goes without saying.
 */
export function toRecord(
  outcome: Outcome<unknown>,
  measures: Measures,
  runbookUrl: string,
): Fields {
  const { result, client, grantType } = outcome
  const { facts: spent, remainingMs = spent.remainingMs } = measures
  const facts = result.ok
    ? pickFacts(
        spent,
        spent.secretSource === 'cache' ? successFactsWithCache : successFacts,
        usualFacts,
      )
    : pickFacts({ ...spent, remainingMs, ...result.facts }, toCause(result.cause).facts)
  return {
    request_id: measures.requestId,
    outcome: result.ok ? 'ok' : 'failed',
    ...(result.ok ? {} : toFailureFields(result, runbookUrl)),
    client,
    grant_type: grantType,
    status: result.ok ? (outcome.status ?? 200) : toStatus(result, grantType),
    oauth_error: result.ok ? undefined : toCause(result.cause).error,
    ...facts,
    total_ms: Math.round(measures.totalMs),
    cold_start: measures.isColdStart || !result.ok ? measures.isColdStart : undefined,
  }
}

function toFailureFields(failure: Failure, runbookUrl: string): Fields {
  const cause = toCause(failure.cause)
  const evidence = failure.detail === undefined ? [] : [failure.detail]
  return {
    cause: failure.cause,
    fault: cause.fault,
    certainty: failure.certainty,
    evidence: [...evidence, ...failure.evidence],
    candidates: failure.certainty === 'undetermined' ? failure.candidates : undefined,
    fix: cause.fix,
    runbook: runbookUrl === '' ? undefined : toRunbookLink(runbookUrl, failure.cause),
  }
}

type Known = { readonly [F in keyof Facts]?: Facts[F] | undefined }

function pickFacts(facts: Known, allowed: readonly FactName[], usual: Known = {}): Fields {
  const picked: { -readonly [F in keyof Fields]: Fields[F] } = {}
  for (const name of allowed) {
    const value = facts[name]
    if (value === undefined) continue
    const written = typeof value === 'number' ? Math.round(value) : value
    if (written !== usual[name]) picked[factRows[name].field] = written
  }
  return picked
}
