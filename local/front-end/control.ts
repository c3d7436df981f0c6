import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RotationDesk } from '../rotation/desk.ts'
import { isRotationSwitch, rotationSwitches } from '../rotation/switches.ts'
import type { AnySwitchName } from '../switchboard.ts'
import { type SwitchName, switches } from '../switches.ts'
import type { BoardState } from './demo-settings.ts'
import { beginEvents, sendEvent } from './event-stream.ts'
import type { Preview } from './preview.ts'
import { openPreviewStream } from './preview-stream.ts'

/** What the control API reads and changes in the embedded world. */
export interface ControlOptions {
  readonly broken: () => AnySwitchName | undefined
  readonly breakWith: (name: AnySwitchName) => void
  readonly restore: () => void
  /** The newest request records, newest last. */
  readonly records: () => readonly unknown[]
  /** Asks the doctor to check one client; undefined if it returned no round. */
  readonly askDoctor?: (client: string) => Promise<unknown>
  /** The simulated visitors. */
  readonly visitors?: {
    readonly isRunning: boolean
    readonly start: () => void
    readonly stop: () => void
  }
  /** Starts rotations of a client's secret; undefined if nothing rotates. */
  readonly rotation?: () => RotationDesk | undefined
  /** Evaluates the dashboard and alarms for the current time; undefined without a preview. */
  readonly look?: () => Preview | undefined
  /** Subscribes to new records, and returns a function that ends the subscription. */
  readonly onRecord: (listener: (record: unknown) => void) => () => void
}

const REPLAYED_RECORDS = 50
const REPLAYED_RECORDS_LIMIT = 500
const BODY_LIMIT_BYTES = 1024

/** Answers one route of the control API; the body is the request's text. */
type Route = (response: ServerResponse, url: URL, body: string) => unknown

/** Opens the API behind the switchboard and the live records; it answers paths under `/api/`. */
export const openControl = (options: ControlOptions) => {
  const routes = toRoutes(options)
  return async (url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = routes.get(`${request.method} ${url.pathname}`)
    if (route === undefined) return sendJson(response, 404, { error: 'no such route' })
    await route(response, url, request.method === 'POST' ? await readBody(request) : '')
  }
}

const toRoutes = (options: ControlOptions): ReadonlyMap<string, Route> => {
  const watchers = new Set<ServerResponse>()
  const state = (): BoardState => ({
    broken: options.broken() ?? null,
    switches,
    ...(options.rotation && { rotationSwitches }),
    ...(options.visitors && { hasVisitors: options.visitors.isRunning }),
  })
  const changed = (response: ServerResponse) => {
    for (const watcher of watchers) sendEvent(watcher, 'state', state())
    sendJson(response, 200, state())
  }
  const watchPreview = openPreviewStream(options.look ?? (() => undefined))
  return new Map<string, Route>([
    ['GET /api/state', (response) => sendJson(response, 200, state())],
    ['GET /api/events', (response, url) => watch(options, watchers, state(), url, response)],
    ['GET /api/preview', (response) => watchPreview(response)],
    [
      'POST /api/restore',
      (response) => {
        options.restore()
        changed(response)
      },
    ],
    [
      'POST /api/break',
      (response, _url, body) => {
        const name = toSwitchName(readField(body, 'switch'))
        if (name === undefined) return sendJson(response, 400, { error: 'no such switch' })
        options.breakWith(name)
        return changed(response)
      },
    ],
    [
      'POST /api/visitors',
      (response, _url, body) => {
        const isWanted = readField(body, 'wanted') === 'yes'
        if (isWanted) options.visitors?.start()
        else options.visitors?.stop()
        changed(response)
      },
    ],
    ['POST /api/rotation', (response, _url, body) => rotate(options, response, body)],
    ['POST /api/doctor', (response, _url, body) => askDoctor(options, response, body)],
  ])
}

const watch = (
  options: ControlOptions,
  watchers: Set<ServerResponse>,
  state: BoardState,
  url: URL,
  response: ServerResponse,
): void => {
  beginEvents(response)
  sendEvent(response, 'state', state)
  for (const record of options.records().slice(-replayed(url))) {
    sendEvent(response, 'record', record)
  }
  watchers.add(response)
  const unsubscribe = options.onRecord((record) => sendEvent(response, 'record', record))
  const desk = options.rotation?.()
  const sendView = () => desk && sendEvent(response, 'rotation', desk.view())
  sendView()
  const leaveDesk = desk?.onChange(sendView)
  response.on('close', () => {
    watchers.delete(response)
    unsubscribe()
    leaveDesk?.()
  })
}

const rotate = async (
  options: ControlOptions,
  response: ServerResponse,
  body: string,
): Promise<void> => {
  const desk = options.rotation?.()
  const wanted = readField(body, 'wanted')
  if (desk === undefined) return sendJson(response, 503, { error: 'nothing rotates' })
  if (wanted === 'rotate') await desk.rotate()
  else if (wanted === 'end-overlap') await desk.endOverlap()
  else return sendJson(response, 400, { error: 'rotate or end-overlap' })
  sendJson(response, 200, desk.view())
}

const askDoctor = async (
  options: ControlOptions,
  response: ServerResponse,
  body: string,
): Promise<void> => {
  const client = readField(body, 'client')
  if (client === undefined) return sendJson(response, 400, { error: 'no client named' })
  const round = await options.askDoctor?.(client)
  if (round === undefined) return sendJson(response, 503, { error: 'no doctor' })
  sendJson(response, 200, round)
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

/** Answers with JSON that must not be cached. */
export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
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

/** Reads one text of a JSON body; undefined if it is missing. */
const readField = (body: string, field: string): string | undefined => {
  try {
    const text: unknown = JSON.parse(body)?.[field]
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

const toSwitchName = (name: string | undefined): AnySwitchName | undefined => {
  if (name === undefined) return undefined
  if (isRotationSwitch(name)) return name
  return Object.hasOwn(switches, name) ? (name as SwitchName) : undefined
}
