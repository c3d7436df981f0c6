import { parseJsonObject } from '../json.ts'
import { toPrintable } from './printable.ts'

/** One request to a user pool domain, as CloudTrail has it. */
export interface TrailEvent {
  readonly kind: 'sign-in' | 'exchange'
  readonly atMs: number
  readonly redirectUri: string
  readonly isRefused: boolean
  /** Whether this project sent it: the proxy explains its own failures, and the probe of the doctor has no sign-in. */
  readonly isOwn: boolean
}

/** The names of the events that are looked up. */
export const trailEventNames = ['Token_POST', 'OAuth2_Authorize_GET', 'Login_GET'] as const

/**
 * Reads an event of CloudTrail about one app client; undefined for every other one, and for a refresh, which
 * has no redirect URI. Cognito writes each parameter as a list, and the code and the secret not at all.
 *
 * @param text `CloudTrailEvent` of an answer to LookupEvents, which is JSON within JSON
 */
export function parseTrailEvent(text: string, clientId: string): TrailEvent | undefined {
  const event = parseJsonObject(text) ?? {}
  const more = toObject(event['additionalEventData'])
  const parameters = toObject(more['requestParameters'] ?? event['requestParameters'])
  const redirectUri = toText(parameters['redirect_uri'])
  const atMs = toEventMs(event)
  if (toText(parameters['client_id']) !== clientId || redirectUri === undefined) return undefined
  if (atMs === undefined) return undefined
  const status = toObject(more['responseParameters'])['status']
  const isRefused =
    (toText(event['errorCode']) ?? '') !== '' || (typeof status === 'number' && status >= 400)
  const kind = event['eventName'] === 'Token_POST' ? 'exchange' : 'sign-in'
  return { kind, atMs, redirectUri, isRefused, isOwn: event['userAgent'] === 'token-proxy' }
}

/** What one answer of CloudTrail holds: the texts of its events, and since when they are all. */
export interface TrailPage {
  readonly texts: readonly string[]
  /** Undefined: every event that was asked for is there. */
  readonly oldestMs: number | undefined
}

/**
 * Reads what `aws cloudtrail lookup-events` prints; undefined for anything else. The newest events come first,
 * so that, where there are more, those older than the last one are not there.
 */
export function parseTrailPage(output: string): TrailPage | undefined {
  const answer = parseJsonObject(output)
  const events = answer?.['Events']
  if (!Array.isArray(events)) return undefined
  const texts = events.flatMap((event) => toText(toObject(event)['CloudTrailEvent']) ?? [])
  const isWhole = answer?.['NextToken'] === undefined
  return { texts, oldestMs: isWhole ? undefined : toEventMs(parseJsonObject(texts.at(-1) ?? '')) }
}

function toEventMs(event: Readonly<Record<string, unknown>> = {}): number | undefined {
  const atMs = Date.parse(toText(event['eventTime']) ?? '')
  return Number.isNaN(atMs) ? undefined : atMs
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function toText(value: unknown): string | undefined {
  const [first] = Array.isArray(value) ? value : [value]
  return typeof first === 'string' ? first : undefined
}

/** A code lives for five minutes, and a user may take some at the sign-in page. */
const signInBeforeMs = 15 * 60_000

/** One redirect URI that exchanges were refused with, although no sign-in of all that were read had it. */
export interface RedirectMismatch {
  readonly sent: string
  /** The redirect URIs of the sign-ins before. */
  readonly began: readonly string[]
  readonly count: number
}

/** What the events of an app client say about its redirect URIs. */
export interface TrailReport {
  readonly signIns: number
  readonly exchanges: number
  readonly refused: number
  /** Proved: Cognito compares the two values byte for byte. */
  readonly mismatches: readonly RedirectMismatch[]
}

/**
 * Compares the redirect URI of each refused exchange with those of the sign-ins before it. Cognito answers a
 * difference with `unauthorized_client` and never says why; these events are the only place that has both.
 * It is proved only where users signed in just before and nobody ever began with that redirect URI: with two
 * front ends, a code of one may be refused while users of the other one sign in.
 *
 * @param completeSinceMs events from before were perhaps not read, so that a sign-in may be missing
 */
export function judgeTrail(events: readonly TrailEvent[], completeSinceMs: number): TrailReport {
  const signIns = events.filter(({ kind }) => kind === 'sign-in')
  const exchanges = events.filter(({ kind }) => kind === 'exchange')
  const refused = exchanges.filter(({ isRefused }) => isRefused)
  const everBegan = new Set(signIns.map(({ redirectUri }) => redirectUri))
  const differing = refused
    .filter(({ atMs, isOwn }) => !isOwn && atMs - signInBeforeMs >= completeSinceMs)
    .filter(({ redirectUri }) => !everBegan.has(redirectUri))
    .map((exchange) => ({ exchange, before: listBefore(signIns, exchange.atMs) }))
    .filter(({ before }) => before.length > 0)
  const bySent = Map.groupBy(differing, ({ exchange }) => exchange.redirectUri)
  const mismatches = [...bySent].map(([sent, members]) => ({
    sent: toPrintable(sent),
    began: [...new Set(members.flatMap(({ before }) => before))].map(toPrintable),
    count: members.length,
  }))
  return {
    ...{ signIns: signIns.length, exchanges: exchanges.length, refused: refused.length },
    mismatches,
  }
}

function listBefore(signIns: readonly TrailEvent[], atMs: number): readonly string[] {
  return signIns
    .filter((one) => one.atMs <= atMs && one.atMs >= atMs - signInBeforeMs)
    .map(({ redirectUri }) => redirectUri)
}
