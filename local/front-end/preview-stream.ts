import type { ServerResponse } from 'node:http'
import { beginEvents, sendEvent } from './event-stream.ts'
import type { Preview } from './preview.ts'

const lookEveryMs = 1000

/** Opens the stream of previews: each is computed once for all open pages, and never while no page is open. */
export const openPreviewStream = (look: () => Preview | undefined) => {
  const watchers = new Set<ServerResponse>()
  let timer: NodeJS.Timeout | undefined
  const send = () => {
    const preview = look()
    if (preview === undefined) return
    for (const watcher of watchers) sendEvent(watcher, 'preview', preview)
  }
  return (response: ServerResponse): void => {
    beginEvents(response)
    response.flushHeaders()
    watchers.add(response)
    timer ??= setInterval(send, lookEveryMs)
    send()
    response.on('close', () => {
      watchers.delete(response)
      if (watchers.size > 0) return
      clearInterval(timer)
      timer = undefined
    })
  }
}
