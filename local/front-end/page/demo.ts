import type { DemoSettings } from '../demo-settings.ts'
import { followEvents } from './control.ts'
import { showDoctor } from './doctor.ts'
import { openRecordList } from './record-list.ts'
import { showSwitchboard } from './switchboard.ts'
import { beginVisit } from './visit.ts'
import { showDisconnected, showWeather } from './weather.ts'

const records = openRecordList()
followEvents(50, {
  connected: records.clear,
  record: records.add,
  disconnected: showDisconnected,
  state: (state) => {
    showWeather(state)
    showSwitchboard(state)
  },
})

const settings: DemoSettings = await (await fetch('/settings.json')).json()
showDoctor(settings.clients.map(({ name }) => name))
const [first] = settings.clients
if (first !== undefined) await beginVisit(settings, first, records.markRequest)
