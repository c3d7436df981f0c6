/** Time and randomness, passed in so that code that depends on them can be tested. */
export interface Clock {
  /** Wall-clock time in milliseconds; it continues while a sandbox is frozen, and may jump. */
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
