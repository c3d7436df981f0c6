import type { DemoSettings } from '../demo-settings.ts'
import type { AlarmView } from '../preview.ts'
import { followEvents, followPreview } from './control.ts'
import { openDashboard } from './dashboard.ts'
import { showDoctor } from './doctor.ts'
import { findById } from './element.ts'
import { makeLogRows } from './log-rows.ts'
import type { RequestRecord } from './request-record.ts'
import { showRotation } from './rotation.ts'
import { showSwitchboard } from './switchboard.ts'
import { showTroubles } from './troubles.ts'
import { showVisitors } from './visitors.ts'
import { showDisconnected, showWeather } from './weather.ts'

const KEPT_RECORDS = 100
const SHOWN_RECORDS = 30

/** Newest first. */
let records: readonly RequestRecord[] = []
let alarms: readonly AlarmView[] = []

let drawing = false

/** Draws once for all records that arrive together. */
const drawSoon = (): void => {
  if (drawing) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    showTroubles(records, alarms)
    findById('log-empty').hidden = records.length > 0
  })
}

followEvents(KEPT_RECORDS, {
  state: (state) => {
    showWeather(state)
    showVisitors(state)
    showSwitchboard(state)
  },
  rotation: showRotation,
  disconnected: showDisconnected,
  connected: () => {
    records = []
    findById('log').replaceChildren()
    drawSoon()
  },
  record: (record) => {
    records = [record, ...records].slice(0, KEPT_RECORDS)
    findById('log').prepend(...makeLogRows(record))
    // Each record has two rows: a summary, and the whole record.
    while (findById('log').childElementCount > 2 * SHOWN_RECORDS)
      findById('log').lastElementChild?.remove()
    drawSoon()
  },
})
// A problem that is old enough is no longer current, although no record says so.
setInterval(drawSoon, 1000)

const drawDashboard = openDashboard()
followPreview((preview) => {
  alarms = preview.alarms
  drawDashboard(preview)
  drawSoon()
})

const settings: DemoSettings = await (await fetch('/settings.json')).json()
showDoctor(settings.clients.map(({ name }) => name))
