import type { ServerResponse } from 'node:http'

/** Begins an answer that goes on for as long as the page that asked is open. */
export const beginEvents = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
}

/** Sends one event of a name that the page listens to. */
export const sendEvent = (response: ServerResponse, event: string, body: unknown): void => {
  response.write(`event: ${event}\ndata: ${JSON.stringify(body)}\n\n`)
}
