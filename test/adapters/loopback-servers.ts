import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createTcpServer, type Socket } from 'node:net'
import type { Certificate } from './certificate.ts'

/** A test, or whatever else has an end at which servers are closed. */
export interface Ending {
  readonly after: (close: () => Promise<void>) => unknown
}

/** A server on loopback, closed when its test ends. */
export interface LoopbackServer {
  readonly port: number
  /** Connections that were made, open or not. */
  connections(): number
  close(): Promise<void>
}

/** Starts an HTTP server on a free port; with a certificate, https. */
export async function openHttpServer(
  t: Ending,
  listener: RequestListener,
  certificate?: Certificate,
): Promise<LoopbackServer> {
  const server = certificate ? createHttpsServer(certificate, listener) : createHttpServer(listener)
  return listen(t, server)
}

/** Starts a server on a free port that hands over each bare connection. */
export async function openTcpServer(
  t: Ending,
  onConnection: (socket: Socket, index: number) => void,
): Promise<LoopbackServer> {
  let count = 0
  const server = createTcpServer((socket) => {
    // Whoever is on the other side may go as it likes.
    socket.on('error', () => {})
    onConnection(socket, count)
    count += 1
  })
  return listen(t, server)
}

/** A port that nobody listens on: one that was free a moment ago. */
export async function findClosedPort(t: Ending): Promise<number> {
  const server = await openTcpServer(t, () => {})
  await server.close()
  return server.port
}

async function listen(
  t: Ending,
  server: Server | ReturnType<typeof createTcpServer>,
): Promise<LoopbackServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  t.after(close)
  return { port, connections: () => connections, close }
}
