import type { ActiveSecrets, DescribedClient } from './pool-evidence.ts'

/** Both dates are of one creation, and Cognito may write them a moment apart. */
const apartSeconds = 2

/**
 * Says whether the secret that the app client was made with is provably still active: the oldest listed one
 * is as old as the app client. Only then does the described secret say which values are right. Whether a
 * deleted original goes on being described is reported one way only, so that nothing is built on it.
 */
export function isOriginalActive(
  { createdAtSeconds }: Pick<DescribedClient, 'createdAtSeconds'>,
  { oldestAtSeconds }: ActiveSecrets,
): boolean {
  if (createdAtSeconds === undefined || oldestAtSeconds === undefined) return false
  return Math.abs(oldestAtSeconds - createdAtSeconds) <= apartSeconds
}
