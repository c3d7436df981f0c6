/** Lets a few in at a time; the others wait in order of arrival. */
export interface Turnstile {
  /** Resolves once there is room. */
  enter(): Promise<void>
  /** Makes room for the next. */
  leave(): void
}

/** Opens a turnstile that lets in `most` at a time. */
export function openTurnstile(most: number): Turnstile {
  const waiting: (() => void)[] = []
  let inside = 0
  return {
    enter: () => {
      if (inside < most) {
        inside += 1
        return Promise.resolve()
      }
      return new Promise((resolve) => waiting.push(resolve))
    },
    leave: () => {
      const next = waiting.shift()
      if (next === undefined) inside -= 1
      else next()
    },
  }
}
