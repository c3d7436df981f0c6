import { createServer, type RequestListener } from 'node:http'
import { type Listening, listen } from '../listening.ts'

/** A server that listens on every address to which a browser may resolve `localhost`. */
export type LocalhostServer = Pick<Listening, 'port' | 'close'>

/** How many free ports are tried before giving up; a port is rarely taken on IPv6 only. */
const PORT_ATTEMPTS = 5

/** The errors that mean no IPv6 loopback: `localhost` is then IPv4 alone. */
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
    const first = await listen(createServer(listener), port)
    try {
      const second = await listen(createServer(listener), first.port, '::1')
      const close = async () => {
        await Promise.all([first.close(), second.close()])
      }
      return { port: first.port, close }
    } catch (thrown) {
      const code = codeOf(thrown)
      if (WITHOUT_IPV6.has(code)) return first
      await first.close()
      if (code !== 'EADDRINUSE' || port !== 0 || attempt === PORT_ATTEMPTS) throw thrown
    }
  }
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
