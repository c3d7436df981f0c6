import type { Failure, Result } from '../core/causes/catalogue.ts'
import { type DiscoveryDocument, judgeDiscoveryAnswer } from '../core/discovery.ts'
import { discoveryPath } from '../core/paths.ts'
import type { Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'
import type { Connections } from './http/connections.ts'
import type { Meter } from './meter.ts'
import { askUserPoolDomain } from './user-pool-domain.ts'

/** The discovery documents of the configured issuers. */
export interface DiscoveryDocuments {
  readonly ask: (issuer: string, meter: Meter) => Promise<Result<DiscoveryDocument>>
}

interface Held {
  readonly document: DiscoveryDocument
  readonly fetchedAtMs: number
  readonly freshMs: number
}

interface IssuerState {
  held: Held | undefined
  pending: Promise<Result<DiscoveryDocument>> | undefined
  failed: { readonly failure: Failure; readonly atMs: number } | undefined
}

/** Where the issuer does not say how long its document may be kept, and within what it is believed. */
const usualFreshSeconds = 3600
const leastFreshSeconds = 60
const mostFreshSeconds = 86_400
/** An issuer that has just failed is left alone for so long, in milliseconds. */
const restMs = 5000
/** Most that a document is waited for; a slow issuer must not hold up a front end that could go on. */
const longestFetchMs = 3000
/** Most that a newer one is waited for, where the last one does as well. */
const longestRefreshMs = 500

/**
 * Opens the cache of discovery documents: kept as long as the issuer says, used for as long as the sandbox
 * lives while the issuer fails, one fetch at a time for each.
 */
export function openDiscoveryDocuments(
  connections: Connections,
  settings: Pick<Settings, 'connectTimeoutMs'>,
  clock: Clock,
): DiscoveryDocuments {
  const states = new Map<string, IssuerState>()
  const fetch = async (issuer: string, meter: Meter): Promise<Result<DiscoveryDocument>> => {
    meter.note({ attempts: 1 })
    const state = toState(states, issuer)
    const longestMs = state.held === undefined ? longestFetchMs : longestRefreshMs
    const { origin, pathname } = new URL(issuer)
    const answer = await askUserPoolDomain(
      {
        domain: origin,
        path: `${pathname.replace(/\/$/, '')}${discoveryPath}`,
        timeoutMs: Math.min(longestMs, meter.leftMs()),
        connectTimeoutMs: settings.connectTimeoutMs,
      },
      connections,
      clock,
    )
    const nowMs = clock.nowMs()
    const judged = answer.ok ? judgeDiscoveryAnswer(answer.value, issuer) : answer
    if (!judged.ok) {
      state.failed = { failure: judged, atMs: nowMs }
      return toHeld(state) ?? judged
    }
    const freshMs = answer.ok ? toFreshMs(answer.value.maxAgeSeconds) : 0
    state.held = { document: judged.value, fetchedAtMs: nowMs, freshMs }
    state.failed = undefined
    return judged
  }
  return {
    ask: async (issuer, meter) => {
      const state = toState(states, issuer)
      const { held, failed } = state
      const nowMs = clock.nowMs()
      if (held && isWithin(held.fetchedAtMs, held.freshMs, nowMs)) {
        return { ok: true, value: held.document }
      }
      if (failed && isWithin(failed.atMs, restMs, nowMs)) {
        return toHeld(state) ?? failed.failure
      }
      const pending = state.pending ?? fetch(issuer, meter)
      state.pending ??= pending.finally(() => {
        state.pending = undefined
      })
      return meter.time('upstreamMs', () => pending)
    },
  }
}

function toState(states: Map<string, IssuerState>, issuer: string): IssuerState {
  const known = states.get(issuer)
  if (known !== undefined) return known
  const state: IssuerState = { held: undefined, pending: undefined, failed: undefined }
  states.set(issuer, state)
  return state
}

function toHeld({ held }: IssuerState): Result<DiscoveryDocument> | undefined {
  return held && { ok: true, value: held.document }
}

/** A clock that was set back makes an age negative: then nothing is known of it. */
function isWithin(atMs: number, spanMs: number, nowMs: number): boolean {
  return nowMs >= atMs && nowMs - atMs < spanMs
}

function toFreshMs(maxAgeSeconds = usualFreshSeconds): number {
  return 1000 * Math.min(mostFreshSeconds, Math.max(leastFreshSeconds, maxAgeSeconds))
}
