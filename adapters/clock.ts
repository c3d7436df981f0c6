/** Time and chance, handed in so that what depends on them can be tested. */
export interface Clock {
  /** Wall-clock time in milliseconds; it goes on while a sandbox is frozen, and may jump. */
  readonly nowMs: () => number
  /** Milliseconds of a clock that never goes back; for spans within one request. */
  readonly spanMs: () => number
  /** A fresh random number, 0 inclusive to 1 exclusive. */
  readonly random: () => number
}

/** The clock of the machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  spanMs: () => performance.now(),
  random: () => Math.random(),
}

/** The end of one request's time. */
export interface Deadline {
  /** Milliseconds left; negative once it has passed. */
  readonly leftMs: () => number
}

/**
 * Opens the deadline of one request: the setting, cut to what Lambda has left less a margin in which to
 * answer.
 *
 * @param remainingMs what Lambda has left now; undefined where nobody says
 */
export function openDeadline(
  clock: Clock,
  limits: { readonly deadlineMs: number; readonly deadlineMarginMs: number },
  remainingMs: number | undefined,
): Deadline {
  const ownMs = remainingMs === undefined ? Number.POSITIVE_INFINITY : remainingMs
  const spanMs = Math.min(limits.deadlineMs, ownMs - limits.deadlineMarginMs)
  const endsAtMs = clock.spanMs() + spanMs
  return { leftMs: () => endsAtMs - clock.spanMs() }
}
