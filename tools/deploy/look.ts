import type { Looked } from '../../infra/deploy/judged.ts'

/** Every attempt together takes no longer, in milliseconds, so that a dead network is reported soon. */
const longestAttemptMs = 10_000

/** The settings of every client: few attempts, because a person waits. */
export function toClientSettings(region: string) {
  return {
    region,
    maxAttempts: 2,
    requestHandler: { requestTimeout: longestAttemptMs, connectionTimeout: longestAttemptMs },
  }
}

/** Turns a refusal or a failure of AWS into its name, which quotes nothing. */
export async function look<T>(ask: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { ok: true, value: await ask() }
  } catch (thrown) {
    return { ok: false, error: thrown instanceof Error ? thrown.name : 'no reason given' }
  }
}

/** Asks for what is not there to be an answer, too. */
export async function orAbsent<T>(
  ask: () => Promise<T>,
  absentNames: readonly string[],
  absent: T,
) {
  try {
    return await ask()
  } catch (thrown) {
    if (thrown instanceof Error && absentNames.includes(thrown.name)) return absent
    throw thrown
  }
}
