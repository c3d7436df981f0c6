import type { ClientReport } from '../../../core/doctor/report.ts'
import type { RotationView } from '../../rotation/view.ts'
import type { AnySwitchName } from '../../switchboard.ts'
import type { BoardState } from '../demo-settings.ts'
import type { Preview } from '../preview.ts'
import { type RequestRecord, toRequestRecord } from './request-record.ts'

/** The listeners for what happens in the embedded world. */
export interface Listeners {
  readonly state: (state: BoardState) => void
  /** The newest records, oldest first: sent after connecting and after each reconnection. */
  readonly connected: () => void
  readonly record: (record: RequestRecord) => void
  readonly rotation?: (view: RotationView) => void
  readonly disconnected: () => void
}

/**
 * Follows the events of the embedded world for as long as the page is open.
 *
 * @param last how many earlier records are wanted
 */
export const followEvents = (last: number, listeners: Listeners): void => {
  const events = new EventSource(`/api/events?last=${last}`)
  events.addEventListener('open', () => listeners.connected())
  events.addEventListener('error', () => listeners.disconnected())
  events.addEventListener('state', (event) => listeners.state(JSON.parse(event.data)))
  events.addEventListener('rotation', (event) => listeners.rotation?.(JSON.parse(event.data)))
  events.addEventListener('record', (event) => {
    const record = toRequestRecord(JSON.parse(event.data))
    if (record !== undefined) listeners.record(record)
  })
}

/** Follows what CloudWatch would show, for as long as the page is open. */
export const followPreview = (draw: (preview: Preview) => void): void => {
  const events = new EventSource('/api/preview')
  events.addEventListener('preview', (event) => draw(JSON.parse(event.data)))
}

const post = (path: string, body: object): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** Starts or stops the visitors; the new state arrives as an event. */
export const letVisitorsIn = (wanted: boolean): void => {
  post('/api/visitors', { wanted: wanted ? 'yes' : 'no' }).catch(() => undefined)
}

/** Starts a rotation, or ends the overlap of the last one; the results arrive as events. */
export const askRotation = (wanted: 'rotate' | 'end-overlap'): void => {
  post('/api/rotation', { wanted }).catch(() => undefined)
}

let earlier: Promise<unknown> = Promise.resolve()

/**
 * Flips the switchboard, one change after the other in the order of the clicks; the new state comes
 * back as an event.
 *
 * @param name undefined restores everything
 */
export const flipSwitch = (name: AnySwitchName | undefined): void => {
  earlier = earlier.then(() =>
    (name === undefined ? post('/api/restore', {}) : post('/api/break', { switch: name })).catch(
      () => undefined,
    ),
  )
}

/** Asks the doctor to check one client; undefined if it gave no answer. */
export const askDoctor = async (client: string): Promise<ClientReport | undefined> => {
  try {
    const answer = await post('/api/doctor', { client })
    const round: { readonly reports: readonly ClientReport[] } = await answer.json()
    return answer.ok ? round.reports[0] : undefined
  } catch {
    return undefined
  }
}
