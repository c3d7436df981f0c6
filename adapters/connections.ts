import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'
import { openPreparedConnections, type PreparedConnections } from './prepared-connections.ts'

/** What a request says besides where it goes. */
export interface RequestHead {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Names and values in turn, without `host`. */
  readonly headers: readonly string[]
}

/** Kept-alive connections to user pool domains. */
export interface Connections extends PreparedConnections {
  /** Opens a request on the freshest kept connection, or on a new one; nothing of it is sent before its end. */
  readonly openRequest: (domain: string, head: RequestHead) => ClientRequest
  /**
   * The agent for a scheme, rid of every connection that was idle for too long. A frozen sandbox runs no
   * timers, so the age is looked at when a connection is wanted, by the wall clock.
   */
  readonly toAgent: (isHttps: boolean) => HttpAgent
}

/**
 * Opens a pool of connections. It keeps as many idle ones for each domain as requests may be in flight:
 * with fewer, every burst beyond them closes connections and opens them again.
 */
export function openConnections(
  clock: Clock,
  settings: Pick<Settings, 'idleConnectionMs' | 'mostInFlight'>,
): Connections {
  const { idleConnectionMs, mostInFlight } = settings
  const options = { keepAlive: true, maxFreeSockets: mostInFlight, scheduling: 'lifo' } as const
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) }
  const prepared = openPreparedConnections(agents.https, clock, idleConnectionMs)
  const freedAtMs = new WeakMap<Socket, number>()
  for (const agent of [agents.http, agents.https]) {
    agent.on('free', (socket: Socket) => freedAtMs.set(socket, clock.nowMs()))
  }
  const toAgent = (isHttps: boolean) => {
    const agent = isHttps ? agents.https : agents.http
    const nowMs = clock.nowMs()
    for (const sockets of Object.values(agent.freeSockets)) {
      for (const socket of sockets ?? []) {
        const idleForMs = nowMs - (freedAtMs.get(socket) ?? Number.NEGATIVE_INFINITY)
        // A negative age: the clock was set back, so the true age is unknown.
        if (idleForMs < 0 || idleForMs > idleConnectionMs) socket.destroy()
      }
    }
    return agent
  }
  const addresses = new Map<string, Address>()
  const toAddress = (domain: string) => {
    const known = addresses.get(domain) ?? parseAddress(domain)
    addresses.set(domain, known)
    return known
  }
  return {
    openRequest: (domain, { method, path, headers }) => {
      const { isHttps, host, hostname, port } = toAddress(domain)
      const open = isHttps ? httpsRequest : httpRequest
      // An array is written as it is; an object would be copied, header by header.
      const all = [...headers, 'Host', host]
      return open({ hostname, port, agent: toAgent(isHttps), method, path, headers: all })
    },
    toAgent,
    prepare: prepared.prepare,
    close: () => {
      prepared.close()
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

/** The parts of a domain's base URL that a request needs. */
interface Address {
  readonly isHttps: boolean
  /** The value of the `Host` header: without a default port. */
  readonly host: string
  readonly hostname: string
  readonly port: string
}

/** A URL is parsed once for each domain: that takes longer than all else that a request is made of. */
function parseAddress(domain: string): Address {
  const { protocol, host, hostname, port } = new URL(domain)
  // Node.js connects to an IPv6 address without its brackets.
  return { isHttps: protocol === 'https:', host, hostname: hostname.replace(/^\[|\]$/g, ''), port }
}
