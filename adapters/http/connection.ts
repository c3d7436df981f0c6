import { isIP, type Socket, connect as tcpConnect } from 'node:net'
import { connect as tlsConnect } from 'node:tls'

/** The place that a base URL names. */
export interface Origin {
  readonly isHttps: boolean
  /** The value of the `Host` header: without a default port. */
  readonly host: string
  /** What is connected to: an IPv6 address without its brackets. */
  readonly hostname: string
  readonly port: number
}

/** What happens to a connection while somebody uses it; nothing follows `onClosed`. */
export interface ConnectionUser {
  /** TCP and, for https, TLS stand, and the certificate was accepted. */
  readonly onOpen: () => void
  /** @param bytes only until it returns: what arrives next is written over them */
  readonly onData: (bytes: Buffer) => void
  /** The other side has ended the connection properly. */
  readonly onEnd: () => void
  /** @param error what Node.js reported; undefined where the other side went without one */
  readonly onClosed: (error: Error | undefined) => void
}

/** One connection, used by one call at a time. */
export interface Connection {
  /** Whether it can still be written to; a connection that nobody uses ends with whatever happens to it. */
  readonly isAlive: () => boolean
  /** Hands everything that happens from now on to a user; undefined where nobody uses it. */
  readonly setUser: (user: ConnectionUser | undefined) => void
  readonly write: (text: string) => void
  readonly destroy: () => void
}

/** TLS sessions by origin, so that a further connection needs less of a handshake. */
export type TlsSessions = Map<Origin, Buffer>

/** Milliseconds without traffic after which TCP asks whether the other side is there, as agents of Node.js have it. */
const probeAfterMs = 1000
/** Most bytes that are read at once: a record of TLS. */
const readBytes = 16_384

/**
 * Reads a base URL.
 *
 * @param url a URL that the settings have checked
 */
export function parseOrigin(url: string): Origin {
  const { protocol, host, hostname, port } = new URL(url)
  const isHttps = protocol === 'https:'
  return {
    ...{ isHttps, host, hostname: hostname.replace(/^\[|\]$/g, '') },
    port: Number(port || (isHttps ? 443 : 80)),
  }
}

/**
 * Begins to open a connection; its listeners are made once, however many calls it will serve. What arrives is
 * handed over as it is read, without a stream in between.
 */
export function openConnection(origin: Origin, sessions: TlsSessions): Connection {
  let user: ConnectionUser | undefined
  let error: Error | undefined
  const onRead = (byteCount: number, buffer: Uint8Array) => {
    // Nobody has asked for what arrives while nobody uses the connection.
    if (user === undefined) socket.destroy()
    else user.onData(Buffer.from(buffer.buffer, buffer.byteOffset, byteCount))
    return true
  }
  const options = toOptions(origin, onRead)
  const socket = origin.isHttps ? openTls(origin, options, sessions) : tcpConnect(options)
  socket.once(origin.isHttps ? 'secureConnect' : 'connect', () => user?.onOpen())
  socket.on('end', () => (user === undefined ? socket.destroy() : user.onEnd()))
  // It stays: an error that nobody listens to ends the process.
  socket.on('error', (thrown: Error) => {
    error = thrown
  })
  socket.on('close', () => user?.onClosed(error))
  return {
    isAlive: () => !socket.destroyed,
    setUser: (next) => {
      user = next
      // An idle connection keeps no process alive.
      if (next === undefined) socket.unref()
      else socket.ref()
    },
    write: (text) => {
      socket.write(text)
    },
    destroy: () => {
      socket.destroy()
    },
  }
}

type Options = ReturnType<typeof toOptions>

function openTls(origin: Origin, options: Options, sessions: TlsSessions): Socket {
  const { hostname } = origin
  const session = sessions.get(origin)
  const socket = tlsConnect({
    ...options,
    ALPNProtocols: ['http/1.1'],
    // An address is no name that a server could be asked for by (RFC 6066 section 3).
    ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
    ...(session === undefined ? {} : { session }),
  })
  socket.on('session', (made: Buffer) => sessions.set(origin, made))
  socket.on('error', () => sessions.delete(origin))
  return socket
}

function toOptions(
  { hostname, port }: Origin,
  callback: (byteCount: number, buffer: Uint8Array) => boolean,
) {
  const onread = { buffer: Buffer.allocUnsafeSlow(readBytes), callback }
  const probes = { keepAlive: true, keepAliveInitialDelay: probeAfterMs }
  return { host: hostname, port, noDelay: true, ...probes, onread }
}
