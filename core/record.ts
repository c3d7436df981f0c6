import { type Failure, toCause } from './causes/catalogue.ts'
import { exchangeFacts, type FactField, type Facts, factRows } from './facts.ts'
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

/**
 * Makes the one record of a request from an allow-list: for a failure, the facts that its cause may
 * carry. The pick is made again here because a type is no fence against a widened object.
 */
export function toRecord(
  outcome: Outcome<unknown>,
  measures: Measures,
  runbookUrl: string,
): Fields {
  const { result, client, grantType } = outcome
  const { facts: spent, remainingMs = spent.remainingMs } = measures
  const facts = result.ok
    ? pickFacts({ ...spent, remainingMs }, exchangeFacts)
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
    cold_start: measures.isColdStart,
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

function pickFacts(facts: Known, allowed: readonly string[]): Fields {
  const picked: { -readonly [F in keyof Fields]: Fields[F] } = {}
  for (const name of exchangeFacts) {
    const value = facts[name]
    if (value === undefined || !allowed.includes(name)) continue
    picked[factRows[name].field] = typeof value === 'number' ? Math.round(value) : value
  }
  return picked
}
