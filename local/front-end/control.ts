import type { IncomingMessage, ServerResponse } from 'node:http'
import { type SwitchName, switches } from '../switches.ts'
import type { BoardState } from './demo-settings.ts'

/** What the control API reads and changes in the embedded world. */
export interface ControlOptions {
  readonly broken: () => SwitchName | undefined
  readonly breakWith: (name: SwitchName) => void
  readonly mend: () => void
  /** The newest request records, newest last. */
  readonly records: () => readonly unknown[]
  /** Asks the doctor about one client; its round, or undefined where it gave none. */
  readonly askDoctor?: (client: string) => Promise<unknown>
  /** Subscribes to new records, and returns what ends the subscription. */
  readonly onRecord: (listener: (record: unknown) => void) => () => void
}

const REPLAYED_RECORDS = 50
const REPLAYED_RECORDS_LIMIT = 500
const BODY_LIMIT_BYTES = 1024

/** Opens the API behind the switchboard and the live records; it answers paths under `/api/`. */
export const openControl = (options: ControlOptions) => {
  const watchers = new Set<ServerResponse>()
  const state = (): BoardState => ({ broken: options.broken() ?? null, switches })
  const changed = (response: ServerResponse) => {
    for (const watcher of watchers) sendEvent(watcher, 'state', state())
    sendJson(response, 200, state())
  }
  const watch = (url: URL, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    sendEvent(response, 'state', state())
    for (const record of options.records().slice(-replayed(url))) {
      sendEvent(response, 'record', record)
    }
    watchers.add(response)
    const unsubscribe = options.onRecord((record) => sendEvent(response, 'record', record))
    response.on('close', () => {
      watchers.delete(response)
      unsubscribe()
    })
  }
  return async (url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /api/state':
        return sendJson(response, 200, state())
      case 'GET /api/events':
        return watch(url, response)
      case 'POST /api/mend':
        options.mend()
        return changed(response)
      case 'POST /api/break': {
        const name = toSwitchName(readField(await readBody(request), 'switch'))
        if (name === undefined) return sendJson(response, 400, { error: 'no such switch' })
        options.breakWith(name)
        return changed(response)
      }
      case 'POST /api/doctor': {
        const client = readField(await readBody(request), 'client')
        if (client === undefined) return sendJson(response, 400, { error: 'no client named' })
        const round = await options.askDoctor?.(client)
        if (round === undefined) return sendJson(response, 503, { error: 'no doctor' })
        return sendJson(response, 200, round)
      }
      default:
        return sendJson(response, 404, { error: 'no such route' })
    }
  }
}

/**
 * Tells whether a request comes from the pages themselves, or from a tool that is no browser: other
 * sites that are open in the same browser must not flip switches or read records.
 */
export const isOwnRequest = (request: IncomingMessage, origin: string): boolean => {
  const { headers } = request
  if (headers.origin !== undefined && headers.origin !== origin) return false
  const site = headers['sec-fetch-site']
  if (request.method === 'GET')
    return site === undefined || site === 'same-origin' || site === 'none'
  if (site !== undefined && site !== 'same-origin') return false
  return /^application\/json(;|$)/i.test(headers['content-type'] ?? '')
}

/** Answers with JSON that nobody keeps. */
export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

const sendEvent = (response: ServerResponse, event: string, body: unknown): void => {
  response.write(`event: ${event}\ndata: ${JSON.stringify(body)}\n\n`)
}

const replayed = (url: URL): number => {
  const asked = Number(url.searchParams.get('last') ?? REPLAYED_RECORDS)
  return Number.isInteger(asked) && asked > 0
    ? Math.min(asked, REPLAYED_RECORDS_LIMIT)
    : REPLAYED_RECORDS
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk
    if (body.length > BODY_LIMIT_BYTES) return ''
  }
  return body
}

/** Reads one text out of a JSON body; undefined where there is none. */
const readField = (body: string, field: string): string | undefined => {
  try {
    const text: unknown = JSON.parse(body)?.[field]
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

const toSwitchName = (name: string | undefined): SwitchName | undefined =>
  name !== undefined && Object.hasOwn(switches, name) ? (name as SwitchName) : undefined
