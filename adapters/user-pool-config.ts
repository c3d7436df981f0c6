import type { Fault } from '../core/cause.ts'
import type { Described, PoolEvidence, PoolPart } from '../core/pool-evidence.ts'
import type { Client } from '../core/settings.ts'
import type { Clock } from './clock.ts'
import type { DescribedValue, PoolDescriber } from './pool-describer.ts'

/** The user pools' own configuration, asked for only once something has failed. */
export interface UserPoolConfig {
  /**
   * Gives what is known of the parts within the time; what cannot be had is left out, the last parts
   * first. Fresh is only what was read after this call began: it is asked after the failure, so that
   * nothing older is taken for proof.
   *
   * @param fault who would have to act on the failure
   */
  readonly ask: (
    client: Client,
    parts: readonly PoolPart[],
    timeoutMs: number,
    fault: Fault,
  ) => Promise<PoolEvidence>
}

/** Older than this a description is not used at all, in milliseconds. */
const longestMs = 300_000

interface Thrift {
  /** Younger than this a description is not asked for again, in milliseconds. */
  readonly restingMs: number
  /** No call is made once so many were made for a pool within `longestMs`. */
  readonly mostCalls: number
}

/** Cognito's own quota is 5 calls a second and pool. */
const thrift: Thrift = { restingMs: 10_000, mostCalls: 4 }
/** Users' old codes come all day: they must not use up what the fault of an operator is found by. */
const thriftForCallers: Thrift = { restingMs: longestMs, mostCalls: 2 }

interface Entry {
  readonly value: DescribedValue<PoolPart>
  /** When the call began: what it answers was so no earlier. */
  readonly atMs: number
}

interface PoolState {
  readonly entries: Map<string, Entry>
  readonly pending: Map<string, Promise<void>>
  /** When the calls of the last `longestMs` were made. */
  calledAtMs: readonly number[]
}

/**
 * Opens the cache of descriptions: one call at a time for each part, and so few in all that a storm of
 * failures cannot add to an outage.
 *
 * @param loadDescriber loads the SDK's client; called for the first failure that needs it
 */
export function openUserPoolConfig(
  loadDescriber: () => Promise<PoolDescriber>,
  clock: Clock,
): UserPoolConfig {
  const pools = new Map<string, PoolState>()
  let describer: Promise<PoolDescriber> | undefined
  const load = () => {
    describer ??= loadDescriber()
    return describer
  }
  return {
    ask: async (client, parts, timeoutMs, fault) => {
      if (client.userPoolId === undefined || parts.length === 0) return {}
      const askedAtMs = clock.nowMs()
      const state = toState(pools, client.userPoolId)
      const abort = new AbortController()
      const { promise: late, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(() => {
        abort.abort()
        resolve()
      }, timeoutMs)
      const limits = fault === 'caller' ? thriftForCallers : thrift
      const asked = chooseParts(state, client, parts, limits, askedAtMs)
      const reads = asked.map((part) => readPart(state, part, client, load, clock, abort.signal))
      await Promise.race([Promise.all(reads), late])
      clearTimeout(timer)
      return toEvidence(state, client, parts, clock.nowMs(), askedAtMs)
    },
  }
}

function toState(pools: Map<string, PoolState>, userPoolId: string): PoolState {
  const known = pools.get(userPoolId)
  if (known !== undefined) return known
  const state: PoolState = { entries: new Map(), pending: new Map(), calledAtMs: [] }
  pools.set(userPoolId, state)
  return state
}

/** Clients at one domain share what is said of pool and domain; the others are the client's own. */
function toKey(part: PoolPart, client: Client): string {
  const isShared = part === 'pool' || part === 'domain'
  return `${part} ${isShared ? client.domain : client.clientId}`
}

/** Chooses the parts that are read now; each of them counts as a call, or waits for one under way. */
function chooseParts(
  state: PoolState,
  client: Client,
  parts: readonly PoolPart[],
  { restingMs, mostCalls }: Thrift,
  nowMs: number,
): readonly PoolPart[] {
  state.calledAtMs = state.calledAtMs.filter((atMs) => nowMs - atMs < longestMs && atMs <= nowMs)
  return parts.filter((part) => {
    const key = toKey(part, client)
    if (state.pending.has(key)) return true
    if (isYounger(state.entries.get(key), nowMs, restingMs)) return false
    if (state.calledAtMs.length >= mostCalls) return false
    state.calledAtMs = [...state.calledAtMs, nowMs]
    return true
  })
}

function readPart(
  state: PoolState,
  part: PoolPart,
  client: Client,
  load: () => Promise<PoolDescriber>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const key = toKey(part, client)
  const pending = state.pending.get(key)
  if (pending !== undefined) return pending
  const nowMs = clock.nowMs()
  const read = describePart(part, client, load, signal)
    .then((value) => {
      if (value !== undefined) state.entries.set(key, { value, atMs: nowMs })
    })
    .finally(() => state.pending.delete(key))
  state.pending.set(key, read)
  return read
}

/** A describer that cannot be loaded is as little evidence as one that does not answer. */
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

function isYounger(entry: Entry | undefined, nowMs: number, limitMs: number): boolean {
  if (entry === undefined) return false
  const ageMs = nowMs - entry.atMs
  return ageMs >= 0 && ageMs < limitMs
}

function toEvidence(
  state: PoolState,
  client: Client,
  parts: readonly PoolPart[],
  nowMs: number,
  askedAtMs: number,
): PoolEvidence {
  const known: { [P in PoolPart]?: Described<unknown> } = {}
  for (const part of parts) {
    const entry = state.entries.get(toKey(part, client))
    if (entry === undefined || !isYounger(entry, nowMs, longestMs)) continue
    known[part] = { value: entry.value, isFresh: entry.atMs >= askedAtMs }
  }
  return known as PoolEvidence
}
