/** What the token endpoint of the proxy answered to one request, as far as a page can know. */
export interface Exchange {
  /** Undefined if no answer could be read. */
  readonly status: number | undefined
  readonly tookMs: number
  readonly requestId?: string | undefined
  readonly retryAfterSeconds?: number | undefined
  readonly error?: string | undefined
  readonly errorDescription?: string | undefined
  readonly errorUri?: string | undefined
}

/**
 * Watches the requests to the token endpoint, and returns what asks for the newest one since it was
 * asked last.
 *
 * It wraps `window.fetch`, because the client library gives away neither status nor headers of an
 * answer, and a performance observer sees no headers; so the library stays as npm delivers it.
 */
export const observeExchanges = (tokenEndpoint: string): (() => Exchange | undefined) => {
  const send = window.fetch
  let newest: Exchange | undefined
  window.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input)
    if (address !== tokenEndpoint) return send(input, init)
    const startedMs = performance.now()
    const tookMs = () => Math.round(performance.now() - startedMs)
    try {
      const response = await send(input, init)
      newest = await toExchange(response.clone(), tookMs)
      return response
    } catch (thrown) {
      newest = { status: undefined, tookMs: tookMs() }
      throw thrown
    }
  }
  return () => {
    const taken = newest
    newest = undefined
    return taken
  }
}

const toExchange = async (response: Response, tookMs: () => number): Promise<Exchange> => {
  const body: unknown = await response.json().catch(() => undefined)
  const text = (name: string): string | undefined => {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
    return typeof value === 'string' ? value : undefined
  }
  return {
    status: response.status,
    tookMs: tookMs(),
    requestId: response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: parseSeconds(response.headers.get('retry-after')),
    error: text('error'),
    errorDescription: text('error_description'),
    errorUri: parseWebAddress(text('error_uri')),
  }
}

const parseSeconds = (header: string | null): number | undefined =>
  header !== null && /^\d{1,4}$/.test(header) ? Number(header) : undefined

/** Lets only web addresses become links: another scheme could run a script. */
const parseWebAddress = (text: string | undefined): string | undefined =>
  text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined
