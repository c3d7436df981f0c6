import { clockToleranceMs } from '../rotation/limits.ts'
import type { ActiveSecrets } from './pool-evidence.ts'

/**
 * Says whether every active secret of the app client is younger than the stored value, as after a change by
 * hand. It proves nothing by itself: a rotation stores a value before it adds it, and one that was interrupted
 * in between may add it much later. Without both dates nothing is said.
 *
 * @param storedAtMs when the stored version was made, in milliseconds since 1970
 */
export function isChangedAtCognito(
  { oldestAtSeconds }: ActiveSecrets,
  storedAtMs: number | undefined,
): boolean {
  if (oldestAtSeconds === undefined || storedAtMs === undefined) return false
  return oldestAtSeconds * 1000 > storedAtMs + clockToleranceMs
}
