import type { SecretError } from '../../core/secret-error.ts'
import { waitWithin } from '../time-limit.ts'

/** How long one call of AWS may take, its second attempts included, in milliseconds. */
const callTimeoutMs = 8000

/** How the clients of the SDK behave here: nobody waits, so a throttled call is tried again. */
export const callSettings = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 2000,
    requestTimeout: callTimeoutMs / 2,
    throwOnRequestTimeout: true,
  },
} as const

/** What a call came to: its answer, or what the SDK threw. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: SecretError }

/** Makes one call within its time. It does not wait for an SDK that ignores its signal, either. */
export async function askAws<T>(send: (signal: AbortSignal) => Promise<T>): Promise<Answered<T>> {
  const abort = new AbortController()
  return waitWithin(toAnswered(send(abort.signal)), callTimeoutMs, () => {
    abort.abort()
    return { ok: false, error: { name: 'TimeoutError', message: '', isAnswered: false } }
  })
}

async function toAnswered<T>(work: Promise<T>): Promise<Answered<T>> {
  try {
    return { ok: true, value: await work }
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : { name: '', message: '' }
    return { ok: false, error: { name, message, isAnswered: isFault(thrown) } }
  }
}

/** The SDK marks what a service answered with whose fault it is. */
function isFault(thrown: unknown): boolean {
  return thrown instanceof Error && '$fault' in thrown
}
