import type { Agent } from 'node:https'
import { isIP, type Socket } from 'node:net'
import type { Clock } from './clock.ts'
import { waitWithin } from './time-limit.ts'

/** Connections that were opened before a request wants one. */
export interface PreparedConnections {
  /** Opens a connection to an https address and keeps it for the agent's next request there; it never fails. */
  readonly prepare: (url: string, timeoutMs: number) => Promise<void>
  readonly close: () => void
}

interface Prepared {
  readonly socket: Socket
  readonly atMs: number
}

/**
 * Lets an agent take connections that stand already. Each one has sent nothing yet, and obeys the rules of
 * a kept connection: it is closed where it has waited for too long, and it is not used where it was closed
 * meanwhile, or where something arrived on it.
 */
export function openPreparedConnections(
  agent: Agent,
  clock: Pick<Clock, 'nowMs'>,
  idleConnectionMs: number,
): PreparedConnections {
  const prepared = new Map<string, Prepared>()
  const open = agent.createConnection.bind(agent)
  const take = (place: string): Socket | undefined => {
    const found = prepared.get(place)
    if (found === undefined) return undefined
    prepared.delete(place)
    const { socket, atMs } = found
    const idleForMs = clock.nowMs() - atMs
    const isFresh = idleForMs >= 0 && idleForMs <= idleConnectionMs
    if (isFresh && socket.writable && socket.readableLength === 0) return socket.ref()
    socket.destroy()
    return undefined
  }
  agent.createConnection = (options, callback) =>
    take(toPlace(options.host, options.port)) ?? open(options, callback)
  return {
    prepare: async (url, timeoutMs) => {
      const { protocol, hostname, port } = new URL(url)
      if (protocol !== 'https:' || isIP(hostname) !== 0) return
      const place = { host: hostname, port: Number(port || httpsPort) }
      // As the agent opens them for its requests.
      const socket = open({ ...agent.options, ...place, servername: hostname })
      if (!isSocket(socket)) return
      if (!(await isOpened(socket, timeoutMs))) return
      socket.unref()
      prepared.set(toPlace(place.host, place.port), { socket, atMs: clock.nowMs() })
    },
    close: () => {
      for (const { socket } of prepared.values()) socket.destroy()
      prepared.clear()
    },
  }
}

/** Whether a connection that an agent hands over stands already: TLS is done, and the certificate was accepted. */
export function isPrepared(socket: Socket): boolean {
  return 'authorized' in socket && socket.authorized === true
}

const httpsPort = 443

function toPlace(host: unknown, port: unknown): string {
  return `${host}:${port ?? httpsPort}`
}

function isSocket(stream: unknown): stream is Socket {
  return typeof stream === 'object' && stream !== null && 'readableLength' in stream
}

/** Waits until TLS stands; what fails is closed, and the next request finds out why by itself. */
async function isOpened(socket: Socket, timeoutMs: number): Promise<boolean> {
  // It stays: an error that nobody listens to ends the process.
  socket.on('error', () => {})
  const { promise, resolve } = Promise.withResolvers<boolean>()
  socket.once('secureConnect', () => resolve(true))
  socket.once('close', () => resolve(false))
  return waitWithin(promise, timeoutMs, () => {
    socket.destroy()
    return false
  })
}
