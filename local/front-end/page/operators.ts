import type { DemoSettings } from '../demo-settings.ts'
import { followEvents } from './control.ts'
import { showDoctor } from './doctor.ts'
import { element, find, show } from './element.ts'
import { makeLogRows } from './log-rows.ts'
import type { RequestRecord } from './request-record.ts'
import { showDisconnected, showWeather } from './weather.ts'

const KEPT_RECORDS = 500
const SHARE_WINDOW_MS = 5 * 60 * 1000

/** Newest first. */
let records: readonly RequestRecord[] = []

const drawShare = (): void => {
  const recent = records.filter(({ at }) => Date.now() - at.getTime() < SHARE_WINDOW_MS)
  const well = recent.filter(({ outcome }) => outcome === 'ok').length
  const percent = recent.length === 0 ? undefined : Math.floor((100 * well) / recent.length)
  show(
    find('share'),
    element('h2', {}, 'Success, last 5 minutes'),
    element('p', { class: 'big' }, percent === undefined ? '–' : `${percent} %`),
    element('p', { class: 'hint' }, `${well} of ${recent.length} requests`),
    element('progress', { 'aria-label': 'Success share', value: (percent ?? 0) / 100 }),
  )
}

const drawCounts = (id: string, keyOf: (record: RequestRecord) => string | undefined): void => {
  const counts = new Map<string, number>()
  for (const record of records) {
    const key = record.outcome === 'ok' ? undefined : keyOf(record)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([, some], [, others]) => others - some)
  const most = sorted[0]?.[1] ?? 1
  const rows = sorted.map(([key, count]) =>
    element(
      'li',
      {},
      element('span', {}, key),
      element('b', {}, String(count)),
      element('progress', { 'aria-hidden': 'true', value: count / most }),
    ),
  )
  show(find(id), ...(rows.length === 0 ? [element('li', { class: 'empty' }, 'No failure.')] : rows))
}

const drawSums = (): void => {
  drawShare()
  drawCounts('faults', ({ fault }) => fault)
  drawCounts('causes', ({ cause }) => cause)
  find('log-empty').hidden = records.length > 0
}

let drawing = false

/** Draws once for all records that arrive together. */
const drawSoon = (): void => {
  if (drawing) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    drawSums()
  })
}

followEvents(KEPT_RECORDS, {
  state: showWeather,
  disconnected: showDisconnected,
  connected: () => {
    records = []
    find('log').replaceChildren()
    drawSoon()
  },
  record: (record) => {
    records = [record, ...records].slice(0, KEPT_RECORDS)
    find('log').prepend(...makeLogRows(record))
    // Each record has two rows: what is seen at once, and the whole of it.
    while (find('log').childElementCount > 2 * KEPT_RECORDS) find('log').lastElementChild?.remove()
    drawSoon()
  },
})
setInterval(drawShare, 5000)

const settings: DemoSettings = await (await fetch('/settings.json')).json()
showDoctor(settings.clients.map(({ name }) => name))
