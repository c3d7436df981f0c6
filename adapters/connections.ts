import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import type { Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'
import { openPreparedConnections, type PreparedConnections } from './prepared-connections.ts'

/** Kept-alive connections to user pool domains. */
export interface Connections extends PreparedConnections {
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
  return {
    toAgent: (isHttps) => {
      const agent = isHttps ? agents.https : agents.http
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
        const idleForMs = clock.nowMs() - (freedAtMs.get(socket) ?? Number.NEGATIVE_INFINITY)
        // A negative age: the clock was set back, so the true age is unknown.
        if (idleForMs < 0 || idleForMs > idleConnectionMs) socket.destroy()
      }
      return agent
    },
    prepare: prepared.prepare,
    close: () => {
      prepared.close()
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}
