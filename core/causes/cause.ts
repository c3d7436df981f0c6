import type { FactName } from '../facts.ts'

/** Who must act on a failure: the front end's developer, the deployment's operator, or AWS. */
export type Fault = 'caller' | 'operator' | 'cognito'

/** How sure the proxy is of a cause. */
export type Certainty = 'proved' | 'likely' | 'undetermined'

/** The values of `error` in an answer, as registered for token responses and by RFC 6749 section 4.1.2.1. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'
  | 'server_error'
  | 'temporarily_unavailable'

/** The grants that the proxy supports; every other one is refused. */
export const grantTypes = ['authorization_code', 'refresh_token'] as const
/** A grant that the proxy supports. */
export type GrantType = (typeof grantTypes)[number]

/**
 * What an operator has to repair; each area pages by itself, whatever else is going on. An undetermined cause
 * is in the area of what it may turn out to be, so that one fault never pages from two.
 */
const areas = ['app-client', 'oauth-flow', 'trigger', 'domain', 'secret', 'deployment'] as const
/** The name of an area. */
export type Area = (typeof areas)[number]

/** How often a cause may have to occur before its alarm fires. */
export const alarmCounts = [1, 3, 5] as const
/** One of these numbers. */
export type AlarmCount = (typeof alarmCounts)[number]

/** One row of the catalogue: one thing that can go wrong, as seen by those who must act. */
export interface Cause {
  readonly status: number
  readonly error: OAuthError
  /** The whole text that the caller gets: fixed, and within the characters of RFC 6749 section 5.2. */
  readonly description: string
  /** The answer to a failed code exchange, where it differs from that to a refresh. */
  readonly forCode?: { readonly status?: number; readonly description: string }
  /** Closed variants: a slug for the record and one more fixed sentence for the caller. */
  readonly details?: Readonly<Record<string, string>>
  /** Closed slugs for the record only: what was seen. */
  readonly evidence?: readonly string[]
  readonly fault: Fault
  /** What else it could be, the most frequent first; only where the cause is undetermined. */
  readonly candidates?: readonly string[]
  /** What it could be for some requests only; listed for those. */
  readonly rareCandidates?: readonly string[]
  /** What the record of such a failure may contain. */
  readonly facts: readonly FactName[]
  /** Raises an alarm when it occurs this often within the window. */
  readonly alarm?: {
    readonly atLeast: AlarmCount
    readonly withinSeconds: number
    /** What is counted in place of every failure of this cause: only what nobody can make up. */
    readonly counts?: 'LeakedSecrets'
    /** Absent: an outage has many such causes at once, which page together. */
    readonly area?: Area
    /**
     * What a caller writes may set it off, although nothing is wrong: it gives notice. The doctor, whose
     * requests nobody else writes, finds it where it is the operator's.
     */
    readonly provokable?: true
  }
  /** A refusal that a correctly configured front end never causes: many of them mean an attack or a lost setting. */
  readonly suspect?: true
  /** One sentence: what fixes it. */
  readonly fix: string
}
