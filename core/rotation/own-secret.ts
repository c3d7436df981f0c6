import { clockToleranceMs, settledMs } from './limits.ts'
import { type ActiveSecret, type Seen, type SeenVersion, toOwnCandidates } from './seen.ts'

/** Finds the active secret that must be the version's own while it is refused; what is older is not. */
export function findOwn(seen: Seen, version: SeenVersion): ActiveSecret | undefined {
  const leastMs = version.createdAtMs - clockToleranceMs
  return toOwnCandidates(seen, version).find(({ createdAtMs }) => createdAtMs >= leastMs)
}

/** Whether an active secret is so young that a refusal of its value does not yet prove it another's. */
export function isSpreading({ nowMs }: Seen, own: ActiveSecret | undefined): boolean {
  return own !== undefined && nowMs - own.createdAtMs < settledMs
}

/** Whether Cognito lists a secret that can be the version's own: what was deleted works for a while yet. */
export function isListed(seen: Seen, version: SeenVersion): boolean {
  return toOwnCandidates(seen, version).length > 0
}
