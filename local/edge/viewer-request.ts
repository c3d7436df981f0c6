import type { IncomingMessage } from 'node:http'

/** A request as it arrived at the edge, with its whole body. */
export interface ViewerRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Without its question mark. */
  readonly query: string
  /** Names in lower case; a repeated header has an entry for each line. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  readonly address: string
}

/** Reads the request of a viewer, whose body has been read. */
export function toViewerRequest(message: IncomingMessage, body: Buffer): ViewerRequest {
  const [path = '', ...query] = (message.url ?? '').split('?')
  const { rawHeaders } = message
  const headers = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? ''] as const] : [],
  )
  const address = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return { method: message.method ?? '', path, query: query.join('?'), headers, body, address }
}

/** The values of a header, joined as its recipients see them; undefined where there is none. */
export function findHeader({ headers }: ViewerRequest, name: string): string | undefined {
  const values = headers.flatMap(([one, value]) => (one === name ? [value] : []))
  return values.length === 0 ? undefined : values.join(',')
}
