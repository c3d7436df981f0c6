import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that answers wherever a browser may look for `localhost`. */
export interface LocalhostServer {
  readonly port: number
  close(): Promise<void>
}

/** How many free ports are tried before giving up: one is taken on IPv6 only by rare chance. */
const PORT_ATTEMPTS = 5

/** Says that this machine has no IPv6 loopback: then IPv4 alone is `localhost`. */
const WITHOUT_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

/**
 * Listens on both loopback addresses, because browsers take `localhost` for `::1` first: a stranger
 * on the same port there would otherwise be shown instead.
 *
 * @param port 0 takes a free one
 */
export const listenOnLocalhost = async (
  listener: RequestListener,
  port: number,
): Promise<LocalhostServer> => {
  for (let attempt = 1; ; attempt += 1) {
    const first = createServer(listener)
    const chosen = await listen(first, '127.0.0.1', port)
    const second = createServer(listener)
    try {
      await listen(second, '::1', chosen)
      return { port: chosen, close: () => closeAll([first, second]) }
    } catch (thrown) {
      const code = codeOf(thrown)
      if (WITHOUT_IPV6.has(code)) return { port: chosen, close: () => closeAll([first]) }
      await closeAll([first])
      if (code !== 'EADDRINUSE' || port !== 0 || attempt === PORT_ATTEMPTS) throw thrown
    }
  }
}

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

const closeAll = async (servers: readonly Server[]): Promise<void> => {
  await Promise.all(servers.map(closeServer))
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    // Event streams never end by themselves.
    server.closeAllConnections()
  })

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
