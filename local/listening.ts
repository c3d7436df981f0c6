import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that listens on loopback. */
export interface Listening {
  readonly port: number
  readonly url: string
  /** Ends at once, with every connection: event streams and kept connections never end by themselves. */
  close(): Promise<void>
}

/**
 * Makes a server listen on one loopback address.
 *
 * @param port 0 takes a free one
 * @throws what the system says where the port is taken
 */
export async function listen(server: Server, port: number, host = '127.0.0.1'): Promise<Listening> {
  server.listen(port, host)
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  return {
    port: taken,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
