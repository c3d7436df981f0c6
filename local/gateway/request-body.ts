import type { IncomingMessage } from 'node:http'
import { bodyLimitBytes } from './limits.ts'

/** Reads the body of a request; undefined once it is longer than the HTTP API takes. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > bodyLimitBytes) {
      // The rest of the body is dropped, so that the caller can read the answer.
      request.resume()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
