import { once } from 'node:events'
import { createServer } from 'node:http'

/** A table that is there and of no use. */
export interface BrokenTable {
  readonly url: string
  /** How many calls came. */
  calls(): number
  close(): Promise<void>
}

/**
 * Opens a DynamoDB that never answers, that answers everybody that they may not, or that answers only the
 * first of two calls.
 */
export async function openBrokenTable(kind: 'hanging' | 'denied' | 'slow'): Promise<BrokenTable> {
  let calls = 0
  const server = createServer((request, response) => {
    calls += 1
    request.resume()
    if (kind === 'hanging' || (kind === 'slow' && calls % 2 === 0)) return
    if (kind === 'slow') {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}')
      return
    }
    const type = 'com.amazon.coral.service#AccessDeniedException'
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify({ __type: type, Message: 'not authorized to perform' }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
