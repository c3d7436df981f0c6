import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { buffer } from 'node:stream/consumers'

/** A whole answer; an object as body is sent as JSON. */
export interface ScriptedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Buffer | object
}

/** What the server does with one request, once it has read it to its end. */
export type Behaviour =
  | ScriptedAnswer
  /** Never answers. */
  | 'silence'
  /** Resets the connection. */
  | 'reset'
  /** Sends the head of a 200 and this beginning of a longer body, then resets the connection. */
  | { readonly cut: string }
  /** Sends a 200 whose body comes a byte at a time. */
  | { readonly drip: string; readonly everyMs: number }
  /** Writes these bytes instead of an HTTP answer and ends the connection. */
  | { readonly raw: string | Buffer }

/** A request as it came. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** Name and value in turn, as sent. */
  readonly rawHeaders: readonly string[]
  readonly headers: Readonly<IncomingMessage['headers']>
  readonly body: string
  /** Whether its connection had carried an earlier request. */
  readonly isReused: boolean
}

/** Stands for the user pool domain and answers exactly what was scripted, in turn. */
export interface ScriptedUpstream {
  readonly url: string
  /** The requests that came, oldest first. */
  readonly requests: readonly SeenRequest[]
  /** Adds answers for the next requests; one that is a promise is waited for. */
  script(...behaviours: readonly (Behaviour | Promise<Behaviour>)[]): void
  /** Ends it; throws where a request came that was not scripted, or a scripted one never came. */
  close(): Promise<void>
}

export interface ScriptedUpstreamOptions {
  /** Serves https with this key and certificate, in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** Starts a scripted upstream on loopback. */
export async function openScriptedUpstream(
  options: ScriptedUpstreamOptions = {},
): Promise<ScriptedUpstream> {
  const requests: SeenRequest[] = []
  const script: (Behaviour | Promise<Behaviour>)[] = []
  const seenSockets = new WeakSet<object>()
  let surplus = 0
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const isReused = seenSockets.has(request.socket)
    seenSockets.add(request.socket)
    const body = (await buffer(request)).toString('latin1')
    const { method = '', url: path = '', rawHeaders, headers } = request
    requests.push({ method, path, rawHeaders, headers, body, isReused })
    const next = script.shift()
    if (next === undefined) surplus += 1
    behave((await next) ?? { status: 599 }, response)
  }
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch(() => response.destroy())
  }
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    script: (...behaviours) => script.push(...behaviours),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      if (surplus > 0) throw new Error(`${surplus} requests came for which nothing was scripted`)
      if (script.length > 0)
        throw new Error(`${script.length} scripted answers were never asked for`)
    },
  }
}

function behave(behaviour: Behaviour, response: ServerResponse): void {
  const { socket } = response
  if (behaviour === 'silence') return
  if (behaviour === 'reset') socket?.resetAndDestroy()
  else if ('raw' in behaviour) socket?.end(behaviour.raw)
  else if ('cut' in behaviour) cut(behaviour.cut, response)
  else if ('drip' in behaviour) drip(behaviour.drip, behaviour.everyMs, response)
  else answer(behaviour, response)
}

function answer({ status, headers = {}, body = '' }: ScriptedAnswer, response: ServerResponse) {
  const isPlain = typeof body === 'string' || Buffer.isBuffer(body)
  const type = isPlain ? 'text/html' : 'application/json;charset=UTF-8'
  response.writeHead(status, { 'content-type': type, ...headers })
  response.end(isPlain ? body : JSON.stringify(body))
}

function cut(beginning: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': Buffer.byteLength(beginning) + 1 })
  // Only once the bytes are out: a reset throws away what is still waiting.
  response.write(beginning, () => response.socket?.resetAndDestroy())
}

function drip(body: string, everyMs: number, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).flushHeaders()
  const bytes = Buffer.from(body).values()
  const timer = setInterval(() => {
    const next = bytes.next()
    if (next.done) response.end()
    else response.write(Buffer.of(next.value))
  }, everyMs)
  response.on('close', () => clearInterval(timer))
}
