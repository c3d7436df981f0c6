import { once } from 'node:events'
import { request as ask } from 'node:http'
import { createServer } from 'node:https'
import { makeCertificate } from '../adapters/certificate.ts'

/** An https address of something that speaks http, as a load balancer or a custom domain gives it. */
export interface TlsFront {
  readonly url: string
  close(): Promise<void>
}

/** Opens the front with a certificate made for this run, which nobody has to trust. */
export async function openTlsFront(target: string): Promise<TlsFront> {
  const certificate = makeCertificate({ dns: ['localhost'], ips: ['127.0.0.1'] })
  const server = createServer(certificate, (request, response) => {
    const { method = 'GET', headers, url = '/' } = request
    const onward = ask(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.once('error', () => response.destroy())
    request.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `https://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
