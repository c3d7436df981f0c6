import type { Allowance } from '../../core/diagnosis/allowance.ts'
import type { Described, PoolEvidence, PoolPart } from '../../core/diagnosis/pool-evidence.ts'
import type { Client } from '../../core/settings/settings.ts'
import type { Clock } from '../clock.ts'
import { waitWithin } from '../time-limit.ts'
import type { DescribedValue, PoolDescriber } from './pool-describer.ts'

/** The configuration of the user pools, read only after a failure. */
export interface UserPoolConfig {
  /**
   * Gives what is known of the parts within the time; what cannot be had is left out, the last parts
   * first. Fresh is only what was read after this call began: it is asked after the failure, so that
   * nothing older is taken for proof.
   *
   * @param allowance whose calls are made
   */
  readonly ask: (
    client: Client,
    parts: readonly PoolPart[],
    timeoutMs: number,
    allowance: Allowance,
  ) => Promise<PoolEvidence>
}

/** Older than this a description is not used at all, in milliseconds. */
const longestMs = 300_000

interface CallLimits {
  /** What was asked for more recently is not asked for again, answered or not, in milliseconds. */
  readonly repeatAfterMs: number
  /** No call is made once so many were made for a pool within `longestMs`. */
  readonly mostCalls: number
}

/**
 * Each allowance has calls of its own, so that nothing that a caller can bring about uses up what the fault of
 * an operator is found by. Cognito's own quota is 5 calls a second and pool.
 */
const callLimits: Readonly<Record<Allowance, CallLimits>> = {
  operator: { repeatAfterMs: 10_000, mostCalls: 4 },
  anyone: { repeatAfterMs: 10_000, mostCalls: 4 },
  caller: { repeatAfterMs: longestMs, mostCalls: 2 },
}

/** One moment by both clocks. */
interface Instant {
  readonly nowMs: number
  readonly spanMs: number
}

interface Entry {
  readonly value: DescribedValue<PoolPart>
  /** When the call began; its answer says nothing about the time before. */
  readonly at: Instant
}

/** The calls of one allowance for one pool. */
interface Calls {
  readonly limits: CallLimits
  /** When each part was last asked for. */
  readonly askedAt: Map<string, Instant>
  readonly pending: Map<string, Promise<void>>
  /** When the calls of the last `longestMs` were made. */
  calledAt: readonly Instant[]
}

interface PoolState {
  /** Everything described so far, for all allowances. */
  readonly entries: Map<string, Entry>
  readonly calls: Readonly<Record<Allowance, Calls>>
}

/**
 * Opens the cache of descriptions: one call at a time for each part, and so few in all that a storm of
 * failures cannot add to an outage.
 *
 * @param loadDescriber loads the SDK's client; called for the first failure that needs it, and again
 *   for a later one where it threw
 */
export function openUserPoolConfig(
  loadDescriber: () => Promise<PoolDescriber>,
  clock: Clock,
): UserPoolConfig {
  const pools = new Map<string, PoolState>()
  const load = openOnce(loadDescriber)
  return {
    ask: async (client, parts, timeoutMs, allowance) => {
      if (client.userPoolId === undefined || parts.length === 0) return {}
      const askedAt = toInstant(clock)
      const state = toState(pools, client.userPoolId)
      const abort = new AbortController()
      const calls = state.calls[allowance]
      const call: Call = { state, calls, client, load, at: askedAt, signal: abort.signal }
      const reads = chooseParts(call, parts).map((part) => readPart(call, part))
      await waitWithin(Promise.all(reads), timeoutMs, () => abort.abort())
      return toEvidence(state, client, parts, toInstant(clock), askedAt)
    },
  }
}

/** Keeps what could be loaded; the next caller tries again to load the rest. */
function openOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return async () => {
    loaded ??= load()
    try {
      return await loaded
    } catch (thrown) {
      loaded = undefined
      throw thrown
    }
  }
}

