import { buildQueryString, HttpResponse } from '@smithy/core/protocols'
import { systemClock } from '../clock.ts'
import { callHttp, type HttpFault } from '../http/call.ts'
import { openConnections } from '../http/connections.ts'

/** What a client of the SDK is told about its calls, in milliseconds. */
interface Limits {
  /** For name, connection and TLS. */
  readonly connectionTimeout?: number
  /** For one attempt, its response's last byte included. */
  readonly requestTimeout?: number
}

/** What the SDK sends: the parts of it that JSON-RPC and the endpoint of credentials use. */
interface SdkRequest {
  readonly protocol: string
  readonly hostname: string
  /** Left out, or 0 from the provider of credentials: the usual one of the protocol. */
  readonly port?: number
  readonly method: string
  readonly path: string
  readonly query?: Parameters<typeof buildQueryString>[0]
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

interface CallOptions {
  /** The SDK also takes signals of other makes; the functions give it those of Node.js. */
  readonly abortSignal?: unknown
  readonly requestTimeout?: number | undefined
}

/** For a client that names no limit of its own, in milliseconds. */
const usualLimitMs = 10_000
/** A sandbox may be frozen for hours between two calls. */
const pool = { idleConnectionMs: 10_000, mostInFlight: 50 }
/** A secret of 64 KiB, each character escaped, and as much again. */
const longestBodyBytes = 1_048_576

/**
 * Sends the calls of the SDK by the same HTTP as the calls of Cognito. The build puts it in the place of the
 * SDK's own handler, which loads the module https of Node.js and handles bodies as streams.
 */
export class NodeHttpHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' }
  readonly #limits: Limits
  readonly #connections = openConnections(systemClock, pool)

  constructor(limits: Limits = {}) {
    this.#limits = limits
  }

  /** The SDK makes handlers this way, from the options of a client. */
  static create(limits?: Limits): NodeHttpHandler {
    return new NodeHttpHandler(limits)
  }

  /** Throws what the SDK knows from its own handler, so that it tries the same calls again. */
  async handle(request: SdkRequest, { abortSignal, requestTimeout }: CallOptions = {}) {
    const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined
    const { protocol, hostname, port, method, path, headers, body = '' } = request
    const timeoutMs = requestTimeout ?? this.#limits.requestTimeout ?? usualLimitMs
    const ending = await callHttp(
      {
        url: `${protocol}//${hostname}${port ? `:${port}` : ''}`,
        ...{ method: method === 'GET' ? 'GET' : 'POST', path: `${path}${toQuery(request.query)}` },
        headers: toLines(headers),
        body: typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
        ...{ longestBodyBytes, timeoutMs },
        connectTimeoutMs: this.#limits.connectionTimeout ?? timeoutMs,
        ...(signal === undefined ? {} : { signal }),
      },
      this.#connections,
    )
    if (ending.ended !== 'response') throw toError(ending, signal)
    const { status: statusCode, headers: fields, body: bytes } = ending.response
    const response = { statusCode, headers: Object.fromEntries(fields), body: bytes }
    return { response: new HttpResponse(response) }
  }

  destroy(): void {
    this.#connections.close()
  }

  /** Nothing about it can be changed afterwards. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Limits {
    return this.#limits
  }
}

/** No response has a stream for its body: there is nothing to collect. */
export const streamCollector = undefined

/** The connection writes the host itself: the one of its address, as signed. */
function toLines(headers: SdkRequest['headers']): string {
  const lines = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host')
  return lines.map(([name, value]) => toLine(name, value)).join('')
}

/** Some values are of the environment, such as a token: one with an end of line would write other headers. */
function toLine(name: string, value: string): string {
  if (!/^[\t\x20-\x7e]*$/.test(value)) {
    throw new TypeError(`The header ${name} has a character that no header may have`)
  }
  return `${name}: ${value}\r\n`
}

function toQuery(query: SdkRequest['query'] = {}): string {
  const text = buildQueryString(query)
  return text === '' ? '' : `?${text}`
}

/** The SDK goes by the name and the code of an error. */
function toError(ending: HttpFault, signal: AbortSignal | undefined): Error {
  if (signal?.aborted) return named('AbortError', 'Request aborted')
  if (ending.ended === 'timeout') return named('TimeoutError', 'The call took too long')
  if (ending.ended !== 'lost')
    return named('ResponseError', `The response is unusable: ${ending.ended}`)
  const { error } = ending
  return (
    error ?? Object.assign(named('TimeoutError', 'The connection was lost'), { code: 'ECONNRESET' })
  )
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}
