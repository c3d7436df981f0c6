/** Numbers from 0 inclusive to 1 exclusive that a seed repeats (mulberry32). */
export function openRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A seed for one run: `SEED` of the environment where a run is to be repeated. */
export function chooseSeed(): number {
  return Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
}
