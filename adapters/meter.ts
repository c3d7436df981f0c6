import type { Facts } from '../core/facts.ts'
import type { SecretFetch, Spent } from '../core/record.ts'
import type { Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'

/** What one request spends: opened when it arrives, handed to whatever works for it, read for its record. */
export interface Meter {
  /** Milliseconds until the deadline; negative once it has passed. */
  readonly leftMs: () => number
  /** The facts so far. */
  readonly facts: Partial<Facts>
  /** Waits for work and adds the milliseconds that it took to a fact. */
  readonly time: <T>(fact: 'secretMs' | 'upstreamMs', work: () => Promise<T>) => Promise<T>
  /** Notes facts; a later value of a fact replaces the earlier one. */
  readonly note: (facts: Partial<Facts>) => void
  /** Notes a read of Secrets Manager that this request began and waited for. */
  readonly noteSecretFetch: (result: SecretFetch) => void
  /** Everything that was spent so far. */
  readonly read: () => Spent
}

/**
 * Opens the meter of one request. Its deadline is the setting, cut to what Lambda has left less a margin
 * in which to answer.
 *
 * @param limits undefined where the settings were refused: then no time is left for anything
 * @param toRemainingMs what Lambda has left; undefined outside Lambda
 */
export function openMeter(
  clock: Clock,
  limits: Pick<Settings, 'deadlineMs' | 'deadlineMarginMs'> | undefined,
  toRemainingMs: () => number | undefined,
): Meter {
  const startedAtMs = clock.spanMs()
  const lambdaMs = toRemainingMs() ?? Number.POSITIVE_INFINITY
  const spanMs = limits ? Math.min(limits.deadlineMs, lambdaMs - limits.deadlineMarginMs) : 0
  const facts: { -readonly [N in keyof Facts]?: Facts[N] } = {}
  const secretFetches: SecretFetch[] = []
  return {
    leftMs: () => startedAtMs + spanMs - clock.spanMs(),
    facts,
    time: async (fact, work) => {
      const beganAtMs = clock.spanMs()
      const result = await work()
      facts[fact] = (facts[fact] ?? 0) + clock.spanMs() - beganAtMs
      return result
    },
    note: (more) => {
      Object.assign(facts, more)
    },
    noteSecretFetch: (result) => {
      secretFetches.push(result)
    },
    read: () => ({
      totalMs: clock.spanMs() - startedAtMs,
      remainingMs: toRemainingMs(),
      facts,
      secretFetches,
    }),
  }
}
