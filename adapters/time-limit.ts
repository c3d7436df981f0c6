/**
 * Waits for work until its time is over. Unfinished work then continues without effect, unless `onLate` ends it.
 *
 * @param onLate is called when the time is over, and returns what is used instead of the result
 */
export async function waitWithin<T, L>(
  work: Promise<T>,
  waitMs: number,
  onLate: () => L,
): Promise<T | L> {
  const { promise: late, resolve } = Promise.withResolvers<L>()
  const timer = setTimeout(() => resolve(onLate()), Math.max(0, waitMs))
  const first = await Promise.race([work, late])
  clearTimeout(timer)
  return first
}
