import type { Origin } from './connection.ts'
import type { Connections, TakenConnection } from './connections.ts'
import {
  type HttpResponse,
  openResponseReader,
  type Reading,
  type ResponseFault,
} from './response-reader.ts'

/** One HTTP request. */
export interface HttpCall {
  /** Base URL; nothing of a request can change it. */
  readonly url: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  /** Path and query, as they are sent. */
  readonly path: string
  /** The lines of the head after the first, in order, each with its end; without `Host` and `Connection`. */
  readonly headers: string
  readonly body: string
  readonly longestBodyBytes: number
  /** Milliseconds for the whole call, its response's last byte included. */
  readonly timeoutMs: number
  /** Milliseconds within `timeoutMs` for name, connection and TLS. */
  readonly connectTimeoutMs: number
  /** Called when the first byte may leave. */
  readonly onSent?: () => void
  /** Ends the call as if its time were over. */
  readonly signal?: AbortSignal
}

/** How far a call had got when it ended. */
export interface Progress {
  /** Whether any byte of the request may have left. */
  isSent: boolean
  /** Whether the head of a response had arrived. */
  isAnswering: boolean
  /** Whether the connection stood before the call. */
  isReused: boolean
}

/** How a call ended: with a response, or why without one. */
export type HttpEnding =
  | { readonly ended: 'response'; readonly response: HttpResponse }
  | { readonly ended: 'timeout' | ResponseFault; readonly progress: Progress }
  | { readonly ended: 'lost'; readonly error: Error | undefined; readonly progress: Progress }

/** A call that ended without a response. */
export type HttpFault = Exclude<HttpEnding, { readonly ended: 'response' }>

const notBegun: Progress = { isSent: false, isAnswering: false, isReused: false }
/** A kept connection is given up this long before its server would close it, as by the agents of Node.js. */
const earlierMs = 1000

/**
 * Sends a request once and waits for the whole response. It never follows a redirect, never sends twice, never
 * throws and judges nothing. Nothing is written before the connection stands, so that a failure to connect is
 * provably unsent.
 */
export async function callHttp(call: HttpCall, connections: Connections): Promise<HttpEnding> {
  if (connections.hasKept(call.url)) await noticeWhatArrived()
  if (call.signal?.aborted) return { ended: 'timeout', progress: { ...notBegun } }
  const { promise, resolve } = Promise.withResolvers<HttpEnding>()
  begin(call, connections.take(call.url), resolve)
  return promise
}

/**
 * Lets Node.js read what came in while the sandbox was frozen, so that a connection that was closed, or
 * that holds a response nobody asked for, is dropped before a request is put on it. Reading happens
 * between two turns of the event loop.
 */
function noticeWhatArrived(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve))
  })
}

function begin(call: HttpCall, taken: TakenConnection, resolve: (ending: HttpEnding) => void) {
  const { connection, hasWaited } = taken
  const progress: Progress = { ...notBegun, isReused: hasWaited }
  const reader = openResponseReader(call.method, call.longestBodyBytes)
  let connectTimer: NodeJS.Timeout | undefined
  const settle = (ending: HttpEnding) => {
    clearTimeout(timer)
    clearTimeout(connectTimer)
    call.signal?.removeEventListener('abort', onTimeout)
    giveBack(taken, ending)
    resolve(ending)
  }
  const onTimeout = () => settle({ ended: 'timeout', progress })
  const onReading = (reading: Reading) => {
    progress.isAnswering = reader.hasHead()
    if (reading === undefined) return
    const isFault = typeof reading === 'string'
    settle(isFault ? { ended: reading, progress } : { ended: 'response', response: reading })
  }
  const send = () => {
    clearTimeout(connectTimer)
    progress.isSent = true
    call.onSent?.()
    connection.write(toText(call, taken.origin))
  }
  const timer = setTimeout(onTimeout, call.timeoutMs)
  call.signal?.addEventListener('abort', onTimeout)
  connection.setUser({
    onOpen: send,
    onData: (bytes) => onReading(reader.take(bytes)),
    onEnd: () => onReading(reader.end()),
    onClosed: (error) => settle({ ended: 'lost', error, progress }),
  })
  if (hasWaited) return send()
  connectTimer = setTimeout(onTimeout, Math.min(call.connectTimeoutMs, call.timeoutMs))
}

/** @see RFC 9112 section 3; the header `Host` section 7.2 of RFC 9110 */
function toText({ method, path, headers, body }: HttpCall, { host }: Origin): string {
  return `${method} ${path} HTTP/1.1\r\n${headers}Host: ${host}\r\nConnection: keep-alive\r\n\r\n${body}`
}

/** Only a connection whose response came whole may serve another call. */
function giveBack({ connection, release }: TakenConnection, ending: HttpEnding): void {
  const longestMs = ending.ended === 'response' ? toLongestIdleMs(ending.response) : 0
  if (longestMs > 0) {
    release(longestMs)
  } else {
    connection.setUser(undefined)
    connection.destroy()
  }
}

/** A server closes the connection when its time is over; a request that is sent then is lost. */
function toLongestIdleMs({ isKept, keepAliveSeconds }: HttpResponse): number {
  if (!isKept) return 0
  if (keepAliveSeconds === undefined) return Number.POSITIVE_INFINITY
  return keepAliveSeconds * 1000 - earlierMs
}
