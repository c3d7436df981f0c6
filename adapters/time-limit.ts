/**
 * Waits for work no longer than it may; what is not done by then goes on unheard, unless `onLate` ends it.
 *
 * @param onLate is called once the time is over, and says what is given in the place of the result
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
