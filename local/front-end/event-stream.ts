import type { ServerResponse } from 'node:http'

/** Starts an event stream, which stays open as long as the page. */
export const beginEvents = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
}

/** Sends one event under a name that the page listens to. */
export const sendEvent = (response: ServerResponse, event: string, body: unknown): void => {
  response.write(`event: ${event}\ndata: ${JSON.stringify(body)}\n\n`)
}
