import type { PublicAnswer } from '../../core/doctor/findings.ts'
import { parseJsonObject } from '../../core/json.ts'

/** More than the answer of the proxy has. */
const mostBodyBytes = 4096

/**
 * Asks the proxy for its health at its public address, as a caller does, so that the answer shows what the CDN in
 * front adds. It leaves no record and counts for nothing.
 *
 * @param timeoutMs milliseconds for the whole of it
 */
export async function askHealth(
  publicUrl: string,
  timeoutMs: number,
): Promise<PublicAnswer | 'none'> {
  try {
    const response = await fetch(`${publicUrl}/health`, {
      headers: { 'user-agent': 'token-proxy' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const fields = parseJsonObject((await response.text()).slice(0, mostBodyBytes))
    const error = fields?.['error']
    return { status: response.status, error: typeof error === 'string' ? error : undefined }
  } catch {
    return 'none'
  }
}
