import type { IncomingMessage } from 'node:http'

const maxBodyBytes = 1024 * 1024

/** Reads a body as UTF-8; undefined if the sender disconnected or sent too much. */
export async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > maxBodyBytes) return undefined
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString()
}