function toInstant(clock: Clock): Instant {
  return { nowMs: clock.nowMs(), spanMs: clock.spanMs() }
}

/** The wall clock may be set back, and the other one may stand still in a frozen sandbox. */
function toAgeMs(then: Instant, now: Instant): number {
  return Math.max(now.nowMs - then.nowMs, now.spanMs - then.spanMs)
}

function isYounger(then: Instant | undefined, now: Instant, limitMs: number): boolean {
  return then !== undefined && toAgeMs(then, now) < limitMs
}

function toState(pools: Map<string, PoolState>, userPoolId: string): PoolState {
  const known = pools.get(userPoolId)
  if (known !== undefined) return known
  const calls = {
    caller: openCalls('caller'),
    anyone: openCalls('anyone'),
    operator: openCalls('operator'),
  }
  const state = { entries: new Map(), calls }
  pools.set(userPoolId, state)
  return state
}

function openCalls(allowance: Allowance): Calls {
  const limits = callLimits[allowance]
  return { limits, askedAt: new Map(), pending: new Map(), calledAt: [] }
}

/** What one request asks for, and when. */
interface Call {
  readonly state: PoolState
  readonly calls: Calls
  readonly client: Client
  readonly load: () => Promise<PoolDescriber>
  readonly at: Instant
  readonly signal: AbortSignal
}

/** Clients at one domain share the parts about pool and domain; every other part belongs to one client. */
const ownerFieldByPart = {
  client: 'clientId',
  activeSecrets: 'clientId',
  pool: 'domain',
  domain: 'domain',
} as const satisfies Readonly<Record<PoolPart, keyof Client>>

function toKey(part: PoolPart, client: Client): string {
  return `${part} ${client[ownerFieldByPart[part]]}`
}

/** Chooses the parts that are read now; each of them counts as a call, or waits for one under way. */
function chooseParts({ calls, client, at }: Call, parts: readonly PoolPart[]): readonly PoolPart[] {
  const { repeatAfterMs, mostCalls } = calls.limits
  calls.calledAt = calls.calledAt.filter((then) => isYounger(then, at, longestMs))
  return parts.filter((part) => {
    const key = toKey(part, client)
    if (calls.pending.has(key)) return true
    if (isYounger(calls.askedAt.get(key), at, repeatAfterMs)) return false
    if (calls.calledAt.length >= mostCalls) return false
    calls.calledAt = [...calls.calledAt, at]
    return true
  })
}

function readPart({ state, calls, client, load, at, signal }: Call, part: PoolPart): Promise<void> {
  const key = toKey(part, client)
  const pending = calls.pending.get(key)
  if (pending !== undefined) return pending
  calls.askedAt.set(key, at)
  const read = describePart(part, client, load, signal)
    .then((value) => {
      const known = state.entries.get(key)
      // A call of another allowance may have begun later and ended earlier.
      const isNewest = known === undefined || toAgeMs(known.at, at) >= 0
      if (value !== undefined && isNewest) state.entries.set(key, { value, at })
    })
    .finally(() => calls.pending.delete(key))
  calls.pending.set(key, read)
  return read
}

/** A describer that cannot be loaded is treated like one that does not answer: no evidence. */
async function describePart(
  part: PoolPart,
  client: Client,
  load: () => Promise<PoolDescriber>,
  signal: AbortSignal,
): Promise<DescribedValue<PoolPart>> {
  try {
    return await (await load()).describe(part, client, signal)
  } catch {
    return undefined
  }
}

function toEvidence(
  state: PoolState,
  client: Client,
  parts: readonly PoolPart[],
  now: Instant,
  askedAt: Instant,
): PoolEvidence {
  const known: { [P in PoolPart]?: Described<unknown> } = {}
  for (const part of parts) {
    const entry = state.entries.get(toKey(part, client))
    if (entry === undefined || !isYounger(entry.at, now, longestMs)) continue
    known[part] = { value: entry.value, isFresh: entry.at.spanMs >= askedAt.spanMs }
  }
  return known as PoolEvidence
}
