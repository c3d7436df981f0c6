import type { Clock } from '../../adapters/clock.ts'

/** A clock that moves only by hand. */
export interface ManualClock extends Clock {
  /** Lets time pass: both clocks go on. */
  pass(ms: number): void
  /** Sets the wall clock forward, or back where negative; no time passes. */
  jump(ms: number): void
}

/** Opens a clock at some instant of 2026; chance is always the same number. */
export function openManualClock(random = 0.5): ManualClock {
  let nowMs = Date.UTC(2026, 10, 21)
  let spanMs = 1000
  return {
    nowMs: () => nowMs,
    spanMs: () => spanMs,
    random: () => random,
    pass: (ms) => {
      nowMs += ms
      spanMs += ms
    },
    jump: (ms) => {
      nowMs += ms
    },
  }
}
