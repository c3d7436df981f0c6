import type { UpstreamAnswer } from '../../core/token-response.ts'

/** An answer of the token endpoint; a body that is no text is sent as JSON. */
export function toAnswer(status: number, body: unknown): UpstreamAnswer {
  return {
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    upstreamRequestId: undefined,
    retryAfterSeconds: undefined,
  }
}
